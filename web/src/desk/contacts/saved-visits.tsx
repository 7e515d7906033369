import { FigureList } from '../page/figure-list.tsx'
import { useSavings } from './query.ts'

/** Visits saved by joining (合并少跑) in a period, with the way to every joined contact; absent where there are none to tell of. */
export function SavedVisits({ from, to }: { readonly from: string; readonly to: string }) {
  const { data } = useSavings({ from, to })
  if (data === undefined || data.saved === 0) return null
  return (
    <FigureList
      label="无事不扰"
      figures={[
        {
          ...{ label: '合并走访少跑', value: data.saved, unit: '次', under: `其中已成行 ${data.done} 次` },
          to: `/w/contacts?show=saved&from=${from}&to=${to}`,
        },
      ]}
    />
  )
}
