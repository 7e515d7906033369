import { LIAISON_TARGET_KIND } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { Steps } from '../page/steps.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { daysOf, monthAfter, monthIn, monthText } from './entry.ts'
import { EntryList } from './entry-list.tsx'
import { JoinForm } from './join-form.tsx'
import { MonthView } from './month-view.tsx'
import { PlanForm } from './plan-form.tsx'
import { type Calendar, type Entry, useCalendar } from './query.ts'
import { QuietForm, Quiets } from './quiet-form.tsx'
import { RecordForm } from './record-form.tsx'
import '../page/page.css'
import './contacts.css'

type Form = { readonly plan: string } | { readonly join: Entry } | 'record' | 'quiet'
interface PageProps {
  readonly id: string
  readonly session: Session
}

/** The contact calendar of one target (接触日历): all departments on one page, and whether it wants to be left alone. */
export function ContactCalendarPage({ id, session }: PageProps) {
  const place = usePlace()
  const today = dayOf(new Date())
  const month = monthIn(place.query.get('month'), today)
  const { data, error, isPending, refetch } = useCalendar(id, daysOf(month))
  const [form, setForm] = useState<Form>()
  useTitle(data?.target.name ?? '接触日历')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  const open = (wanted: Form) => () => setForm(wanted)
  return (
    <div className="page page-wide contacts">
      <header className="page-head">
        <h1>{data.target.name}</h1>
        {data.may.plan && (
          <div className="page-acts">
            <button type="button" className="button button-small" onClick={open('quiet')}>
              登记免打扰
            </button>
            <button type="button" className="button button-small" onClick={open('record')}>
              登记已发生
            </button>
            <button type="button" className="button button-small button-primary" onClick={open({ plan: today })}>
              计划接触
            </button>
          </div>
        )}
      </header>
      <p className="page-lead">
        {LIAISON_TARGET_KIND[data.target.kind]} · <Link to={`/w/liaison/${id}`}>包保与走访记录</Link> ·{' '}
        <Link to="/w/contacts">全部对象</Link>
        {data.target.closedOn !== null && ` · 包保已于 ${data.target.closedOn} 结束`}
      </p>
      <Forms key={keyOf(form)} {...{ form, data, session }} close={() => setForm(undefined)} />
      <Quiets quiets={data.quiets} today={data.today} />
      <Figures data={data} month={month} />
      <Steps
        {...{ label: '月份', now: monthText(month) }}
        before={{ to: withQuery(place, { month: monthAfter(month, -1) }), word: '上个月' }}
        after={{ to: withQuery(place, { month: monthAfter(month, 1) }), word: '下个月' }}
      />
      <MonthView {...{ month, data }} plan={data.may.plan ? (day) => setForm({ plan: day }) : undefined} />
      {data.items.length === 0 ? (
        <EmptyView>
          {monthText(month)}没有任何单位来过，也没有计划。{data.may.plan ? '要去，请点“计划接触”。' : ''}
        </EmptyView>
      ) : (
        <section className="contact-group" aria-label={`${monthText(month)}的接触`}>
          <h2>
            {monthText(month)}的接触<span className="table-count">{data.items.length}</span>
          </h2>
          <EntryList items={data.items} join={(entry) => setForm({ join: entry })} />
        </section>
      )}
    </div>
  )
}

const keyOf = (form: Form | undefined) => (typeof form === 'object' ? JSON.stringify(form) : form)

interface FormsProps {
  readonly form: Form | undefined
  readonly data: Calendar
  readonly session: Session
  readonly close: () => void
}
function Forms({ form, data: { target, items }, session, close }: FormsProps) {
  if (form === undefined) return null
  if (form === 'quiet') return <QuietForm target={target} close={close} />
  if (form === 'record') return <RecordForm target={target} close={close} />
  if ('join' in form) {
    const own = items.filter(
      ({ state, units, lapsed }) => state === 'planned' && !lapsed && units.some(({ id }) => id === session.unitId),
    )
    return <JoinForm entry={form.join} own={own} close={close} />
  }
  return <PlanForm target={target} day={form.plan} unit={session.unitName} close={close} />
}

function Figures({ data, month }: { readonly data: Calendar; readonly month: string }) {
  const use = data.months.find((one) => one.month === month)
  const units = new Set(data.items.filter(({ counts }) => counts).flatMap((one) => one.units.map(({ id }) => id)))
  return (
    <FigureList
      label="接触情况"
      figures={[
        {
          ...{ label: `${monthText(month)}接触`, value: `${use?.used ?? 0}/${use?.budget ?? 0}`, unit: '次' },
          ...{ under: '已去的和还要去的，对照预算', bad: (use?.used ?? 0) > (use?.budget ?? 0) },
        },
        { label: '来过或要来的单位', value: units.size, unit: '个' },
      ]}
    />
  )
}
