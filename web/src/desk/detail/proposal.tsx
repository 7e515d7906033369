import { useUnits } from '../../shared/query.ts'
import { MaskedSpots } from './publication-box.tsx'

/** Where the proposed values come from: the row of the dispatch catalogue (分办目录) and its basis. */
export function Proposal({ proposal }: { readonly proposal: Readonly<Record<string, unknown>> }) {
  const { data: units } = useUnits()
  if (Array.isArray(proposal['masked'])) return <MaskedSpots spots={proposal['masked']} />
  const { leadUnitName, assistingUnitIds, row, basis, version } = proposal
  if (typeof leadUnitName !== 'string') return null
  const assisting = Array.isArray(assistingUnitIds)
    ? assistingUnitIds.map((id) => units?.items.find((unit) => unit.id === id)?.name).filter(Boolean)
    : []
  return (
    <p className="proposal">
      建议：<b>{leadUnitName}</b> 主办{assisting.length > 0 && `，${assisting.join('、')} 协办`}
      {typeof row === 'string' && (
        <span className="proposal-basis">
          （分办目录 {row}
          {typeof version === 'string' && ` · ${version}`}
          {typeof basis === 'string' && basis !== '' && `：${basis}`}）
        </span>
      )}
    </p>
  )
}
