import { randomUUID } from 'node:crypto'
import { routes } from '../contract/src/index.ts'
import type { DemoLiaison } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly ledger?: { readonly id: string; readonly may: { readonly explain: boolean } } | null
  }[]
  readonly cases: readonly { readonly id: string }[]
  readonly case: { readonly version: number; readonly stage: string }
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'people'>
const BEGUN_DAYS = 42

/** The Monday on or before a day so long ago, and the first of its month. */
const mondayBefore = (end: Date, daysAgo: number) => {
  const day = new Date(`${dayAfter(end, -daysAgo)}T00:00:00Z`)
  return dayAfter(end, -daysAgo - ((day.getUTCDay() + 6) % 7))
}
const firstOfMonth = (end: Date, daysAgo: number) => `${dayAfter(end, -daysAgo).slice(0, 7)}-01`

/** Who is bound to what, how often they go there, what was raised on the way, and whom nobody answers for (包保走访). */
export function planLiaisons(targets: readonly DemoLiaison[], { call, plan, end, people, unitIds }: Doing): void {
  if (targets.length === 0) return
  const ids = new Map<string, string>()
  const personOf = (account: string) => ids.get(people.find((one) => one.account === account)?.name ?? '')
  const begun = officeTime(new Date(end.getTime() - BEGUN_DAYS * DAY))
  plan(begun, async () => {
    for (const { id, name } of (await call('supervisor', 'GET', routes.people.path)).items) ids.set(name, id)
    const common = { debtor: { kind: 'liaison' }, counts: ['onSite'], basis: '包保工作方案（演示）' }
    const rules = [
      {
        ...{ ...common, code: 'project-week', title: '包保项目每周至少到现场一次', towardKind: 'project', min: 1 },
        ...{ per: 'week', validFrom: mondayBefore(end, BEGUN_DAYS - 7) },
      },
      {
        ...{ ...common, code: 'enterprise-month', title: '包保企业每月至少走访两次', towardKind: 'enterprise', min: 2 },
        ...{ per: 'month', validFrom: firstOfMonth(end, BEGUN_DAYS) },
      },
    ]
    for (const rule of rules) await call('supervisor', 'POST', routes.newCadenceRule.path, rule)
    const quota = { basis: '招商引资、项目服务“四个一”工作机制（演示）', validFrom: dayAfter(begun, 0) }
    await call('supervisor', 'POST', routes.newFourOnesQuota.path, quota)
  })
  for (const target of targets) planTarget(target, { call, plan, end, personOf, begun, unitIds })
}

function planTarget(
  { kind, name, liaison, visits, divisionCode, pipeline, normalTrack, excuse }: DemoLiaison,
  {
    call,
    plan,
    end,
    personOf,
    begun,
    unitIds,
  }: Omit<Doing, 'people'> & { personOf: (account: string) => string | undefined; begun: Date },
): void {
  let id = ''
  const raised: string[] = []
  plan(new Date(begun.getTime() + HOUR), async () => {
    id = (await call('supervisor', 'POST', routes.newLiaisonTarget.path, { kind, name, divisionCode, pipeline })).id
    if (liaison === undefined) return
    const bond = { targetId: id, personId: personOf(liaison), from: dayAfter(begun, 0), reason: '包保分工（演示）' }
    await call('supervisor', 'POST', routes.newLiaison.path, bond)
  })
  for (const { daysAgo, with: others = [], follows = false, handledBy, ...visit } of visits) {
    const when = officeTime(new Date(end.getTime() - daysAgo * DAY))
    plan(when, async () => {
      const by = liaison ?? 'supervisor'
      const { cases } = await call(by, 'POST', routes.newVisit.path, {
        ...{ ...visit, officials: [by, ...others].map(personOf), targetId: id, clientId: randomUUID() },
        ...{ on: dayAfter(when, 0), caseIds: follows ? raised : [] },
      })
      raised.push(...cases.map((one) => one.id).filter((one) => !raised.includes(one)))
    })
    if (handledBy !== undefined) planAnswer(() => raised[0], handledBy, when, { call, plan, unitIds })
  }
  if (excuse !== undefined && liaison !== undefined)
    plan(officeTime(new Date(end.getTime() - excuse.daysAgo * DAY)), async () => {
      const { items } = await call(liaison, 'GET', `${routes.duties.path}?target=${id}&state=missed`)
      const missed = items.find(({ ledger }) => ledger?.may.explain === true)?.ledger
      if (missed == null) return
      await call(liaison, 'POST', routes.explainObligation.path.replace(':id', missed.id), { text: excuse.text })
    })
  if (normalTrack === undefined || liaison === undefined) return
  const { daysAgo, ...said } = normalTrack
  const when = officeTime(new Date(end.getTime() - daysAgo * DAY))
  plan(when, async () => {
    const asked = { ...said, confirmedOn: dayAfter(when, 0), on: dayAfter(when, 0), mayQuote: true }
    await call(liaison, 'POST', routes.askNormalTrack.path.replace(':id', id), asked)
  })
}

/** What was raised goes the way of every appeal: accepted, dispatched, answered, called back, closed. */
function planAnswer(
  kase: () => string | undefined,
  unit: string,
  raisedAt: Date,
  { call, plan, unitIds }: Pick<Doing, 'call' | 'plan' | 'unitIds'>,
): void {
  const answer = { text: '已会同有关单位到现场处理完毕，请继续监督。', outcome: 'solved' }
  const steps: readonly (readonly [string, string, object])[] = [
    ['clerk', 'accept', {}],
    ['dispatcher', 'dispatch', { leadUnitId: unitIds.get(unit) }],
    [`${unit}-handler`, 'sign', {}],
    [`${unit}-handler`, 'contact', { reached: true, channel: 'visit', note: '已与企业约定现场查看。' }],
    [`${unit}-handler`, 'draftAnswer', answer],
    [`${unit}-head`, 'approveAnswer', {}],
    ['caller', 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 }],
    ['caller', 'close', {}],
  ]
  let at = raisedAt
  for (const [account, action, input] of steps) {
    at = officeTime(new Date(at.getTime() + HOUR))
    plan(at, async () => {
      const id = kase()
      if (id === undefined) return
      const { version, stage } = (await call('dispatcher', 'GET', routes.getCase.path.replace(':id', id))).case
      // The system may have acted meanwhile: an unsigned case is already deemed signed.
      if (action === 'sign' && stage !== 'dispatched') return
      await call(account, 'POST', `${routes.getCase.path.replace(':id', id)}/actions/${action}`, { version, input })
    })
  }
}
