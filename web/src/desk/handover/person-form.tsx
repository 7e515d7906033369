import { LIAISON_ROLE } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { type Answer, api } from '../../shared/api.ts'
import { dayOf, dueText } from '../../shared/moment.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { CaseName } from '../page/case-name.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { TableSection } from '../page/table-section.tsx'

type Sheet = Answer<'handOverPerson'>
interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly on: string
  readonly reason: string
  readonly endPost: boolean
  readonly liaisons: boolean
}

/** One person's open cases go to another (人员移交): the sheet first, then the act. */
export function PersonForm({ unit }: { readonly unit: string | undefined }) {
  const [asked, setAsked] = useState<Asked>(() => ({
    ...{ from: undefined, to: undefined, on: dayOf(new Date()), reason: '', endPost: false, liaisons: true },
  }))
  const [tried, setTried] = useState<{ of: Asked; sheet: Sheet } | null>(null)
  const { from, to, on, reason, endPost, liaisons } = asked
  const change = (part: Partial<Asked>) => setAsked({ ...asked, ...part })
  const send = useSubmission(
    (body: Parameters<typeof api<'handOverPerson'>>[1]['body'], key) => api('handOverPerson', { body, key }),
    {
      done: (sheet) => {
        setTried({ of: asked, sheet })
        if (sheet.dryRun) return announce(`试算完成，在办 ${sheet.open.length} 件`)
        announce(`${sheet.from.name}的 ${sheet.open.length} 件在办事项已移交${sheet.to.name}`)
        refreshLists()
        void queryClient.invalidateQueries({ queryKey: ['gaps'] })
        void queryClient.invalidateQueries({ queryKey: ['people'] })
      },
    },
  )
  const ready = from !== undefined && to !== undefined && on !== '' && reason.trim() !== ''
  const run = (dryRun: boolean) => {
    if (from !== undefined && to !== undefined)
      send.mutate({ fromPersonId: from, toPersonId: to, on, reason: reason.trim(), endPost, liaisons, dryRun })
  }
  const sheet = tried?.of === asked ? tried.sheet : null
  return (
    <section className="panel" aria-label="移交在办事项">
      <h2>移交在办事项</h2>
      <p className="hint">调岗、离岗、休假前，把承办人的在办事项交给同单位的另一人。已经办过的仍记在原承办人名下。</p>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) run(true)
        }}
      >
        <Labelled label="移交人">
          {({ id }) => (
            <PersonPicker id={id} unit={unit} chosen={from ? [from] : []} choose={([one]) => change({ from: one })} />
          )}
        </Labelled>
        <Labelled label="接收人">
          {({ id }) => (
            <PersonPicker id={id} unit={unit} chosen={to ? [to] : []} choose={([one]) => change({ to: one })} />
          )}
        </Labelled>
        <Labelled label="移交日期">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              value={on}
              onChange={(event) => change({ on: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="事由">
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={200}
              placeholder="如：岗位调整"
              value={reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Labelled>
        <label className="check">
          <input type="checkbox" checked={endPost} onChange={() => change({ endPost: !endPost })} />
          同时免去移交人的任职
        </label>
        <label className="check">
          <input type="checkbox" checked={liaisons} onChange={() => change({ liaisons: !liaisons })} />
          包保对象一并移交
        </label>
        <div className="panel-acts">
          <button type="submit" className="button" disabled={!ready || send.isPending}>
            试算
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
      {sheet !== null && <SheetView sheet={sheet} />}
      {sheet?.dryRun === true && (
        <div className="panel-acts">
          <Confirm label="移交" busy={send.isPending} run={() => run(false)}>
            {`${sheet.from.name}的 ${sheet.open.length} 件在办事项（其中超期 ${sheet.overdue.length} 件）移交${sheet.to.name}`}
            {sheet.liaisons.length > 0 && `，包保对象 ${sheet.liaisons.filter(({ goesOver }) => goesOver).length} 个`}
            {sheet.postsEnded.length > 0 && `，并免去${sheet.postsEnded.map(({ unit: of }) => of).join('、')}的任职`}。
          </Confirm>
        </div>
      )}
    </section>
  )
}

function SheetView({ sheet }: { readonly sheet: Sheet }) {
  const overdue = new Set(sheet.overdue.map(({ id }) => id))
  return (
    <>
      {!sheet.dryRun && (
        <p className="notice notice-ok">
          {sheet.from.name}已移交{sheet.to.name}。
        </p>
      )}
      <TableSection
        title={`在办事项${sheet.overdue.length > 0 ? `（超期 ${sheet.overdue.length}）` : ''}`}
        count={sheet.open.length}
        head={['事项', '单位', '环节', '期限']}
        empty="没有在办事项。"
      >
        {sheet.open.map((one) => (
          <tr key={one.id}>
            <td>
              <CaseName number={one.number} title={one.title} />
            </td>
            <td>{one.unit}</td>
            <td>{one.stage}</td>
            <td>
              {overdue.has(one.id) && <span className="tag tag-bad">■ 超期</span>} {one.dueAt && dueText(one.dueAt)}
            </td>
          </tr>
        ))}
      </TableSection>
      <TableSection
        title="尚未兑现的承诺"
        count={sheet.promises.length}
        note="承诺不因事项办结而消失，由接收人继续兑现。"
        head={['事项', '单位', '承诺日期']}
        empty="没有承诺。"
      >
        {sheet.promises.map((one) => (
          <tr key={one.id}>
            <td>
              <CaseName number={one.number} title={one.title} />
            </td>
            <td>{one.unit}</td>
            <td>{one.promisedOn}</td>
          </tr>
        ))}
      </TableSection>
      <LiaisonLines lines={sheet.liaisons} />
    </>
  )
}

/** What of the person's liaisons goes over, with what is open and owed at each target; the rest are gaps. */
const LiaisonLines = ({ lines }: { readonly lines: Sheet['liaisons'] }) => (
  <TableSection
    title="包保对象"
    count={lines.length}
    note="自移交日起由接收人承担；已有的走访仍记给去的人。"
    head={['对象', '移交', '问题与承诺', '还欠的走访']}
    empty="没有包保对象。"
  >
    {lines.map((line) => (
      <tr key={`${line.target.id} ${line.since}`}>
        <td>
          <Link to={`/w/liaison/${line.target.id}`}>{line.target.name}</Link> {LIAISON_ROLE[line.role]}
        </td>
        <td>{line.gap === null ? '移交' : <span className="tag-bad">■ 成空档：{line.gap}</span>}</td>
        <td>
          {line.problems.length === 0 && '—'}
          {line.problems.map(({ number, title, promisedOn }) => (
            <span key={number}>
              <CaseName number={number} title={title} /> {promisedOn && `承诺 ${promisedOn}`}
            </span>
          ))}
        </td>
        <td>
          {line.visitsDue.length === 0 && '—'}
          {line.visitsDue.map(({ rule, short, until }) => (
            <span key={rule}>
              {rule}：{until} 前还差 {short} 次
            </span>
          ))}
        </td>
      </tr>
    ))}
  </TableSection>
)
