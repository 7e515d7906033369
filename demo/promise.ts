import { routes } from '../contract/src/index.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly kind?: string }[]
}
interface Doing {
  readonly call: (account: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => Promise<Answered>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  readonly unitIds: ReadonlyMap<string, string>
}
const DEBTOR = 'heating'
const FEN_IN_WAN = 1_000_000
const MONTH = 30
/** Days before the end, when the register is there; the first instalment falls due two days later. */
const BEGUN = 5

/** Two broken promises: one in instalments of which the first was missed, one that is kept and waits for the enterprise (失信违诺). */
export function planPromises({ call, plan, end, unitIds }: Doing): void {
  const unitId = unitIds.get(DEBTOR)
  if (unitId === undefined) return
  const at = officeTime(new Date(end.getTime() - BEGUN * DAY))
  const post = (account: string, route: { readonly path: string }, body: object, id = '') =>
    call(account, 'POST', route.path.replace(':id', id).replace(':version', '1'), body)
  const made: string[] = []
  plan(at, async () => {
    const { items } = await call('supervisor', 'GET', routes.liaisonTargets.path)
    const [first, second] = items.filter(({ kind }) => kind === 'enterprise').map(({ id }) => id)
    if (first === undefined) return
    const promise = {
      ...{ unitId, cause: 'funds', basis: '保障中小企业款项支付条例第九条', measures: '列入预算，分期支付（演示）' },
      source: { no: '演示合同1号', on: dayAfter(at, -MONTH * 12), by: '演示单位' },
      deadline: dayAfter(at, MONTH * 8),
    }
    const works = {
      ...promise,
      enterpriseId: first,
      kind: 'works',
      words: '支付管网改造工程尾款（演示）',
      fen: 300 * FEN_IN_WAN,
    }
    const delivered = { deliveredOn: dayAfter(at, -MONTH * 3) }
    made.push((await post('supervisor', routes.newPromise, { ...works, ...delivered })).id)
    const instalments = [2, MONTH * 4, MONTH * 8].map((n) => ({ due: dayAfter(at, n), fen: 100 * FEN_IN_WAN }))
    await post('supervisor', routes.newPromisePlan, { instalments, reason: '财政分期安排（演示）' }, made[0])
    await post('leader', routes.approvePromisePlan, {}, made[0])
    if (second === undefined) return
    const land = {
      ...promise,
      enterpriseId: second,
      kind: 'land',
      words: '交付平整好的地块（演示）',
      cause: 'procedure',
    }
    const { id } = await post('supervisor', routes.newPromise, land)
    await post('supervisor', routes.keepPromise, { evidence: '地块交接书（演示）' }, id)
  })
  const later = officeTime(new Date(end.getTime() - DAY))
  plan(later, async () => {
    if (made[0] === undefined) return
    await post(
      'supervisor',
      routes.newPromisePayment,
      { on: dayAfter(later, 0), fen: 60 * FEN_IN_WAN, voucher: '演示-拨1' },
      made[0],
    )
  })
}
