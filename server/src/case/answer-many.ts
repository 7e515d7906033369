import type { AnswerMany, EachOutcome, TenantId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Store, Tx } from '#kernel/store'
import { actOnEach } from './engine/act-on-each.ts'
import { listCases } from './engine/case.sql.ts'
import { type Act, type Engine, stageWord } from './engine/engine.ts'
import { sees, sightOf } from './engine/may.ts'
import type { CaseState } from './engine/state.ts'
import { listKnownWords } from './publication.sql.ts'
import { refusePlaces } from './publication.ts'
import { filledIn, mentions, refuseUnfilled, refuseUnknownFields, USUAL_OF_ITS_OWN } from './step/fill-in.ts'
import type { KnownWords } from './text/deidentify.ts'

interface House {
  readonly store: Store
  readonly engine: Engine
}
type Item = AnswerMany['items'][number]
type Prepared = { readonly item: Item; readonly kase?: CaseState | undefined } & (
  | { readonly act: Act; readonly fault?: undefined }
  | { readonly act?: undefined; readonly fault: Fault }
)

/**
 * Answers many cases with one text (答复多件): each with its own beginning and its own part, each its own event. What is in hand is drafted and waits
 * for its signature like any other; what has only arrived is answered at once.
 * @returns what became of each, in the order asked; a refused one holds up no other
 * @throws Fault on what is wrong with the text itself, and nothing is answered
 */
export async function answerMany(
  house: House,
  tenant: TenantId,
  input: AnswerMany,
  by: Actor,
): Promise<readonly EachOutcome[]> {
  refuseUnfilled(input.text)
  if (input.template !== undefined) refuseUnknownFields(input.template)
  const prepared = await house.store.tx(tenant, (tx) => prepare(tx, input, by), { readOnly: true })
  const results = await actOnEach(
    house,
    tenant,
    prepared.flatMap(({ act }) => act ?? []),
  )
  const resultOf = new Map(results.map((result) => [result.act, result]))
  return prepared.map(({ item, kase, act, fault }) => {
    const result = act === undefined ? { fault, kase: undefined } : resultOf.get(act)
    const after = result?.kase
    return {
      ...{ id: kase?.id ?? item.id, number: kase?.number ?? null, ok: after !== undefined },
      stage: after === undefined ? null : stageWord(house.engine.typeOf(after), after.stage),
      ...{ code: result?.fault?.code ?? null, detail: result?.fault?.message ?? null },
    }
  })
}

/** What would be said to whom. Cost: four look-ups, however many. */
async function prepare(tx: Tx, input: AnswerMany, by: Actor): Promise<readonly Prepared[]> {
  const cases = await listCases(
    tx,
    input.items.map(({ id }) => id.trim()),
  )
  const byKey = new Map(cases.flatMap((kase) => [[kase.id as string, kase] as const, [kase.number, kase] as const]))
  const wordsOf = await listKnownWords(
    tx,
    cases.map(({ id }) => id),
  )
  const problems = await listCases(
    tx,
    cases.flatMap(({ problemId }) => problemId ?? []),
  )
  const numberOf = new Map(problems.map(({ id, number }) => [id, number]))
  const seen = new Set<string>()
  return input.items.map((item) => {
    const kase = byKey.get(item.id.trim())
    if (kase === undefined || !sees(sightOf(by), kase)) return { item, fault: new Fault('case.not_found') }
    if (seen.has(kase.id)) throw new Fault('answer.twice', { number: kase.number })
    seen.add(kase.id)
    const fault = faultOf(() => {
      const above = kase.problemId === null ? undefined : numberOf.get(kase.problemId)
      if (kase.stage === 'merged' && above !== undefined) throw new Fault('answer.goes_with_problem', { number: above })
      refuseUnsayable(input, item, kase, wordsOf(kase.id))
    })
    return fault === undefined ? { item, kase, act: actOf(input, item, kase, by) } : { item, kase, fault }
  })
}

/** @throws Fault why this case cannot be answered with this text */
function refuseUnsayable(input: AnswerMany, item: Item, kase: CaseState, known: KnownWords): void {
  if (item.personal !== undefined) {
    refuseUnfilled(item.personal)
    refusePlaces('text.personal', known, [item.personal])
  }
  const { lacking } = said(input, item, kase)
  if (lacking.length > 0) throw new Fault('answer.lacking', { fields: lacking.join('、') })
}

const said = ({ template = USUAL_OF_ITS_OWN, text }: AnswerMany, { personal }: Item, kase: CaseState) =>
  filledIn({ template, answer: text, problem: null, personal: personal ?? null }, kase)

const ARRIVED: readonly string[] = ['received', 'accepted']
function actOf(input: AnswerMany, item: Item, kase: CaseState, by: Actor): Act {
  const { items: _, template, text: __, outcome, ...rest } = input
  const answer = {
    text: said(input, item, kase).text,
    ...(template !== undefined && mentions(template, '称呼') && { addressed: true }),
  }
  const acting = { caseId: kase.id, version: kase.version, by }
  // The intake office explains; whatever else came of a matter is the word of the unit that handled it.
  return ARRIVED.includes(kase.stage) && outcome === 'explained'
    ? { ...acting, action: 'answerAtOnce', input: { ...answer, knowledgeId: rest.knowledgeId } }
    : { ...acting, action: 'draftAnswer', input: { ...rest, ...answer, outcome } }
}

function faultOf(check: () => void): Fault | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
