import { moneyText } from '@banjie/contract'
import { PaymentRows } from '../finance/payment-rows.tsx'
import { useMoney } from '../finance/query.ts'
import { FigureList } from '../page/figure-list.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'

/** What an enterprise was paid (获得资金), year by year and row by row. */
export function MoneySection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useMoney(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <>
      {data.years.length > 0 && (
        <FigureList
          label="获得资金"
          figures={data.years.map(({ year, fen, rows }) => ({
            ...{ label: `${year}年`, value: moneyText(fen), under: `${rows} 笔` },
          }))}
        />
      )}
      <PaymentRows
        {...{ title: '获得资金', count: data.items.length, items: data.items }}
        empty="还没有拨付给此企业的资金。"
      />
    </>
  )
}
