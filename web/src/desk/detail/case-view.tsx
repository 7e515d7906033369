import { type ReactNode, useState } from 'react'
import { useCase, useRelated } from '../../shared/query.ts'
import type { Action, Kase, Row } from '../../shared/shape.ts'
import { EmergencyBox } from '../emergency-box.tsx'
import { TabList } from '../page/tab-list.tsx'
import { go, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Actions } from './actions.tsx'
import { AnswerTab } from './answer-tab.tsx'
import { AppealTab } from './appeal-tab.tsx'
import { CaseHeader } from './case-header.tsx'
import { ClockTab } from './clock-tab.tsx'
import { EventTab } from './event-tab.tsx'
import { RelatedTab } from './related-tab.tsx'
import { RequestTab } from './request-tab.tsx'

export type Done = (result: { readonly action: Action; readonly before: Kase; readonly after: Kase }) => void

interface CaseViewProps {
  readonly number: string
  /** The row of the list, shown until the page of the case has come. */
  readonly preview?: Row | undefined
  readonly done: Done
  readonly close?: () => void
  readonly step?: { readonly back: (() => void) | undefined; readonly on: (() => void) | undefined }
}

const TABS = ['appeal', 'events', 'answer', 'clocks', 'related'] as const
type Tab = (typeof TABS)[number]
const LABEL: Readonly<Record<Tab, string>> = {
  appeal: '内容',
  events: '过程',
  answer: '答复与轮次',
  clocks: '时限说明',
  related: '关联',
}
/** What the first tab of each type is called. */
const FIRST: Readonly<Record<string, string>> = {
  appeal: '诉求',
  problem: '问题',
  proposal: '建议',
  request: '请示',
  task: '任务',
  notice: '督办',
  sweep: '排查',
  reminder: '提示',
  commitment: '承诺',
}
/** Only these answer a person, in rounds; what the others say in return stands on their first tab. */
const ANSWERS: ReadonlySet<string> = new Set(['appeal', 'problem', 'proposal'])
const tabsOf = (type: string | undefined) => TABS.filter((tab) => tab !== 'answer' || ANSWERS.has(type ?? 'appeal'))

/** A case (事项) to read and to act on. */
export function CaseView({ number, preview, done, close, step }: CaseViewProps) {
  const place = usePlace()
  const { data, error, refetch } = useCase(number)
  const [notice, setNotice] = useState<string | null>(null)
  const kase = data?.case
  const head = kase ?? preview
  const tabs = tabsOf(head?.type)
  const tab: Tab = tabs.find((id) => id === place.query.get('tab')) ?? 'appeal'
  const related = useRelated(kase).data?.items.length ?? 0
  const counts: Partial<Record<Tab, number | null>> = {
    answer: counted(kase?.rounds.length, 2),
    related: counted(related, 1),
  }
  if (error && data === undefined) return <ErrorView error={error} retry={() => void refetch()} />
  return (
    <article className="case" aria-label={head?.title}>
      {head && <CaseHeader head={head} kase={kase} close={close} step={step} />}
      {notice && (
        <p className="notice notice-warn case-notice" role="alert">
          {notice}
        </p>
      )}
      <TabList
        label="事项内容"
        panel="case-panel"
        tabs={tabs}
        tab={tab}
        choose={(id) => go(withQuery(place, { tab: id === 'appeal' ? null : id }), { replace: true })}
        face={(id) => (
          <>
            {id === 'appeal' ? (FIRST[head?.type ?? ''] ?? LABEL.appeal) : LABEL[id]}
            {counts[id] && <span className="tab-count">{counts[id]}</span>}
          </>
        )}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard */}
      <div className="case-body" role="tabpanel" tabIndex={0} id="case-panel" aria-labelledby={`case-panel-${tab}`}>
        {tab === 'appeal' && data && data.case.closedAt === null && <EmergencyBox emergency={data.emergency} />}
        {data === undefined && <Skeleton rows={6} className="skeleton-text" />}
        {data && panelOf(tab, data)}
      </div>
      {data && <Actions key={`${data.case.id}`} answer={data} done={done} tell={setNotice} />}
    </article>
  )
}

function panelOf(tab: Tab, data: NonNullable<ReturnType<typeof useCase>['data']>): ReactNode {
  switch (tab) {
    case 'appeal':
      return data.case.type === 'request' ? <RequestTab kase={data.case} /> : <AppealTab kase={data.case} />
    case 'events':
      return <EventTab kase={data.case} />
    case 'answer':
      return <AnswerTab kase={data.case} />
    case 'clocks':
      return <ClockTab kase={data.case} clocks={data.clocks} />
    case 'related':
      return <RelatedTab kase={data.case} />
  }
}

const counted = (count: number | undefined, from: number) => (count !== undefined && count >= from ? count : null)
