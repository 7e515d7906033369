import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { type Answer, api } from '../../shared/api.ts'
import { columnText, dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Field } from './add-item.tsx'
import { mayKeep } from './keeper.ts'
import { type ListView, refreshProblemLists } from './query.ts'

type Checks = Answer<'selfChecks'>
type Sheet = Checks['items'][number]

/** Self-check sheets (自查表): who found something, who signed “none”, who has not answered. */
export function SelfCheckTab({ view, session }: { readonly view: ListView; readonly session: Session }) {
  const { id, aspects } = view.list
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['lists', id, 'selfChecks'],
    queryFn: ({ signal }) => api('selfChecks', { params: { id }, signal }),
  })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={5} className="skeleton-text" />
  const keeps = mayKeep(session) && view.list.state !== 'closed'
  return (
    <>
      {data.ordered > 0 && (
        <section className="panel list-figures" aria-label="自查情况">
          {FIGURES.map(([key, word]) => (
            <p key={key} className="list-figure">
              <b>{data[key]}</b>
              <span>{word}</span>
            </p>
          ))}
        </section>
      )}
      {keeps && <OrderForm id={id} title={view.list.title} first={data.ordered === 0} />}
      <TableSection
        title="自查表"
        count={data.ordered}
        note="未报的到期变红，同时在台账和“排查待报”队列中。"
        head={['单位', '自查事项', '状态', '期限', '上报']}
        empty={keeps ? '还没有布置自查，请在上面布置。' : '还没有布置自查。'}
      >
        {data.items.map((sheet) => (
          <SheetRow key={sheet.id} sheet={sheet} listId={id} aspects={aspects} keeps={keeps} />
        ))}
      </TableSection>
    </>
  )
}
const FIGURES = [
  ['ordered', '个单位要自查'],
  ['found', '个报有'],
  ['none', '个签无'],
  ['missing', '个未报'],
] as const

interface SheetRowProps {
  readonly sheet: Sheet
  readonly listId: string
  readonly aspects: readonly string[]
  readonly keeps: boolean
}

function SheetRow({ sheet, listId, aspects, keeps }: SheetRowProps) {
  return (
    <tr>
      <td>{sheet.unit.name}</td>
      <td className="is-reason">{sheet.question}</td>
      <td>
        <Link to={`/w/c/${sheet.number}`}>{sheet.stageLabel}</Link>{' '}
        {sheet.stage === 'sent' && <LightMark light={sheet.light} />}
      </td>
      <td>{sheet.dueAt ? dayOf(sheet.dueAt) : '—'}</td>
      <td className="is-reason">
        {sheet.statement}
        {sheet.signedBy && `（${sheet.signedBy}签）`}
        {sheet.answeredAt && <span className="muted"> {columnText(sheet.answeredAt)}</span>}
        {sheet.found.map((one) => (
          <p key={one.id} className="found-one">
            <Link to={`/w/c/${one.number}`}>{one.title}</Link>
            {one.listed ? (
              <span className="tag tag-good">已列入</span>
            ) : (
              keeps && <Take listId={listId} problem={one.id} aspects={aspects} />
            )}
          </p>
        ))}
      </td>
    </tr>
  )
}

/** What a unit found goes on the list under an aspect. */
function Take({
  listId,
  problem,
  aspects,
}: {
  readonly listId: string
  readonly problem: string
  readonly aspects: readonly string[]
}) {
  const send = useSubmission(
    (aspect: string, key) =>
      api('enlist', { params: { id: listId }, body: { problem, aspect, reason: '单位自查发现' }, key }),
    {
      done: (item) => {
        announce(`“${item.title}”已列入`)
        refreshProblemLists()
      },
      failed: (fault) => announce(fault.message, 'bad'),
    },
  )
  return (
    <select
      className="input input-days"
      aria-label="列入哪个方面"
      value=""
      disabled={send.isPending}
      onChange={(event) => send.mutate(event.target.value)}
    >
      <option value="" disabled>
        列入…
      </option>
      {aspects.map((aspect) => (
        <option key={aspect}>{aspect}</option>
      ))}
    </select>
  )
}

const LATER_DAYS = 10
const later = () => dayOf(new Date(Date.now() + LATER_DAYS * 86_400_000))

function OrderForm({ id, title, first }: { readonly id: string; readonly title: string; readonly first: boolean }) {
  const [question, setQuestion] = useState(`对照“${title}”逐项自查，有同类问题的报有，没有的由负责人签字确认。`)
  const [units, setUnits] = useState<readonly string[]>([])
  const [last, setLast] = useState(later)
  const send = useSubmission(
    (body: Parameters<typeof api<'orderSelfCheck'>>[1]['body'], key) =>
      api('orderSelfCheck', { params: { id }, body, key }),
    {
      done: (checks) => {
        announce(`已布置，${checks.ordered} 个单位要自查`)
        setUnits([])
        refreshProblemLists()
      },
    },
  )
  return (
    <details className="panel mapping" open={first}>
      <summary>布置自查</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({ question: question.trim(), unitIds: units as never, by: last })
        }}
      >
        <Field label="自查什么" lines most={500} value={question} set={setQuestion} />
        <Labelled label="哪些单位">
          {({ id: field }) => <UnitPicker id={field} multiple chosen={units} choose={setUnits} />}
        </Labelled>
        <Labelled label="最迟哪天上报">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              min={dayOf(new Date())}
              value={last}
              onChange={(event) => setLast(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button
            type="submit"
            className="button button-primary"
            disabled={units.length === 0 || question.trim() === '' || send.isPending}
          >
            布置
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}
