import { type ReactNode, useState } from 'react'
import { useCase } from '../../shared/query.ts'
import type { Action, Kase, Row } from '../../shared/shape.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Actions } from './actions.tsx'
import { AnswerTab } from './answer-tab.tsx'
import { AppealTab } from './appeal-tab.tsx'
import { CaseHeader } from './case-header.tsx'
import { ClockTab } from './clock-tab.tsx'
import { EventTab } from './event-tab.tsx'

export type Done = (result: { readonly action: Action; readonly before: Kase; readonly after: Kase }) => void

interface CaseViewProps {
  readonly number: string
  /** The row of the list, shown until the page of the case has come. */
  readonly preview?: Row | undefined
  readonly done: Done
  readonly close?: () => void
  readonly step?: { readonly back: (() => void) | undefined; readonly on: (() => void) | undefined }
}

const TABS = [
  { id: 'appeal', label: '诉求' },
  { id: 'events', label: '过程' },
  { id: 'answer', label: '答复与轮次' },
  { id: 'clocks', label: '时限说明' },
] as const
type Tab = (typeof TABS)[number]['id']

/** A case (事项) to read and to act on. */
export function CaseView({ number, preview, done, close, step }: CaseViewProps) {
  const place = usePlace()
  const { data, error, refetch } = useCase(number)
  const [notice, setNotice] = useState<string | null>(null)
  const tab: Tab = TABS.find(({ id }) => id === place.query.get('tab'))?.id ?? 'appeal'
  const kase = data?.case
  const head = kase ?? preview
  if (error && data === undefined) return <ErrorView error={error} retry={() => void refetch()} />
  return (
    <article className="case" aria-label={head?.title}>
      {head && <CaseHeader head={head} kase={kase} close={close} step={step} />}
      {notice && (
        <p className="notice notice-warn case-notice" role="alert">
          {notice}
        </p>
      )}
      <Tabs
        tab={tab}
        choose={(id) => go(withQuery(place, { tab: id === 'appeal' ? null : id }), { replace: true })}
        rounds={kase?.rounds.length ?? 1}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard */}
      <div className="case-body" role="tabpanel" tabIndex={0} id="case-panel" aria-labelledby={`tab-${tab}`}>
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
      return <AppealTab kase={data.case} />
    case 'events':
      return <EventTab kase={data.case} />
    case 'answer':
      return <AnswerTab kase={data.case} />
    case 'clocks':
      return <ClockTab clocks={data.clocks} />
  }
}

function Tabs({
  tab,
  choose,
  rounds,
}: {
  readonly tab: Tab
  readonly choose: (tab: Tab) => void
  readonly rounds: number
}) {
  const move = (step: number) => {
    const target = TABS[(TABS.findIndex(({ id }) => id === tab) + step + TABS.length) % TABS.length]
    if (target === undefined) return
    choose(target.id)
    document.getElementById(`tab-${target.id}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label="事项内容">
      {TABS.map(({ id, label }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={tab === id}
          aria-controls="case-panel"
          tabIndex={tab === id ? 0 : -1}
          className="tab"
          onClick={() => choose(id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1)
            if (event.key === 'ArrowLeft') move(-1)
          }}
        >
          {label}
          {id === 'answer' && rounds > 1 && <span className="tab-count">{rounds}</span>}
        </button>
      ))}
    </div>
  )
}
