import type { OrderSelfCheck, SelfChecks, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { caseLight, type Engine, maskPersonal, sees, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { getList, holdList } from './list.ts'
import { listFound, listSheets } from './self-check.sql.ts'

/** Asks units to hold themselves against a list (对照自查): each owes an answer by a day, found or signed “none”. */
export async function orderSelfCheck(
  tx: Tx,
  engine: Engine,
  { id, question, unitIds, by: last }: z.output<typeof OrderSelfCheck> & { id: string },
  by: Actor,
) {
  const list = await holdList(tx, id, by)
  if (last < dayOf(by.at)) throw new Fault('selfCheck.past', { day: last })
  const units = [...new Set(unitIds)]
  for (const unit of units) await getUnitInForce(tx, unit, dayOf(by.at))
  const facts = {
    ...{ title: `自查：${list.title}`.slice(0, 80), content: maskPersonal(question), listId: id },
    dueAt: new Date(`${last}T23:59:59.999+08:00`).toISOString(),
  }
  await engine.open(
    tx,
    units.map((leadUnitId) => ({ type: 'sweep', channel: 'staffFound' as const, leadUnitId, facts })),
    by,
  )
  return readSelfChecks(tx, engine, id, by)
}

/** Who has found something, who has signed “none”, who has not answered (自查情况). */
export async function readSelfChecks(
  tx: Tx,
  engine: Engine,
  id: string,
  by: Actor,
): Promise<z.input<typeof SelfChecks>> {
  await getList(tx, id, by)
  const sight = sightOf(by)
  const sheets = (await listSheets(tx, id)).filter((sheet) => sees(sight, sheet))
  const found = Map.groupBy(
    await listFound(
      tx,
      sheets.map((sheet) => sheet.id),
    ),
    ({ parentId }) => parentId,
  )
  const count = (...stages: string[]) => sheets.filter(({ stage }) => stages.includes(stage)).length
  return {
    ...{ ordered: sheets.length, found: count('have'), none: count('none', 'falseNone'), missing: count('sent') },
    items: sheets.map((sheet) => ({
      ...{ id: sheet.id, number: sheet.number, question: sheet.content, stage: sheet.stage },
      unit: { id: sheet.leadUnitId as UnitId, name: sheet.unitName ?? '' },
      stageLabel: stageWord(engine.typeOf(sheet), sheet.stage),
      ...{ light: caseLight(sheet, by.at), dueAt: sheet.dueAt?.toISOString() ?? null, statement: sheet.answer },
      signedBy: typeof sheet.facts['signedBy'] === 'string' ? sheet.facts['signedBy'] : null,
      answeredAt: sheet.closedAt?.toISOString() ?? null,
      found: (found.get(sheet.id) ?? []).map((one) => ({
        ...{ id: one.id, number: one.number, title: one.title, listed: one.facts['listId'] === id },
        stageLabel: stageWord(engine.typeOf(one), one.stage),
      })),
    })),
  }
}
