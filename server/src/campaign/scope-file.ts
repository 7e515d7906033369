import type { FaultPlace, LiaisonTargetId } from '@banjie/contract'
import { Fault, placeOf } from '#kernel/fault'
import { type Cell, type Grid, textOf } from '#ledger'

const MOST_LINES = 2000
const MOST_FAULTS = 200
const NAME = /^(企业|单位|项目|对象|公司|组织)?(名称|名|全称)$|^(企业|单位|项目|对象|公司)$/
const CODE = /信用代码|^代码$/

/** A line of a list (名单), as the sender sees it. */
export interface ScopeLine {
  readonly row: number
  readonly name: string
  readonly uscc: string | null
}
const tidy = (cell: Cell) =>
  textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')

/**
 * Reads a list of targets, a line each; whose cells are merged says for none of them what they are.
 * @throws Fault 'campaign.file_merged' | 'campaign.file_columns' | 'campaign.file_empty' | 'campaign.file_too_many'
 */
export function readScopeFile({ cells, merges }: Grid): ScopeLine[] {
  const head = cells.findIndex((row) => row.some((cell) => NAME.test(tidy(cell))))
  if (head < 0) throw new Fault('campaign.file_columns')
  const merged = merges.filter(({ e }) => e.r >= head)
  if (merged.length > 0)
    throw new Fault('campaign.file_merged', {
      ranges: merged.map(({ s, e }) => `第 ${s.r + 1}${e.r > s.r ? `–${e.r + 1}` : ''} 行`).join('、'),
    })
  const titles = (cells[head] ?? []).map(tidy)
  const [nameAt, codeAt] = [titles.findIndex((one) => NAME.test(one)), titles.findIndex((one) => CODE.test(one))]
  const lines = cells.slice(head + 1).flatMap((row, i) => {
    const name = textOf(row[nameAt] ?? null).trim()
    const uscc = codeAt < 0 ? '' : tidy(row[codeAt] ?? null).toUpperCase()
    return name === '' && uscc === '' ? [] : { row: head + i + 2, name, uscc: uscc === '' ? null : uscc }
  })
  if (lines.length === 0) throw new Fault('campaign.file_empty')
  if (lines.length > MOST_LINES) throw new Fault('campaign.file_too_many', { max: MOST_LINES })
  return lines
}

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
