import type { Reorganise, Reorganised, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, putCatalogue, sees, sightOf } from '#case'
import { type Actor, onBehalf } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, dissolveUnits, lockUnits, movePosts, putUnits } from '#org'
import { type Plan, type PlannedMove, planReorganisation } from './plan.ts'
import { insertLists, insertReorganisation, type ListToSign } from './reorganise.sql.ts'

type Answer = z.input<typeof Reorganised>

/**
 * Reorganises (机构改革): units end, others take over their open cases by topic and place, their rows of the catalogue and their people. Closed
 * cases stay with the unit that closed them. All in this transaction; a dry run (试算) only says what would happen.
 * @throws Fault 'forbidden' | 'handover.not_yet' | what `planReorganisation` says
 */
export async function reorganise(tx: Tx, engine: Engine, input: Reorganise, by: Actor): Promise<Answer> {
  if (!by.roles.has('admin')) throw new Fault('forbidden')
  if (input.dryRun) return told(await planReorganisation(tx, input, by), input, null, by)
  // Cases and posts change now, so the day must have come.
  if (input.on > dayOf(by.at)) throw new Fault('handover.not_yet', { day: input.on })
  await lockUnits(
    tx,
    input.moves.map(({ unitId }) => unitId),
  )
  const plan = await planReorganisation(tx, input, by)
  const id = newId()
  await putUnits(tx, plan.newUnits, input.on)
  await dissolve(tx, plan, input.on)
  if (plan.catalogue !== undefined) await putCatalogue(tx, plan.catalogue, by.at)
  const catalogueVersion = plan.catalogue?.version ?? null
  await insertReorganisation(tx, { id, on: input.on, basis: input.basis, catalogueVersion }, by)
  await handOverCases(tx, engine, plan, input.basis, by)
  await insertLists(tx, id, plan.moves.flatMap(listsOf))
  await audit(tx, by, { action: 'reorganise', objectKind: 'reorganisation', objectId: id, note: input.basis })
  return told(plan, input, id, by)
}

/** Rules are kept with the topics and divisions below them as they are today: who succeeded whom must not change with the dictionary. */
async function dissolve(tx: Tx, { moves, trees }: Plan, on: string): Promise<void> {
  const successors = moves.flatMap(({ unit, successors: all }) =>
    all.map(({ id, topics, divisions, isRest }, position) => ({
      ...{ unitId: unit.id, position, successorId: id, isRest },
      topics: topics && trees.topics.withBelow(topics),
      divisions: divisions && trees.divisions.withBelow(divisions),
    })),
  )
  await dissolveUnits(tx, successors, on)
  const posts = moves.flatMap((move) => move.posts.map((post) => ({ id: post.id, newId: newId(), unitId: post.to.id })))
  await movePosts(tx, posts, on)
}

/** After the posts: whoever came along keeps the case in hand. */
async function handOverCases(tx: Tx, engine: Engine, { moves }: Plan, basis: string, by: Actor): Promise<void> {
  for (const { unit, cases } of moves)
    for (const { kase, to } of cases) {
      const input = { fromUnitId: unit.id, unitId: to.id, basis }
      await engine.act(tx, { caseId: kase.id, action: 'handOver', input }, onBehalf(by))
    }
}

function listsOf({ unit, cases }: PlannedMove): ListToSign[] {
  const takers = new Set<UnitId>(cases.map(({ to }) => to.id))
  return [...takers].map((toUnitId) => ({
    ...{ id: newId(), fromUnitId: unit.id, toUnitId },
    caseIds: cases.filter(({ to }) => to.id === toUnitId).map(({ kase }) => kase.id),
  }))
}

function told(plan: Plan, { on, dryRun }: Reorganise, id: string | null, by: Actor): Answer {
  const sight = sightOf(by)
  const named = ({ code, name }: { code: string; name: string }) => ({ code, name })
  const lead = (unit: UnitId) => named(plan.targets.get(unit) ?? { code: '', name: '' })
  const rowsOf = ({ unit }: PlannedMove) =>
    (plan.catalogue?.rows ?? []).filter(({ because }) => because.includes(unit.id))
  return {
    ...{ id, dryRun, on, catalogueVersion: plan.catalogue?.version ?? null },
    units: plan.moves.map((move) => ({
      unit: named(move.unit),
      successors: move.successors.map((one) => ({ ...named(one), rest: one.isRest })),
      cases: move.cases.map(({ kase, part, to }) => ({
        ...{ id: kase.id, number: kase.number, part, from: named(move.unit), to: named(to) },
        title: sees(sight, kase) ? kase.title : '（保密事项）',
      })),
      catalogueRows: rowsOf(move).map(({ row, from, topicId, divisionCode, leadUnitId }) => ({
        ...{ row, from, topic: topicId, division: divisionCode, lead: lead(leadUnitId) },
      })),
      posts: move.posts.map(({ personId, name, title, accounts, to }) => ({
        ...{ person: { id: personId, name }, title, accounts: [...accounts], to: named(to) },
      })),
    })),
  }
}
