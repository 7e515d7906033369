import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import { groupNumber } from '../../shared/number.ts'
import type { Kase } from '../../shared/shape.ts'
import { Link } from '../link.tsx'

const PAGE = 20
const LACKING_SHOWN = 5

/** Each person's answer as it would go out (并案答复预览), and whose lacks what: nothing goes out with a gap in it. */
export function MergedAnswersBox({ kase }: { readonly kase: Kase }) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['mergedAnswers', kase.id, kase.version],
    queryFn: ({ pageParam, signal }) =>
      api('mergedAnswers', {
        params: { id: kase.id },
        query: { limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const [first] = data?.pages ?? []
  if (first === undefined || first.total === 0) return null
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="box" aria-label="一人一答">
      <h2>
        一人一答 <span className="related-count">{first.total}</span>
      </h2>
      {first.lacking.length > 0 && (
        <p className="notice notice-warn">
          {first.lacking.length} 份还缺内容，不能发出：
          {first.lacking
            .slice(0, LACKING_SHOWN)
            .map(({ number, fields }) => `${number} 缺${fields.join('、')}`)
            .join('；')}
          {first.lacking.length > LACKING_SHOWN && ' 等'}
        </p>
      )}
      <ul className="merged-answers">
        {items.map((one) => (
          <li key={one.id}>
            <details>
              <summary>
                <span className="number">{groupNumber(one.number)}</span> {one.title}{' '}
                <span className="muted">
                  {one.answered ? '已答复' : '待答复'} · {one.channelLabel}
                  {one.personal !== null && ' · 有个人说明'}
                </span>
              </summary>
              <p className="answer-text">{one.text}</p>
              <Link to={`/w/c/${one.number}`}>打开此件</Link>
            </details>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="button button-small button-plain"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          再列 {PAGE} 份
        </button>
      )}
    </section>
  )
}
