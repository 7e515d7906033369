import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { apportion } from '../replay/apportion.ts'
import { districtOf } from '../replay/district.ts'
import { inTurn, nameOf, placeOf } from '../replay/pattern.ts'
import { type PlayOptions, playSteps } from '../replay/play.ts'
import { type Asking, at, idIn, inLanes, type Step } from '../replay/stage.ts'
import { foundOf, worksOf } from './deeds.ts'
import type { Story, StoryLoans } from './story.ts'

const FEN = 100
const DAY_MS = 86_400_000

export interface Stage extends Asking {
  readonly story: Story
  readonly ids: {
    readonly unit: Map<string, string>
    readonly firms: string[]
    /** The bank–enterprise meetings that were held. */
    readonly meetings: string[]
  }
}

/** Plays the year of the development zone (重放淮南经开区): meetings, payments and loans, through the API. */
export async function replay(house: House, story: Story, options: PlayOptions): Promise<Stage> {
  const ask = callerOf(house.app, options.password)
  await ask('admin', 'setDistrict', { body: districtOf(story.district, leadersOf(story)) })
  const stage: Stage = { ask, story, ids: { unit: new Map(), firms: [], meetings: [] } }
  for (const { id, code } of (await ask('supervisor', 'units')).items) stage.ids.unit.set(code, id)
  const { from, until } = story.told
  const steps: Step[] = [
    { at: at(from, '09:00'), what: '登记企业', weight: 1, run: () => register(stage) },
    ...meetingsOf(stage),
    ...foundOf(stage),
    ...worksOf(stage),
    ...paymentsOf(stage),
    { at: at(until, '15:00'), what: '融资', weight: 20, run: () => lend(stage) },
    { at: at(until, '18:00'), what: '年底', weight: 1, run: async () => undefined },
  ]
  await playSteps(house, steps, options.progress)
  return stage
}

const codeOf = (i: number) => `member-${i + 1}`
/** The members of the zone's leadership (班子成员), who are bound to the enterprises in turn. */
const leadersOf = ({ told: { leaders } }: Story) =>
  Array.from({ length: leaders.count }, (_, i) => ({
    ...{ id: codeOf(i), account: codeOf(i), name: nameOf(leaders.name, i), unitId: 'government', post: '班子成员' },
    ...{ rankId: 'deputy-district', roles: ['leader' as const] },
  }))

const LANES = 4
async function register({ ask, story: { told }, ids }: Stage): Promise<void> {
  const year = Number(told.from.slice(0, 4))
  const people = new Map((await ask('supervisor', 'people')).items.map(({ id, name }) => [name, id]))
  const { name, count, aboveScale } = told.firms
  const firms = Array.from({ length: count }, (_, i) => i)
  await inLanes(firms, LANES, async (i) => {
    const years = [{ year, aboveScale: i < aboveScale, source: `统计局${year}年名录（重放）` }]
    const { id } = await ask('supervisor', 'newEnterprise', { body: { name: nameOf(name, i), years } })
    ids.firms[i] = id
    if (i >= aboveScale) return
    const personId = idIn(people, nameOf(told.leaders.name, i % told.leaders.count))
    await ask('supervisor', 'newLiaison', { body: { targetId: id, personId, from: told.from, reason: '包点联系' } })
  })
  const products = new Map(told.loans.map(({ product, label }) => [product, label]))
  for (const [code, label] of products) await ask('supervisor', 'newFinancingProduct', { body: { code, label } })
}

/** Meetings on their days; the enterprises of one are not those of the next. */
function meetingsOf(stage: Stage): Step[] {
  let taken = 0
  return stage.story.told.meetings.flatMap(({ kind, title, on, firms = [] }) =>
    on.map((day, i): Step => {
      const first = taken
      taken += firms[i] ?? 0
      return {
        at: at(day, '09:00'),
        what: title,
        weight: 1,
        run: () => hold(stage, { kind, title, day }, [first, first + (firms[i] ?? 0)]),
      }
    }),
  )
}
async function hold(
  { ask, ids }: Stage,
  { kind, title, day }: { readonly kind: string; readonly title: string; readonly day: string },
  [from, to]: readonly [number, number],
): Promise<void> {
  const chair = (await ask('supervisor', 'people')).items.find(({ name }) => name === '区领导甲')
  const { id } = await ask('supervisor', 'newMeeting', {
    body: {
      ...{ title, kind, on: day, at: '08:30', place: '管委会会议室', chairId: chair?.id ?? '' },
      targetIds: ids.firms.slice(from, to),
    },
  })
  if (kind === 'bank') ids.meetings.push(id)
}

/** Payments of unequal size over the year, which come to the whole exactly. */
function paymentsOf({ ask, story, ids }: Stage): Step[] {
  const { payments, from, until } = story.told
  const parts = apportion(
    payments.yuan,
    Array.from({ length: payments.rows }, (_, i) => 1 + (i % 7)),
  )
  const days = Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS)
  return parts.map((yuan, i): Step => {
    const on = new Date(Date.parse(from) + placeOf(i, parts.length, days) * DAY_MS).toISOString().slice(0, 10)
    const body = () => ({
      ...{ enterpriseId: inTurn(ids.firms, i), fen: yuan * FEN, on, programme: inTurn(payments.programmes, i) },
      ...{ unitId: idIn(ids.unit, payments.unit), voucher: `${on.slice(0, 4)}-${String(i + 1).padStart(4, '0')}` },
    })
    const run = async () => void (await ask(`${payments.unit}-head`, 'newDisbursement', { body: body() }))
    return { at: at(on, '10:00'), what: '拨付涉企资金', weight: 1, run }
  })
}

async function lend(stage: Stage): Promise<void> {
  const { ask, story, ids } = stage
  let taken = 0
  for (const loans of story.told.loans) {
    for (const [i, yuan] of loans.yuan.entries())
      await borrow(stage, loans, { i, yuan, firm: inTurn(ids.firms, taken + i) })
    taken += loans.yuan.length
  }
  const { waiting, ...list } = story.told.whitelist
  const { id } = await ask('supervisor', 'newWhitelist', { body: list })
  await ask('supervisor', 'addCandidates', { params: { id }, body: { enterpriseIds: ids.firms.slice(-waiting) } })
}

async function borrow(
  { ask, story: { told }, ids }: Stage,
  { product, partner, to, fromMeetings, expected }: StoryLoans,
  { i, yuan, firm }: { readonly i: number; readonly yuan: number; readonly firm: string },
): Promise<void> {
  const [fen, on] = [yuan * FEN, told.until]
  const meeting = fromMeetings ? { meetingId: inTurn(ids.meetings, i) } : {}
  const intent = {
    enterpriseId: firm,
    partner,
    product,
    intendedFen: fen,
    on,
    ...meeting,
    ...(expected && { expected }),
  }
  const { id } = await ask('supervisor', 'newFinancing', { body: intent })
  if (to === 'intent') return
  const next = to === 'lent' ? (['approval', 'lent'] as const) : (['approval'] as const)
  for (const step of next) await ask('supervisor', 'moveFinancing', { params: { id }, body: { to: step, on, fen } })
}
