import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Listed {
  readonly enterprise: { readonly id: string; readonly name: string }
  readonly state: string
}
interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly kind?: string }[]
  readonly entitlements: readonly Listed[]
  readonly needs: readonly { readonly id: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'heads'>
const PAYER = 'finance'
const FEN_IN_WAN = 1_000_000
const ISSUER = '区人民政府（演示）'
const small = { fact: 'size', in: ['small', 'micro'], year: 'this', cite: '第二条' }
/** What is given, by which rule; all of it is invented. */
const POLICIES = {
  steady: {
    ...{ title: '小微企业稳岗补贴（演示）', documentNo: '演示政发〔2026〕1号', mode: 'auto' },
    ...{ benefit: '每户一次性补贴2万元', fen: 2 * FEN_IN_WAN },
    rule: { all: [small, { fact: 'bound', is: true, cite: '第三条' }] },
  },
  renewal: {
    ...{ title: '重点产业链设备更新补助（演示）', documentNo: '演示政发〔2026〕2号', mode: 'apply' },
    benefit: '按设备投资额的10%补助，每户最高20万元',
    rule: {
      all: [
        { fact: 'aboveScale', is: true, year: 'this', cite: '第四条' },
        { fact: 'chain', in: ['装备制造', '农产品加工'], cite: '第四条' },
      ],
    },
  },
  room: {
    ...{ title: '两新组织活动场所补助（演示）', documentNo: '演示政办〔2026〕3号', mode: 'auto' },
    ...{ benefit: '每户一次性补助3万元', fen: 3 * FEN_IN_WAN },
    rule: { any: [{ fact: 'party', in: ['own', 'joint'], cite: '第二条第一款' }] },
  },
  power: {
    ...{ title: '夜间生产用电补贴（演示）', documentNo: '演示政办〔2025〕9号', mode: 'apply' },
    ...{ benefit: '每户一次性补贴1万元', fen: FEN_IN_WAN },
    rule: { all: [{ fact: 'chain', in: ['轻工纺织'], cite: '第三条' }] },
  },
} as const
type Key = keyof typeof POLICIES

/** Four policies with whom they found: told, confirmed, paid by the unit and by the ledger of funds, one ended, one with a version ahead; and what enterprises need (惠企政策、企业需求). */
export function planPolicies({ call, plan, end, unitIds, heads }: Doing): void {
  const [unitId, keepers] = [unitIds.get(PAYER), heads.get(PAYER)]
  if (unitId === undefined || keepers === undefined) return
  const { handler, head } = keepers
  const at = (days: number) => officeTime(new Date(end.getTime() - days * DAY))
  const day = (days: number) => dayAfter(at(days), 0)
  const made = new Map<Key, string>()
  const post = (account: string, route: { readonly path: string }, ids: Readonly<Record<string, string>>, body = {}) =>
    call(
      account,
      'POST',
      Object.entries(ids).reduce((path, [name, id]) => path.replace(`:${name}`, id), route.path),
      body,
    )
  const bodyOf = (key: Key, more: object) => ({
    ...POLICIES[key],
    ...{ issuer: ISSUER, unitId, payWithin: 25, ...more },
  })
  async function publish(key: Key, from: string, more = {}) {
    const { id } = await post(handler, routes.newPolicy, {}, bodyOf(key, { validFrom: from, ...more }))
    made.set(key, id)
    await post(head, routes.publishPolicy, { id, version: '1' })
  }
  /** Whoever is on the list, one after the other. */
  async function each(key: Key, run: (ids: { id: string; enterprise: string }, i: number) => Promise<unknown>) {
    const id = made.get(key) ?? ''
    const { entitlements } = await call(handler, 'GET', routes.policy.path.replace(':id', id))
    for (const [i, { enterprise }] of entitlements.entries()) await run({ id, enterprise: enterprise.id }, i)
  }
  plan(at(30), async () => {
    for (const key of ['steady', 'renewal', 'power'] as const) await publish(key, day(60))
    await publish('room', day(30), { validTo: dayAfter(end, 300) })
  })
  plan(at(26), async () => {
    await each('steady', (ids) => post(handler, routes.offerPolicy, ids))
    await each('renewal', (ids, i) => (i === 0 ? post(handler, routes.offerPolicy, ids) : Promise.resolve()))
  })
  plan(at(22), () =>
    each('steady', (ids, i) => post(handler, routes.confirmEntitlement, ids, { accountTail: `668${i}` })),
  )
  plan(at(16), () =>
    each('steady', (ids, i) => {
      const paid = { on: day(16), fen: POLICIES.steady.fen, voucher: `演示稳岗-${i + 1}` }
      if (i === 0) return post(handler, routes.payEntitlement, ids, paid)
      if (i > 1) return Promise.resolve()
      const funds = { enterpriseId: ids.enterprise, policyId: ids.id, unitId, programme: POLICIES.steady.title }
      return post('supervisor', routes.newDisbursement, {}, { ...paid, ...funds })
    }),
  )
  plan(at(10), async () => {
    await each('power', (ids, i) =>
      i === 0
        ? post(handler, routes.declineEntitlement, ids, { reason: '已改为白天生产，没有夜间用电' })
        : Promise.resolve(),
    )
    await post(
      handler,
      routes.endPolicy,
      { id: made.get('power') ?? '' },
      { on: day(10), reason: '上级另有统一的用电优惠，不再重复执行' },
    )
  })
  plan(at(6), async () => {
    const id = made.get('renewal') ?? ''
    const next = { benefit: '按设备投资额的15%补助，每户最高30万元', validFrom: dayAfter(end, 20) }
    await post(handler, routes.newPolicyVersion, { id }, bodyOf('renewal', next))
    await post(head, routes.publishPolicy, { id, version: '2' })
  })
  plan(at(5), async () => {
    const { items } = await call('supervisor', 'GET', routes.liaisonTargets.path)
    const firms = items.filter(({ kind }) => kind === 'enterprise').map(({ id }) => id)
    for (const [i, need] of NEEDS.entries()) {
      const id = firms[i % firms.length]
      if (id === undefined) continue
      const { needs } = await post(handler, routes.newNeed, { id }, { ...need, on: day(5 + 3 * i) })
      const [noted] = needs
      if (i === 0 && noted) await post(handler, routes.answerNeed, { id: noted.id }, ANSWER)
    }
  })
}

const NEEDS = [
  { kind: 'workers', words: '缺数控车工8名，希望参加专场招聘' },
  { kind: 'funds', words: '季节性收购原料，需要流动资金约200万元' },
  { kind: 'market', words: '希望参加区里的产销对接会' },
  { kind: 'land', words: '现有厂房租期明年到期，想在园区内另找2000平方米' },
] as const
const ANSWER = { state: 'met', reply: '已列入专场招聘，招到数控车工6名，其余由职业学校推荐实习生' }
