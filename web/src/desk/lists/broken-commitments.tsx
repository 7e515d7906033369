import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { MorePages } from '../page/more-pages.tsx'
import { TableSection } from '../page/table-section.tsx'

/** Public commitments whose day has passed (逾期未兑现的公开承诺); nothing where every word was kept. */
export function BrokenCommitments() {
  const { data, ...more } = useInfiniteQuery({
    queryKey: ['lists', 'broken'],
    queryFn: ({ signal, pageParam }) =>
      api('brokenCommitments', { query: { limit: '20', ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const count = data?.pages[0]?.total.value ?? 0
  if (data === undefined || count === 0) return null
  return (
    <>
      <TableSection
        title="逾期未兑现的公开承诺"
        count={count}
        note="各单位在问题清单上向社会公开的承诺，到期没有兑现的自动列在这里。"
        head={['单位', '事项', '承诺', '期限', '次数', '现状']}
        empty=""
      >
        {data.pages
          .flatMap(({ items }) => items)
          .map((one) => (
            <tr key={one.id}>
              <td>{one.unit?.name ?? '（未注明）'}</td>
              <td>
                <CaseName number={one.number} title={one.title} />
              </td>
              <td className="is-reason">{one.text}</td>
              <td>{one.deadline ?? '—'}</td>
              <td>
                {one.breaches}
                {one.breaches > 1 && <span className="tag tag-bad">二次失信</span>}
              </td>
              <td>
                {one.settled ? one.stageLabel : <LightMark light={one.light} />} {!one.settled && one.stageLabel}
              </td>
            </tr>
          ))}
      </TableSection>
      <MorePages {...more} />
    </>
  )
}
