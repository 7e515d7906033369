import { routes } from '../contract/src/index.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly name: string; readonly kind?: string }[]
  readonly entitlements: readonly { readonly enterprise: { readonly id: string } }[]
}
interface Doing {
  readonly call: (account: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => Promise<Answered>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  readonly unitIds: ReadonlyMap<string, string>
}
const FEN_IN_WAN = 1_000_000
const UNIT = 'human-resources'
const RULES = {
  small: { all: [{ fact: 'size', in: ['medium', 'small', 'micro'], year: 'this', cite: '第三条' }] },
  chain: {
    all: [
      { fact: 'chain', in: ['装备制造', '农产品加工'], cite: '第二条' },
      { fact: 'aboveScale', is: true, year: 'this', cite: '第五条' },
    ],
  },
  party: { any: [{ fact: 'party', in: ['own', 'joint'], cite: '第四条' }] },
} as const

/** Four policies: paid without an application, to be applied for, one that has ended, one whose next version is ahead; and a need nobody has answered (惠企政策). */
export function planPolicies({ call, plan, end, unitIds }: Doing): void {
  const unitId = unitIds.get(UNIT)
  if (unitId === undefined) return
  const at = (days: number) => officeTime(new Date(end.getTime() - days * DAY))
  const urlOf = (route: { readonly path: string }, params: Readonly<Record<string, string>>) =>
    Object.entries(params).reduce((path, [name, value]) => path.replace(`:${name}`, value), route.path)
  const draft = (title: string, no: number, rule: object, more: object = {}) => ({
    ...{ title: `${title}（演示）`, documentNo: `演示发〔2026〕${no}号`, issuer: '演示区人民政府', unitId, rule },
    ...{ validFrom: dayAfter(at(200), 0), benefit: '每户2万元', fen: 2 * FEN_IN_WAN, mode: 'auto', payWithin: 20 },
    ...more,
  })
  const publish = async (body: object) => {
    const { id } = await call(`${UNIT}-handler`, 'POST', routes.newPolicy.path, body)
    return call('supervisor', 'POST', urlOf(routes.publishPolicy, { id, version: '1' }), {})
  }
  let subsidy: Pick<Answered, 'id' | 'entitlements'> | undefined
  plan(at(12), async () => {
    subsidy = await publish(draft('中小企业稳岗补贴', 11, RULES.small))
  })
  plan(at(8), async () => {
    const [first, second] = subsidy?.entitlements.map(({ enterprise }) => enterprise.id) ?? []
    const step = (route: { readonly path: string }, enterprise: string, body: object = {}) =>
      call(`${UNIT}-handler`, 'POST', urlOf(route, { id: subsidy?.id ?? '', enterprise }), body)
    if (first === undefined || second === undefined) return
    await step(routes.confirmEntitlement, first, { accountTail: '6688' })
    const paid = { on: dayAfter(at(8), 0), fen: 2 * FEN_IN_WAN, voucher: '演示稳岗-1' }
    await step(routes.payEntitlement, first, paid)
    await step(routes.offerPolicy, second)
  })
  plan(at(6), async () => {
    const more = { mode: 'apply', benefit: '设备投入的10%，最高50万元', fen: null, payWithin: 60 }
    await publish(draft('重点产业链技改补助', 18, RULES.chain, more))
    const old = await publish(draft('房租减免', 3, RULES.small, { benefit: '减免三个月房租', fen: null }))
    const ended = { on: dayAfter(at(6), 0), reason: '预算用完（演示）' }
    await call(`${UNIT}-handler`, 'POST', urlOf(routes.endPolicy, { id: old.id }), ended)
    const party = draft('非公企业党建活动补助', 21, RULES.party, { benefit: '每户每年5000元', fen: FEN_IN_WAN / 2 })
    const { id } = await publish(party)
    const ahead = { benefit: '每户每年8000元', fen: (FEN_IN_WAN * 8) / 10, validFrom: dayAfter(end, 60) }
    await call(`${UNIT}-handler`, 'POST', urlOf(routes.newPolicyVersion, { id }), { ...party, ...ahead })
    await call('supervisor', 'POST', urlOf(routes.publishPolicy, { id, version: '2' }), {})
    const { items } = await call('supervisor', 'GET', routes.liaisonTargets.path)
    const firm = items.find(({ kind }) => kind === 'enterprise')
    const need = { kind: 'workers', words: '缺焊工十二名，希望帮助招聘（演示）', on: dayAfter(at(6), 0) }
    if (firm !== undefined) await call('supervisor', 'POST', urlOf(routes.newNeed, { id: firm.id }), need)
  })
}
