import {
  type DriveId,
  type FileAppeal,
  type INPUT,
  type Message,
  REPLY_CHANNEL,
  type ReplyChannel,
  type routes,
} from '@banjie/contract'
import type { z } from 'zod'
import { dueOf } from '#calendar'
import {
  type CaseEvent,
  type CaseState,
  type Engine,
  emergencyAdvice,
  findCase,
  findParty,
  listClocks,
  listEvents,
  maskPersonal,
  SALUTATION,
  stageWord,
} from '#case'
import type { Actor } from '#kernel/actor'
import { attachBlobs } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { isCaseNumber, pickupCode, tidyNumber } from '#kernel/id'
import { createLimiter } from '#kernel/limiter'
import type { Tx } from '#kernel/store'
import { getPublicSide } from './appeal.sql.ts'

type Receipt = z.input<(typeof routes.fileAppeal)['response']>
export type Tracking = z.input<(typeof routes.track)['response']>

/** The citizen's side of an appeal (诉求人一侧): file, track, rate. */
export interface AppealDesk {
  /** @param input the drive is one that takes opinions now: who lets the public name it has looked */
  file(tx: Tx, input: FileAppeal & { readonly driveId?: DriveId | undefined }, by: Actor): Promise<Receipt>
  track(tx: Tx, key: TrackKey, by: Actor): Promise<Tracking>
  rate(tx: Tx, key: TrackKey, input: z.output<(typeof INPUT)['rate']>, by: Actor): Promise<CaseState>
  /** Takes what a person says about an earlier report: an urging, a supplement, or, after the end, the same again or new facts. */
  speakUp(
    tx: Tx,
    key: TrackKey,
    message: z.output<typeof Message>,
    by: Actor,
  ): Promise<{ kase: CaseState; counted: 'urge' | 'supplement' | 'reRaise' | 'newRound' }>
  /** The case that number and code open. @throws Fault 'track.wrong_code' | 'request.too_many' */
  unlock(tx: Tx, key: TrackKey): Promise<CaseState>
  /** What the person may know of a case that the caller has found another way than by its code. */
  tell(tx: Tx, kase: CaseState, now: Date): Promise<Tracking>
  /** The person's word on a case, without its code; `by` is the person, or a clerk who has them on the telephone. */
  rateAs(tx: Tx, kase: CaseState, input: z.output<(typeof INPUT)['rate']>, by: Actor): Promise<CaseState>
  /** The pickup code, for the slip that is handed over. */
  codeOf(tx: Tx, number: string): Promise<string>
  /** True if number and code belong together; for showing a photo. */
  opensWith(tx: Tx, number: string, code: string): Promise<CaseState | undefined>
}
export interface TrackKey {
  readonly number: string
  readonly code: string
  /** Where the request comes from: wrong codes are counted per number and per address. */
  readonly address: string
  readonly real: Date
}

/** Wrong codes before a number, or an address, has to wait. */
const WRONG_PER_NUMBER = 8
const WRONG_PER_ADDRESS = 15
const WINDOW_SECONDS = 15 * 60

export function createAppealDesk(engine: Engine, secretOf: (tenant: Tx['tenant']) => Promise<Buffer>): AppealDesk {
  const numbers = createLimiter(WRONG_PER_NUMBER, WINDOW_SECONDS)
  const addresses = createLimiter(WRONG_PER_ADDRESS, WINDOW_SECONDS)

  const codeOf = async (tx: Tx, number: string) => pickupCode(await secretOf(tx.tenant), number)

  async function opensWith(tx: Tx, number: string, code: string): Promise<CaseState | undefined> {
    const tidy = tidyNumber(number)
    if (!isCaseNumber(tidy) || tidyNumber(code) !== (await codeOf(tx, tidy))) return undefined
    return findCase(tx, tidy)
  }

  /** @throws Fault 'track.wrong_code' for a wrong number as for a wrong code, 'request.too_many' after too many of them */
  async function unlock(tx: Tx, { number, code, address, real }: TrackKey): Promise<CaseState> {
    const tidy = tidyNumber(number)
    const wait = Math.max(numbers.waitSeconds(`${tx.tenant} ${tidy}`, real), addresses.waitSeconds(address, real))
    if (wait > 0) throw new Fault('request.too_many', { seconds: wait })
    const kase = await opensWith(tx, number, code)
    if (kase !== undefined) return kase
    numbers.fail(`${tx.tenant} ${tidy}`, real)
    addresses.fail(address, real)
    throw new Fault('track.wrong_code')
  }

  return {
    opensWith,
    unlock,
    async file(tx, { kind, contact, party, proxy, attachmentIds, via, driveId, ...facts }, by) {
      const isFromNowhere = via === undefined && driveId === undefined
      const [kase] = await engine.open(
        tx,
        [
          {
            type: kind,
            facts: isFromNowhere ? facts : { ...facts, source: { media: via, driveId } },
            channel: 'portal',
            party: { ...party, ...contact, name: contact?.name ?? party?.name, proxy },
          },
        ],
        by,
      )
      if (kase === undefined) throw new Error('nothing was opened')
      await attachBlobs(tx, kase.id, attachmentIds, false)
      const emergency = emergencyAdvice(kase)
      return {
        number: kase.number,
        pickupCode: await codeOf(tx, kase.number),
        dueAt: (await promiseOf(engine, tx, kase)).toISOString(),
        ...(emergency.length > 0 && { emergency }),
      }
    },
    async track(tx, key, by) {
      const kase = await unlock(tx, key)
      return tracking(engine, tx, kase, by.at)
    },
    async speakUp(tx, key, message, by) {
      const kase = await unlock(tx, key)
      // What a citizen types may hold a telephone number; events keep none.
      const text = maskPersonal(message.text)
      const acts = (action: string, input: object) => engine.act(tx, { caseId: kase.id, action, input }, by)
      const evidence = message.attachmentIds.length > 0 ? { attachmentIds: message.attachmentIds } : {}
      await attachBlobs(tx, kase.id, message.attachmentIds, false)
      if (kase.closedAt !== null || kase.stage === 'calledBack') {
        // Somebody who brings a photo brings something new.
        const newFacts = message.newFacts || message.attachmentIds.length > 0
        const after = await acts('reRaise', { text, newFacts, ...evidence })
        return { kase: after, counted: newFacts ? 'newRound' : 'reRaise' }
      }
      const counted = message.kind
      return { kase: await acts(counted, { text, ...(counted === 'supplement' && evidence) }), counted }
    },
    tell: (tx, kase, now) => tracking(engine, tx, kase, now),
    codeOf,
    rate: async (tx, key, input, by) => rateAs(tx, await unlock(tx, key), input, by),
    rateAs,
  }

  async function rateAs(
    tx: Tx,
    kase: CaseState,
    { text, ...given }: z.output<(typeof INPUT)['rate']>,
    by: Actor,
  ): Promise<CaseState> {
    const input = { ...given, ...(text !== undefined && { text: maskPersonal(text) }) }
    if (input.kind === 'matter' && !['answered', 'calledBack', 'closed'].includes(kase.stage))
      throw new Fault('track.not_ratable')
    const rated = await engine.act(tx, { caseId: kase.id, action: 'rate', input }, by)
    const rules = await engine.rules.of(tx, kase.ruleSet)
    // The person's word reopens the case a limited number of times; after that a supervisor decides.
    const canReopen = 'reopen' in engine.typeOf(rated).actions
    const reopens = canReopen && input.kind === 'matter' && !input.solved && rated.round <= rules.citizenReopens
    return reopens
      ? engine.act(
          tx,
          { caseId: kase.id, action: 'reopen', input: { reason: maskPersonal(text ?? '诉求人评价：未解决') } },
          by,
        )
      : rated
  }
}

/**
 * The day promised at the counter: time to accept, then the ordinary handling limit. Once the case is accepted its own clock takes over,
 * which for an ordinary matter is never later.
 */
async function promiseOf(engine: Engine, tx: Tx, kase: CaseState): Promise<Date> {
  if (kase.dueKind === 'handle' && kase.dueAt !== null) return kase.dueAt
  // A case that was only just opened has no other clock than the one it shows.
  const clocks = kase.version > 1 ? await listClocks(tx, kase.id) : []
  const running = clocks.findLast((clock) => clock.kind === 'handle')
  return running?.dueAt ?? counterPromise(engine, tx, kase)
}

/** What is promised before anybody has accepted the case (受理前的承诺): its acceptance limit, then the ordinary handling limit. */
export async function counterPromise(
  engine: Engine,
  tx: Tx,
  kase: Pick<CaseState, 'type' | 'ruleSet' | 'dueAt' | 'receivedAt'>,
): Promise<Date> {
  const rules = await engine.rules.of(tx, kase.ruleSet)
  const ordinary = rules.limits.handle?.[kase.type] ??
    rules.limits.handle?.['any'] ?? { amount: 5, unit: 'workingDay' as const }
  return dueOf(await engine.calendarOf(tx.tenant), kase.dueAt ?? kase.receivedAt, ordinary).dueAt
}

/** The day an answer is promised for, of a case that has none yet (最迟答复). */
export const promisedDay = (engine: Engine) => async (tx: Tx, kase: CaseState) =>
  kase.closedAt !== null || kase.answeredAt !== null ? null : promiseOf(engine, tx, kase)

const PUBLIC_STEP: Readonly<Record<string, string>> = {
  open: '已收到您的诉求',
  accept: '已受理',
  decline: '不予受理，已答复',
  answerAtOnce: '已当场答复',
  dispatch: '已交办承办单位',
  sign: '承办单位已签收',
  deemSigned: '承办单位超时未签收，视同签收，时限照常计算',
  contact: '承办单位已与您联系',
  draftAnswer: '承办单位已拟出答复，正在审签',
  approveAnswer: '已答复',
  returnAnswer: '答复退回修改',
  callBack: '已回访',
  rate: '您已评价',
  annulRating: '您的评价经复核作了处理',
  close: '已办结',
  reopen: '重新办理',
  withdraw: '已撤回',
  urge: '已催办',
  handOver: '承办单位或承办人有调整，办理时限不变',
  supplement: '您补充的情况已收到',
  merge: '已与同类诉求并案办理，仍会单独答复您',
  unmerge: '已从并案中拆出，单独办理',
  answerMerged: '已答复',
  reassign: '已改派承办单位',
  endWithExplanation: '已作解释并终结',
  fulfilPromise: '承诺已兑现',
  breakPromise: '承诺到期未兑现，已重新办理',
  resume: '恢复计时',
  reRaise: '您再次反映的情况已收到',
}
/** What the person was told in words of its own: a stop, an extension, another date. */
const TOLD: Readonly<Record<string, string>> = {
  suspend: '暂停计时',
  extend: '办理期限延长',
  reproject: '办理期限核定',
}

async function tracking(engine: Engine, tx: Tx, kase: CaseState, now: Date): Promise<Tracking> {
  const events = await listEvents(tx, kase.id, 0, EVENTS)
  const { shared, leadUnitId } = await above(tx, { kase, events }, now)
  const side = await getPublicSide(tx, kase.id, kase.leadUnitId ?? leadUnitId)
  const steps = [...events, ...shared]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .flatMap((event) => {
      const text = wordsOf(event, side?.unit ?? null)
      return text === undefined ? [] : [{ at: event.at.toISOString(), text }]
    })
  const open = kase.closedAt === null && kase.answeredAt === null
  return {
    ...{
      number: kase.number,
      type: kase.type,
      title: kase.title,
      stage: kase.stage,
      stageLabel: stageWord(engine.typeOf(kase), kase.stage),
      round: kase.round,
      steps,
    },
    ...{
      unit: side?.unit ?? null,
      unitPhone: side?.phone ?? null,
      grade: kase.grade,
      photos: (side?.photos ?? []) as Tracking['photos'],
    },
    dueAt: open ? (await promiseOf(engine, tx, kase)).toISOString() : null,
    // A draft is not shown; what ended the matter is, whatever it was.
    ...(!open && kase.answer !== null && { answer: await addressed(tx, kase, kase.answer) }),
    ratable: ['answered', 'calledBack', 'closed'].includes(kase.stage) && kase.grade === null && now >= kase.receivedAt,
    serviceRatable: kase.facts['serviceGrade'] === undefined,
  }
}

const EVENTS = 200
const HIGHEST = 20
/**
 * What is told of the problem that a case was merged into, since then: the work is done there. A problem may have been merged into another in turn.
 */
async function above(
  tx: Tx,
  start: { readonly kase: CaseState; readonly events: readonly CaseEvent[] },
  now: Date,
): Promise<{ shared: readonly CaseEvent[]; leadUnitId: CaseState['leadUnitId'] }> {
  const shared: CaseEvent[] = []
  let below = start
  for (let height = 0; below.kase.problemId !== null && height < HIGHEST; height++) {
    const merged = below.events.findLast(({ action }) => action === 'merge')?.at ?? now
    const problem = await findCase(tx, below.kase.problemId)
    if (problem === undefined) break
    below = { kase: problem, events: await listEvents(tx, problem.id, 0, EVENTS) }
    shared.push(...below.events.filter(({ action, at }) => SHARED.has(action) && at >= merged))
  }
  return { shared, leadUnitId: below === start ? null : below.kase.leadUnitId }
}

/** An answer with a salutation (称呼) calls the person by name: only here, where number and code have opened it. */
async function addressed(tx: Tx, { facts, partyId }: CaseState, answer: string): Promise<string> {
  if (facts['addressed'] !== true || partyId === null) return answer
  const name = (await findParty(tx, partyId))?.name
  return name == null ? answer : answer.replace(SALUTATION, () => name)
}

/** What happens on a problem and is told to those merged into it. */
const SHARED: ReadonlySet<string> = new Set(['dispatch', 'sign', 'deemSigned', 'reassign', ...Object.keys(TOLD)])

/** An event in words for the person; undefined for what is not the person's business. */
function wordsOf(
  { action, input, patch }: Pick<CaseEvent, 'action' | 'input' | 'patch'>,
  unit: string | null,
): string | undefined {
  if (action === 'note') return input['public'] === true ? String(input['text']) : undefined
  const told = TOLD[action]
  if (told !== undefined) return `${told}：${String(input['notice'])}`
  // A correction of what is public is told once a second person has published it.
  if (action === 'correctAnswer')
    return patch.answer === undefined ? undefined : `答复已更正：${String(input['reason'])}`
  if (action === 'publishCorrection') return `答复已更正：${correctedBecause(patch)}`
  if (action === 'deliverAnswer') return `已通过${REPLY_CHANNEL[input['by'] as ReplyChannel]}把答复告诉您`
  const text = PUBLIC_STEP[action]
  return text !== undefined && action === 'dispatch' && unit !== null ? `${text}：${unit}` : text
}

const correctedBecause = ({ facts }: CaseEvent['patch']) =>
  (facts?.['corrections'] as { reason: string }[] | undefined)?.at(-1)?.reason ?? ''
