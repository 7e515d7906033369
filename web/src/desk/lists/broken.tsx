import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'

type One = Answer<'brokenPromises'>['items'][number]
const MAIN = { unit: '按单位', enterprise: '按企业' } as const
type Side = keyof typeof MAIN
const sideOf = (one: One, side: Side) => (side === 'unit' ? one.unit?.name : one.enterprise) ?? '（未注明）'
const yuan = (fen: number | null) =>
  fen === null ? '' : `，涉及 ${(fen / 100).toLocaleString('zh-CN', { maximumFractionDigits: 2 })} 元`

/** Broken promises (失信违诺): recorded ones and commitments whose day has passed, by unit or by enterprise. */
export function Broken() {
  const [side, setSide] = useState<Side>('unit')
  const { data } = useQuery({
    queryKey: ['lists', 'broken'],
    queryFn: ({ signal }) => api('brokenPromises', { signal }),
  })
  if (data === undefined || data.items.length === 0) return null
  const rows = data.items.toSorted((a, b) => sideOf(a, side).localeCompare(sideOf(b, side), 'zh-CN'))
  return (
    <TableSection
      title="失信违诺"
      count={rows.length}
      note={
        <label className="check">
          <span>逾期未兑现的公开承诺自动列入。</span>
          <select
            className="input input-days"
            aria-label="排列"
            value={side}
            onChange={(event) => setSide(event.target.value as Side)}
          >
            {Object.entries(MAIN).map(([id, word]) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
        </label>
      }
      head={[side === 'unit' ? '单位' : '企业', '事项', '承诺', '期限', '次数', '现状']}
      empty="没有失信违诺。"
    >
      {rows.map((one) => (
        <tr key={one.id}>
          <td>{sideOf(one, side)}</td>
          <td>
            <CaseName number={one.number} title={one.title} />
          </td>
          <td className="is-reason">
            {one.promise}
            {yuan(one.amountFen)}
          </td>
          <td>{one.deadline ?? '—'}</td>
          <td>
            {one.breaches}
            {one.again && <span className="tag tag-bad">二次失信</span>}
          </td>
          <td>
            {one.settled ? one.stageLabel : <LightMark light={one.light} />} {!one.settled && one.stageLabel}
          </td>
        </tr>
      ))}
    </TableSection>
  )
}
