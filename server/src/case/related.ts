import { NOTICE_KIND, REQUEST_KIND, type RelatedCase, TASK_KIND } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { findCase, listRelated } from './engine/case.sql.ts'
import { type Engine, stageWord } from './engine/engine.ts'
import { sees, sightOf } from './engine/may.ts'
import type { CaseState } from './engine/state.ts'
import { listNames } from './view.sql.ts'
import { caseLight } from './view.ts'

/** Of two thousand merged voices a page shows some; the problem's counter tells of all, and the ledger lists them. */
const MOST_MERGED = 200
const ownedOrAmong = (most: number) => {
  let merged = 0
  return ({ problemId }: CaseState) => problemId === null || ++merged <= most
}

/** What a co-unit reports is for the lead unit: whoever sees the case sees what is done for it. */
const isHelp = (one: CaseState, kase: CaseState) => one.type === 'task' && one.parentId === kase.id

type Link = RelatedCase['link']
const KIND: Readonly<Record<string, string>> = { ...NOTICE_KIND, ...REQUEST_KIND, ...TASK_KIND }

/** What stands around a case (关联事项), as far as the caller sees it: what it belongs to, what it owns, what was merged into it. */
export async function relatedViews(
  engine: Engine,
  tx: Tx,
  kase: CaseState,
  by: Actor,
): Promise<z.input<typeof RelatedCase>[]> {
  const above: [Link, CaseState | undefined][] = [
    ['parent', kase.parentId === null ? undefined : await findCase(tx, kase.parentId)],
    ['problem', kase.problemId === null ? undefined : await findCase(tx, kase.problemId)],
  ]
  const below = (await listRelated(tx, kase.id))
    .filter(ownedOrAmong(MOST_MERGED))
    .map((one): [Link, CaseState] => [one.parentId === kase.id ? 'owned' : 'merged', one])
  const sight = sightOf(by)
  const shown = [...above, ...below].filter(
    (pair): pair is [Link, CaseState] => pair[1] !== undefined && (sees(sight, pair[1]) || isHelp(pair[1], kase)),
  )
  const names = await listNames(tx, {
    units: shown.map(([, { leadUnitId }]) => leadUnitId),
    people: shown.map(([, { handlerId }]) => handlerId),
  })
  return shown.map(([link, one]) => {
    const type = engine.typeOf(one)
    const kind = typeof one.facts['kind'] === 'string' ? one.facts['kind'] : null
    return {
      ...{ id: one.id, number: one.number, type: one.type, typeLabel: type.label, title: one.title, link },
      ...{ kind, kindLabel: kind === null ? null : (KIND[kind] ?? kind), stage: one.stage },
      stageLabel: stageWord(type, one.stage),
      light: caseLight(one, by.at),
      dueAt: one.dueAt?.toISOString() ?? null,
      unit: names.get(one.leadUnitId ?? '') ?? null,
      handler: names.get(one.handlerId ?? '') ?? null,
      documentNumber: typeof one.facts['documentNumber'] === 'string' ? one.facts['documentNumber'] : null,
      answer: one.answer,
      closedAt: one.closedAt?.toISOString() ?? null,
    }
  })
}
