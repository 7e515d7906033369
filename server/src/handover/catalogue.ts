import type { UnitId } from '@banjie/contract'
import type { CatalogueRow } from '#case'
import { type Successor, splitRow, successorFor, type Trees } from './successor.ts'

/** A row of the new version; `from` is the row it came from, if it is not that row unchanged. */
export interface RemappedRow extends CatalogueRow {
  readonly from: string | null
  /** The dissolved units that were in the row. */
  readonly because: readonly UnitId[]
}
type Moves = ReadonlyMap<UnitId, readonly Successor[]>

/**
 * The catalogue after a reorganisation (分办目录随机构改革调整): rows of dissolved units go to their successors, split where the unit was; every other
 * matter stays with whom it was.
 */
export function remap(
  rows: readonly CatalogueRow[],
  moves: Moves,
  trees: Trees,
  basis: string,
): readonly RemappedRow[] {
  const names = new Set(rows.map(({ row }) => row))
  const nameAfter = (row: string) => {
    for (let n = 1; ; n++) {
      const name = `${row}-${n}`
      if (names.has(name)) continue
      names.add(name)
      return name
    }
  }
  const remapped = rows.flatMap((row): RemappedRow[] => {
    const successors = moves.get(row.leadUnitId)
    const because = [row.leadUnitId, ...row.assistingUnitIds].filter((unit) => moves.has(unit))
    if (because.length === 0) return [{ ...row, from: null, because }]
    const parts = successors === undefined ? [undefined] : splitRow(trees, successors, row)
    return parts.map((part, index) => {
      const place = {
        ...row,
        topicId: part?.topicId ?? row.topicId,
        divisionCode: part?.divisionCode ?? row.divisionCode,
      }
      const leadUnitId = part?.to.id ?? row.leadUnitId
      return {
        ...place,
        leadUnitId,
        assistingUnitIds: assistingAfter(place, leadUnitId, moves, trees),
        row: index === parts.length - 1 ? row.row : nameAfter(row.row),
        basis: `${row.basis}（${basis}）`,
        from: row.row,
        because,
      }
    })
  })
  return [...remapped, ...keptPlaces(rows, remapped, trees, nameAfter)]
}

function assistingAfter(row: CatalogueRow, lead: UnitId, moves: Moves, trees: Trees): UnitId[] {
  const after = row.assistingUnitIds.map((unit) => {
    const successors = moves.get(unit)
    if (successors === undefined) return unit
    return successorFor(trees, successors, { category: row.topicId, divisionCode: row.divisionCode }).id
  })
  return [...new Set(after)].filter((unit) => unit !== lead)
}

/**
 * A row split off by topic is nearer to its matters than another unit's row for the topic above and one place, which until now went first. That
 * unit's row is repeated for the narrower topic, so that nobody who was not reorganised loses a matter.
 */
function keptPlaces(
  before: readonly CatalogueRow[],
  after: readonly RemappedRow[],
  trees: Trees,
  nameAfter: (row: string) => string,
): RemappedRow[] {
  const kept: RemappedRow[] = []
  const origins = new Map(before.map((row) => [row.row, row]))
  for (const part of after) {
    const origin = part.from === null ? undefined : origins.get(part.from)
    if (origin === undefined || origin.topicId === part.topicId) continue
    for (const other of after) {
      const { divisionCode } = other
      const isNearer =
        other.topicId === origin.topicId &&
        other.from !== part.from &&
        divisionCode !== null &&
        (part.divisionCode === null || trees.divisions.isWithin(divisionCode, part.divisionCode))
      const isThere = [...after, ...kept].some(
        (row) => row.topicId === part.topicId && row.divisionCode === divisionCode,
      )
      if (isNearer && !isThere)
        kept.push({
          ...other,
          row: nameAfter(other.row),
          topicId: part.topicId,
          from: other.row,
          because: part.because,
        })
    }
  }
  return kept
}
