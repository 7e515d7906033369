import {
  CHECK_CADENCE,
  type CheckIn,
  idsOf,
  PLAN_LACK,
  type PlanLack,
  TARGET_KIND,
  TARGET_VERSION_STATE,
  type TargetId,
  type TargetObject,
  type TargetRow,
  type TargetVersion,
} from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { ProgressRule } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { isDone, reachedOf, shareOf, standingOf, wordsOf } from './measure.ts'
import { progressOf, type Span } from './progress.ts'
import { mayApprove, sayOf } from './say.ts'
import {
  type CheckInRow,
  listCheckIns,
  listObjects,
  listTargets,
  listVersions,
  type ObjectRow,
  type TargetFacts,
  type VersionRow,
} from './target.sql.ts'

/** What of the four (四定) is missing, and of the measure, in the order in which people say it. */
export const lacksOf = (missing: Readonly<Record<PlanLack, boolean>>): PlanLack[] =>
  idsOf(PLAN_LACK).filter((lack) => missing[lack])

/** Who answers and who checks, as every view tells it. */
export const answering = ({
  unit,
  person,
  duty,
  checkUnit,
  cadence,
}: Pick<TargetFacts, 'unit' | 'person' | 'duty' | 'checkUnit' | 'cadence'>) => ({
  ...{ unit, person, duty, checkUnit, cadence, cadenceLabel: cadence === null ? null : CHECK_CADENCE[cadence] },
})

/** A target with what is counted of it; the line it is held to comes from whoever schedules it. */
export interface CountedTarget {
  readonly facts: TargetFacts
  readonly objects: readonly ObjectRow[]
}
/** Targets with their objects, in two queries. */
export async function countedTargets(tx: Tx, ids: readonly TargetId[]): Promise<CountedTarget[]> {
  const targets = await listTargets(tx, ids)
  const objects = Map.groupBy(await listObjects(tx, ids), ({ targetId }) => targetId)
  return targets.map((facts) => ({ facts, objects: objects.get(facts.id) ?? [] }))
}

/** The tasks of a target as the line sees them: when they run, and what share of their work is done; null where it has none. */
export interface WorkOf {
  readonly spans: readonly Span[]
  readonly worked: number | null
  /** When lights turn; the default profile where nothing is said. */
  readonly rule?: ProgressRule | undefined
}
/** A row (目标一行): who owes how much by when, who checks, and how it stands today. */
export function targetRow(
  calendar: Calendar,
  { facts, objects }: CountedTarget,
  { spans, worked, rule }: WorkOf,
  today: string,
): TargetRow {
  const { id, title, version, definition, unit, person, duty, checkUnit, cadence, fixedAt, lastOn } = facts
  const [startOn, dueOn] = [definition.startOn ?? null, definition.dueOn ?? null]
  const reached = reachedOf(definition, { quantity: facts.quantity, objects })
  const own = startOn === null || dueOn === null ? [] : [{ from: startOn, to: dueOn }]
  const standing = {
    ...{ reached, total: definition.value, unit: definition.unit, share: shareOf(definition, reached), startOn, dueOn },
    ...{ runs: fixedAt !== null, spans: spans.length > 0 ? spans : own, worked, cadence, lastOn, rule },
  }
  return {
    ...{ id, title, version, startOn, dueOn, words: wordsOf(definition), changeWaits: facts.changeWaits },
    ...{ kind: definition.kind, kindLabel: TARGET_KIND[definition.kind] },
    ...answering(facts),
    lacks: lacksOf({
      ...{ person: person === null, duty: unit === null || duty === null, time: startOn === null || dueOn === null },
      ...{ check: checkUnit === null || cadence === null, measure: false },
    }),
    progress: progressOf(calendar, standing, today),
  }
}

const objectView =
  (target: TargetFacts) =>
  (object: ObjectRow): TargetObject => {
    const { id, name, unit, measured, quantity, lastOn } = object
    const words = target.definition.words.map((word) => ({ word, earned: object.words.includes(word) }))
    const text = standingOf(object, target.definition)
    return { id, name, unit, measured, quantity, lastOn, words, text, done: isDone(object, target.definition) }
  }

function versionView({ facts, objects }: CountedTarget, by: Actor) {
  return (row: VersionRow): TargetVersion => {
    const reached = reachedOf(row.definition, { quantity: facts.quantity, objects })
    const { value, unit } = row.definition
    return {
      ...{ version: row.version, state: row.state, stateLabel: TARGET_VERSION_STATE[row.state] },
      ...{ definition: row.definition, words: wordsOf(row.definition), reason: row.reason, note: row.note },
      achieved: `${reached}/${value}${unit}（${Math.round((reached / value) * 100)}%）`,
      ...{ proposer: row.proposerName, proposedAt: row.proposedAt.toISOString(), approver: row.approverName },
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidable: row.version > 1 && row.state === 'proposed' && row.proposerId !== by.personId && mayApprove(by),
    }
  }
}

/** How the tasks and milestones of a check-in are called; the plan knows. */
export type TitleOf = (id: string | null) => string | null
const checkInView =
  (titleOf: TitleOf, may: { voids: boolean }, by: Actor) =>
  (row: CheckInRow): CheckIn => {
    const { id, day, object, quantity, measured, words, done, evidence, note, issues, next, byName, at } = row
    return {
      ...{ id, day, object, quantity, measured, words: [...words], done, evidence, note, issues, next, by: byName },
      files: [...row.files],
      ...{ task: titleOf(row.taskId), milestone: titleOf(row.milestoneId), at: at.toISOString() },
      voided:
        row.voidedAt === null
          ? null
          : { at: row.voidedAt.toISOString(), by: row.voidedBy ?? '', reason: row.voidReason ?? '' },
      voidable: row.voidedAt === null && (may.voids || (row.byId !== null && row.byId === by.personId)),
    }
  }

/** What the target's own page shows beside its row: objects, check-ins, versions (目标详情). */
export async function targetDetail(tx: Tx, counted: CountedTarget, titleOf: TitleOf, by: Actor) {
  const { facts, objects } = counted
  const { definition, id } = facts
  const { edit, checkIn, propose, addObjects, voids } = await sayOf(tx, facts, by)
  const named = definition.kind === 'coverage' ? new Set(objects.map(({ unitId }) => unitId)).size : objects.length
  return {
    definition,
    unnamed: definition.kind === 'count' ? 0 : Math.max(0, definition.value - named),
    objects: objects.map(objectView(facts)),
    checkIns: (await listCheckIns(tx, id)).map(checkInView(titleOf, { voids }, by)),
    versions: (await listVersions(tx, id)).map(versionView(counted, by)),
    may: { edit, checkIn, propose, addObjects },
  }
}
