import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { Link } from '../link.tsx'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'

const WAITS = [0, 3, 7, 15] as const

/** Ownership gaps (无人承办): open cases whose handler no longer holds a post in the unit that owes them. */
export function Gaps() {
  const [days, setDays] = useState<number>(3)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['gaps', days],
    queryFn: ({ signal }) => api('ownershipGaps', { query: { days }, signal }),
  })
  return (
    <>
      <section className="panel" aria-label="无人承办">
        {error && <ErrorView error={error} retry={() => void refetch()} />}
        {isPending && <Skeleton rows={3} className="skeleton-text" />}
        {data && (
          <TableSection
            title="无人承办"
            count={data.items.length}
            note={
              <label className="check">
                <span>承办人已离岗而事项仍在办的，由单位负责人指派或在上面移交。离岗满</span>
                <select
                  className="input input-days"
                  value={days}
                  onChange={(event) => setDays(Number(event.target.value))}
                >
                  {WAITS.map((wait) => (
                    <option key={wait} value={wait}>
                      {wait} 天
                    </option>
                  ))}
                </select>
              </label>
            }
            head={['事项', '单位', '原承办人', '离岗', '请找']}
            empty="在办事项都有人承办。"
          >
            {data.items.map(({ case: kase, unit, handler, since, days: waited, head }) => (
              <tr key={kase.id}>
                <td>
                  <CaseName number={kase.number} title={kase.title} />
                </td>
                <td>{unit.name}</td>
                <td>{handler.name}</td>
                <td>
                  {since ?? '—'}（{waited} 天）
                </td>
                <td>{head?.name ?? '—'}</td>
              </tr>
            ))}
          </TableSection>
        )}
      </section>
      <LiaisonGaps days={days} />
    </>
  )
}

/** Targets that nobody answers for (无人主包保), beside the cases. */
function LiaisonGaps({ days }: { readonly days: number }) {
  const { data } = useQuery({
    queryKey: ['gaps', 'liaison', days],
    queryFn: ({ signal }) => api('liaisonGaps', { query: { days }, signal }),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section className="panel" aria-label="无人主包保">
      <TableSection
        {...{ title: '无人主包保', count: data.items.length, empty: '' }}
        note="包保人已离岗或到期，满所选天数而没有接任的，由督查确定包保人。"
        head={['对象', '原包保人', '自']}
      >
        {data.items.map(({ target, last, since, days: waited }) => (
          <tr key={target.id}>
            <td>
              <Link to={`/w/liaison/${target.id}`}>{target.name}</Link>
            </td>
            <td>{last?.name ?? '从未确定'}</td>
            <td>
              {since}（{waited} 天）
            </td>
          </tr>
        ))}
      </TableSection>
    </section>
  )
}
