import type { UnitId } from '@banjie/contract'
import type { CatalogueRow } from '#case'
import type { Tree } from './tree.ts'

/** A unit as a plan names it; a new one has its id already, though the dry run never writes it. */
export interface Target {
  readonly id: UnitId
  readonly code: string
  readonly name: string
}

/** Who takes over what (承接单位). `null` leaves topics or divisions open; the rest-successor (兜底) takes what no other fits. */
export interface Successor extends Target {
  readonly topics: readonly string[] | null
  readonly divisions: readonly string[] | null
  readonly isRest: boolean
}
export interface Trees {
  readonly topics: Tree
  readonly divisions: Tree
}
interface Matter {
  readonly category: string | null
  readonly divisionCode: string | null
}

const fitsTree = (tree: Tree, named: readonly string[] | null, code: string | null) =>
  named === null || (code !== null && named.some((above) => tree.isWithin(code, above)))

const hasRule = ({ topics, divisions }: Successor) => topics !== null || divisions !== null

/** The successor for one matter: the first whose topics (with those below) and divisions fit; else the rest-successor. */
export function successorFor(trees: Trees, successors: readonly Successor[], matter: Matter): Successor {
  const found =
    successors.find(
      (successor) =>
        hasRule(successor) &&
        fitsTree(trees.topics, successor.topics, matter.category) &&
        fitsTree(trees.divisions, successor.divisions, matter.divisionCode),
    ) ?? successors.find(({ isRest }) => isRest)
  if (found === undefined) throw new Error('a move without a rest-successor')
  return found
}

/** The part of a catalogue row that one successor takes. */
interface Part {
  readonly topicId: string
  readonly divisionCode: string | null
  readonly to: Successor
}

/**
 * Splits one row of the catalogue (分办目录) among the successors of its unit: a row of its own for each topic and place that goes elsewhere, and
 * one for the rest.
 */
export function splitRow(trees: Trees, successors: readonly Successor[], row: CatalogueRow): Part[] {
  const parts: Part[] = []
  const isTaken = (topicId: string, divisionCode: string | null) =>
    parts.some((part) => part.topicId === topicId && part.divisionCode === divisionCode)
  for (const successor of successors.filter(hasRule)) {
    const topics = fitsTree(trees.topics, successor.topics, row.topicId)
      ? [row.topicId]
      : (successor.topics ?? []).filter((topic) => trees.topics.isWithin(topic, row.topicId))
    const divisions = fitsTree(trees.divisions, successor.divisions, row.divisionCode)
      ? [row.divisionCode]
      : (successor.divisions ?? []).filter(
          (division) => row.divisionCode === null || trees.divisions.isWithin(division, row.divisionCode),
        )
    for (const topicId of topics)
      for (const divisionCode of divisions)
        if (!isTaken(topicId, divisionCode)) parts.push({ topicId, divisionCode, to: successor })
    if (isTaken(row.topicId, row.divisionCode)) return parts
  }
  const matter = { category: row.topicId, divisionCode: row.divisionCode }
  return [...parts, { ...matter, topicId: row.topicId, to: successorFor(trees, successors, matter) }]
}
