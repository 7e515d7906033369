import type { MergeCount } from '@banjie/contract'
import { Link } from '../link.tsx'
import { type Place, withQuery } from '../router.ts'

const figure = (value: number) => value.toLocaleString('zh-CN')

/** The counter (归并对账): so many opinions, so many problems; every figure leads to its rows. */
export function Counter({ count, place }: { readonly count: MergeCount | undefined; readonly place: Place }) {
  if (count === undefined) return <p className="merge-count" aria-busy="true" />
  const to = (merged: string) => withQuery(place, { merged, problem: null, grouping: null, tab: null })
  const named = count.aspects.filter(({ aspect }) => aspect !== null).length
  return (
    <p className="merge-count">
      <Link to={to('all')} className="merge-figure" replace>
        <b>{figure(count.raw)}</b> 件意见
      </Link>
      <span aria-hidden="true">→</span>
      <Link to={withQuery(place, { tab: 'problems' })} className="merge-figure" replace>
        <b>{figure(count.problems)}</b> 个问题
      </Link>
      {named > 0 && <span className="merge-figure">{named} 个方面</span>}
      <Link to={to('yes')} className="merge-part" replace>
        已归并 {figure(count.merged)}
      </Link>
      <Link to={to('no')} className="merge-part" replace>
        未归并 {figure(count.unmerged)}
      </Link>
      <Link to={to('open')} className="merge-part" replace>
        其中待归并 {figure(count.open)}
      </Link>
    </p>
  )
}
