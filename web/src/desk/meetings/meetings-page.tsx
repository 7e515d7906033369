import { MINUTES_STATE } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { MeetingForm } from './meeting-form.tsx'
import { type MeetingRow, useMeetings } from './query.ts'
import '../page/page.css'
import './meetings.css'

/** Meetings (会议) and what became of what they decided. */
export function MeetingsPage() {
  const place = usePlace()
  const [adding, setAdding] = useState(false)
  const kind = place.query.get('kind') ?? undefined
  const waits = place.query.get('waits') === 'me' ? ('me' as const) : undefined
  const campaign = place.query.get('campaign') ?? undefined
  const tag = place.query.get('tag') ?? undefined
  const to = place.query.get('to') ?? undefined
  const { data, error, isPending, refetch } = useMeetings({ kind, waits, campaign, tag, to })
  useTitle('会议纪要')
  const chosen = data?.kinds.find(({ code }) => code === kind)?.label
  const title = waits
    ? '有议定事项待我查验的会议'
    : [tag && `“${tag}”`, campaign && '一个专项活动的', chosen ?? (tag || campaign ? '会议' : '全部会议')]
        .filter(Boolean)
        .join('')
  return (
    <div className="page page-wide meetings table-cards">
      <header className="page-head">
        <h1>会议纪要</h1>
        {data?.mayKeep && (
          <button type="button" className="button button-small button-primary" onClick={() => setAdding(true)}>
            登记会议
          </button>
        )}
      </header>
      <p className="page-lead">
        会议记一次；纪要由另一人审定后编号印发，议定事项同时交到承办人手里，有期限，由查验人看过才算完。
      </p>
      {adding && <MeetingForm meeting={undefined} close={() => setAdding(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && (
        <>
          {data.kinds.length > 0 && (
            <FigureList
              label="各类会议"
              figures={data.kinds.map(({ code, label, meetings }) => ({
                ...{ label, value: meetings, unit: '次', to: withQuery(place, { kind: code === kind ? null : code }) },
              }))}
            />
          )}
          {(waits || kind || campaign || tag) && (
            <Link to="/w/meetings" className="button button-small all-meetings">
              看全部会议
            </Link>
          )}
          <TableSection
            {...{ title, count: data.items.length }}
            head={['日期', '会议', '种类', '主持', '纪要', '议定事项', '未完', '超期']}
            counts={['议定事项', '未完', '超期']}
            empty={data.mayKeep ? '还没有这样的会议。点“登记会议”记第一次。' : '还没有这样的会议。'}
          >
            {data.items.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </TableSection>
        </>
      )}
    </div>
  )
}

const Row = ({ row }: { readonly row: MeetingRow }) => (
  <tr>
    <td className="nowrap">{row.on}</td>
    <td>
      <Link to={`/w/meetings/${row.id}`}>{row.title}</Link>
    </td>
    <td>{row.kind.label}</td>
    <td>{row.chair.name}</td>
    <td>{row.number ?? MINUTES_STATE[row.state]}</td>
    <td className="is-count">{row.decisions.all}</td>
    <td className="is-count">{row.decisions.open}</td>
    <td className="is-count">
      {row.decisions.red === 0 ? 0 : <span className="tag tag-bad">■ {row.decisions.red}</span>}
    </td>
  </tr>
)
