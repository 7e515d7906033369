import { CLOCK } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { dayOf, dueText } from '../../shared/moment.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { CaseName } from '../page/case-name.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { daysText, type ReadDays, readDays } from './days.ts'
import { YearView } from './year-view.tsx'
import '../page/page.css'
import './calendar.css'

type CalendarYear = Answer<'calendarYear'>
type Published = Answer<'publishYear'>
/** The years that can still be published; earlier ones are only shown. */
const [FIRST, LAST] = [2025, 2044] as const

/** Holidays (放假安排): which days of a year are off, what a new notice would move, and then its publication. */
export function CalendarPage() {
  const { query } = usePlace()
  const next = Number(dayOf(new Date()).slice(0, 4)) + 1
  const asked = Number(query.get('year') ?? next)
  const year = asked >= FIRST && asked <= LAST ? asked : next
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['calendarYear', year],
    queryFn: ({ signal }) => api('calendarYear', { params: { year }, signal }),
  })
  useTitle('放假安排')
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>放假安排</h1>
        <label className="year-choice">
          年份
          <select
            className="input"
            value={year}
            onChange={(event) => go(`/w/admin/calendar?year=${event.target.value}`, { replace: true })}
          >
            {Array.from({ length: LAST - FIRST + 1 }, (_, place) => FIRST + place).map((one) => (
              <option key={one} value={one}>
                {one}年
              </option>
            ))}
          </select>
        </label>
      </header>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-text" />}
      {data && <Notice key={year} present={data} />}
    </div>
  )
}

function Notice({ present }: { readonly present: CalendarYear }) {
  const { year, published } = present
  const [off, setOff] = useState(() => daysText(present.off))
  const [work, setWork] = useState(() => daysText(present.work))
  const [source, setSource] = useState('')
  const [tried, setTried] = useState<{ of: string; answer: Published } | null>(null)
  const [read, readWork] = [readDays(off, year), readDays(work, year)]
  const content = JSON.stringify([off, work, source])
  const send = useSubmission(
    ({ dryRun }: { readonly dryRun: boolean }, key) =>
      api('publishYear', {
        params: { year },
        body: { source: source.trim(), off: read.days, work: readWork.days, dryRun },
        key,
      }),
    {
      done: (answer) => {
        setTried({ of: content, answer })
        if (answer.dryRun) return announce(`试算完成，${laterCount(answer)} 件事项的期限会后移`)
        announce(`${year}年放假安排已公布，已告知 ${toldCount(answer)} 位诉求人`)
        refreshLists()
        void queryClient.invalidateQueries({ queryKey: ['calendarYear'] })
      },
    },
  )
  const ready = source.trim() !== '' && Object.keys(read.days).length > 0 && read.bad.length + readWork.bad.length === 0
  const result = tried?.of === content ? tried.answer : null
  return (
    <>
      <p className={published ? 'page-lead' : 'notice notice-warn'}>
        {published
          ? `${year}年的放假安排已公布，时限按它计算。如有更改，改后先试算。`
          : `${year}年的放假安排尚未公布，现按法定节日推算，跨入该年的期限都是暂定。通知下发后请在这里录入。`}
      </p>
      <div className="holiday">
        <form
          className="panel"
          onSubmit={(event) => {
            event.preventDefault()
            if (ready) send.mutate({ dryRun: true })
          }}
        >
          <DayLines
            label="放假日"
            value={off}
            set={setOff}
            read={read}
            sample={`${year}-01-01 元旦`}
            span="10月1日至10月7日 国庆节"
          />
          <DayLines
            label="调休上班日"
            optional
            value={work}
            set={setWork}
            read={readWork}
            sample={`${year}-02-07 春节调休`}
            span="2月20日 春节调休"
          />
          <Labelled label="依据" hint="例：国务院办公厅关于该年部分节假日安排的通知，文号">
            {(field) => (
              <input
                {...field}
                className="input"
                value={source}
                maxLength={200}
                required
                onChange={(event) => setSource(event.target.value)}
              />
            )}
          </Labelled>
          <div className="panel-acts">
            <button type="submit" className="button" disabled={!ready || send.isPending}>
              {send.isPending ? '正在试算…' : '试算'}
            </button>
            {result?.dryRun === true && (
              <Confirm label="执行" busy={send.isPending} run={() => send.mutate({ dryRun: false })}>
                {`公布${year}年放假安排：${laterCount(result)} 件事项的期限后移，其中 ${toldCount(result)} 位诉求人的办理期限有变，将逐一告知（写入进度查询）；其余期限保持原日期。执行后不能撤销，只能再公布新的安排。`}
              </Confirm>
            )}
            {result === null && tried !== null && <span className="hint">内容已改，请重新试算。</span>}
          </div>
          <FaultNotice fault={send.error} />
        </form>
        <div className="holiday-view">
          <p className="year-key">
            <span className="is-off">休</span> 放假 {Object.keys(read.days).length} 天
            <span className="is-work">班</span> 调休上班 {Object.keys(readWork.days).length} 天
          </p>
          <YearView year={year} off={read.days} work={readWork.days} />
        </div>
      </div>
      {result !== null && <Moves published={result} />}
    </>
  )
}

interface DayLinesProps {
  readonly label: string
  readonly optional?: boolean
  readonly value: string
  readonly set: (value: string) => void
  readonly read: ReadDays
  readonly sample: string
  readonly span: string
}

function DayLines({ label, optional = false, value, set, read, sample, span }: DayLinesProps) {
  return (
    <Labelled label={label} optional={optional} hint={`每行一天或一段，如“${sample}”“${span}”。`}>
      {(field) => (
        <>
          <textarea
            {...field}
            className="input textarea"
            rows={6}
            aria-invalid={read.bad.length > 0}
            spellCheck={false}
            placeholder={sample}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
          {read.bad.length > 0 && (
            <p className="field-error" role="alert">
              {read.bad.map(({ line, text }) => `第${line}行“${text}”`).join('、')}看不出是哪一天或缺少名称。
            </p>
          )}
        </>
      )}
    </Labelled>
  )
}

const laterCount = ({ moved }: Published) => new Set(moved.flatMap(({ id, applied }) => (applied ? [id] : []))).size
/** The handling limit is what people were told. */
const toldCount = ({ moved }: Published) => moved.filter(({ applied, clock }) => applied && clock === 'handle').length

function Moves({ published }: { readonly published: Published }) {
  const { moved, confirmed, dryRun } = published
  return (
    <TableSection
      title={dryRun ? '试算：会变动的期限' : '已变动的期限'}
      count={moved.length}
      note={`另有 ${confirmed} 件在办事项的期限不变。会提前的保持原日期：已经告知的期限只后移，不提前。`}
      head={['事项', '时限', '原期限', '按新安排', '处理']}
      empty="没有期限会变动。"
    >
      {moved.map(({ id, number, title, clock, from, to, applied }) => (
        <tr key={`${id} ${clock}`}>
          <td>
            <CaseName number={number} title={title} />
          </td>
          <td>{CLOCK[clock]}</td>
          <td>{dueText(from)}</td>
          <td>{dueText(to)}</td>
          <td>
            {applied ? (
              <span className="tag tag-later">→ {dryRun ? '会后移' : '已后移'}</span>
            ) : (
              <span className="tag">保持原日期</span>
            )}
          </td>
        </tr>
      ))}
    </TableSection>
  )
}
