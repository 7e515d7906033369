import { MorePages } from '../page/more-pages.tsx'
import { PromiseRows } from '../promises/promise-rows.tsx'
import { useEnterprisePromises } from '../promises/query.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../promises/promises.css'

/** What the government promised this enterprise and has not kept (失信违诺). */
export function PromisesSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch, ...more } = useEnterprisePromises(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <>
      <PromiseRows
        title="失信违诺"
        rows={data.pages.flatMap(({ items }) => items)}
        count={data.pages[0]?.totals.promises ?? 0}
        empty="没有对此企业的失信违诺。"
      />
      <MorePages {...more} />
    </>
  )
}
