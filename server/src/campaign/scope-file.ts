import { type FaultPlace, type LiaisonTargetId, normaliseUscc } from '@banjie/contract'
import { Fault, placeOf } from '#kernel/fault'
import { type Grid, readTable, textOf } from '#ledger'

const MOST_FAULTS = 200
const COLUMNS = {
  name: /^(企业|单位|项目|对象|公司|组织)?(名称|名|全称)$|^(企业|单位|项目|对象|公司)$/,
  uscc: /信用代码|^代码$/,
} as const

/** A line of a list (名单), as the sender sees it. */
export interface ScopeLine {
  readonly row: number
  readonly name: string
  readonly uscc: string | null
}

/** Reads a list of targets, a line each. @throws Fault what `readTable` throws */
export const readScopeFile = (grid: Grid): ScopeLine[] =>
  readTable(grid, COLUMNS, { head: { name: '名称' } }).rows.map(({ row, cells }) => ({
    row,
    name: textOf(cells.get('name') ?? null).trim(),
    uscc: normaliseUscc(textOf(cells.get('uscc') ?? null)) || null,
  }))

interface Known {
  readonly id: LiaisonTargetId
  readonly name: string
  readonly uscc: string | null
}
/** Which registered target each line means. @throws Fault 'campaign.file_faulty' with every line that means none, or more than one */
export function matchLines(lines: readonly ScopeLine[], targets: readonly Known[]): LiaisonTargetId[] {
  const byName = Map.groupBy(targets, ({ name }) => name)
  const byCode = Map.groupBy(
    targets.filter(({ uscc }) => uscc !== null),
    ({ uscc }) => uscc,
  )
  const ids: LiaisonTargetId[] = []
  const errors: FaultPlace[] = []
  for (const { row, name, uscc } of lines) {
    const refuse = (code: Parameters<typeof placeOf>[1]) => {
      const place = placeOf(`${row}.名称`, code, { name: name || (uscc ?? '') })
      errors.push({ ...place, detail: `第 ${row} 行：${place.detail}` })
    }
    const named = byName.get(name) ?? []
    const coded = uscc === null ? undefined : (byCode.get(uscc) ?? [])
    const fitting = coded === undefined ? named : coded.filter((one) => name === '' || one.name === name)
    const [only, another] = fitting
    if (only !== undefined && another === undefined) ids.push(only.id)
    else if (only !== undefined) refuse('campaign.file_ambiguous')
    // A register without the code is no contradiction; another code is.
    else if (named.length === 1 && named[0]?.uscc === null) ids.push(named[0].id)
    else refuse(named.length > 0 ? 'campaign.file_code_differs' : 'campaign.file_no_target')
  }
  if (errors.length > 0)
    throw new Fault('campaign.file_faulty', { count: errors.length }, { errors: errors.slice(0, MOST_FAULTS) })
  return [...new Set(ids)]
}
