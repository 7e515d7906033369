import type { FileAppeal, INPUT, routes } from '@banjie/contract'
import type { z } from 'zod'
import { dueOf } from '#calendar'
import { type CaseState, type Engine, findCase, listClocks, listEvents, stageWord } from '#case'
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
  file(tx: Tx, input: FileAppeal, by: Actor): Promise<Receipt>
  track(tx: Tx, key: TrackKey, by: Actor): Promise<Tracking>
  rate(tx: Tx, key: TrackKey, input: z.output<(typeof INPUT)['rate']>, by: Actor): Promise<CaseState>
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
    async file(tx, { contact, party, attachmentIds, ...facts }, by) {
      const [kase] = await engine.open(
        tx,
        [
          {
            type: 'appeal',
            facts,
            channel: 'portal',
            party: { ...party, ...contact, name: contact?.name ?? party?.name },
          },
        ],
        by,
      )
      if (kase === undefined) throw new Error('nothing was opened')
      await attachBlobs(tx, kase.id, attachmentIds, false)
      return {
        number: kase.number,
        pickupCode: await codeOf(tx, kase.number),
        dueAt: (await promiseOf(engine, tx, kase)).toISOString(),
      }
    },
    async track(tx, key, by) {
      const kase = await unlock(tx, key)
      return tracking(engine, tx, kase, by.at)
    },
    async rate(tx, key, input, by) {
      const kase = await unlock(tx, key)
      if (!['answered', 'calledBack', 'closed'].includes(kase.stage)) throw new Fault('track.not_ratable')
      const rated = await engine.act(tx, { caseId: kase.id, action: 'rate', input }, by)
      const rules = await engine.rules.of(tx, kase.ruleSet)
      // The person's word reopens the case a limited number of times; after that a supervisor decides.
      const reopens = !input.solved && rated.round <= rules.citizenReopens
      return reopens
        ? engine.act(
            tx,
            { caseId: kase.id, action: 'reopen', input: { reason: input.text ?? '诉求人评价：未解决' } },
            by,
          )
        : rated
    },
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
  if (running !== undefined) return running.dueAt
  const rules = await engine.rules.of(tx, kase.ruleSet)
  const ordinary = rules.limits.handle?.['any'] ?? { amount: 5, unit: 'workingDay' as const }
  return dueOf(await engine.calendarOf(tx.tenant), kase.dueAt ?? kase.receivedAt, ordinary).dueAt
}

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
  close: '已办结',
  reopen: '重新办理',
  withdraw: '已撤回',
  urge: '已催办',
  handOver: '承办单位或承办人有调整，办理时限不变',
}

async function tracking(engine: Engine, tx: Tx, kase: CaseState, now: Date): Promise<Tracking> {
  const [events, side] = [await listEvents(tx, kase.id, 0, 200), await getPublicSide(tx, kase.id, kase.leadUnitId)]
  const isAnswered = kase.answeredAt !== null
  const steps = events.flatMap((event) => {
    if (event.action === 'note')
      return event.input['public'] === true ? [{ at: event.at.toISOString(), text: String(event.input['text']) }] : []
    const text = PUBLIC_STEP[event.action]
    if (text === undefined) return []
    const unit = event.action === 'dispatch' && side?.unit ? `：${side.unit}` : ''
    return [{ at: event.at.toISOString(), text: `${text}${unit}` }]
  })
  const open = kase.closedAt === null && !isAnswered
  return {
    ...{
      number: kase.number,
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
    ...(isAnswered && kase.answer !== null && { answer: kase.answer }),
    ratable: ['answered', 'calledBack', 'closed'].includes(kase.stage) && kase.grade === null && now >= kase.receivedAt,
  }
}
