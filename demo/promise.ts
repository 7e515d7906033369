import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly kind?: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds'>
const DEBTOR = 'heating'
const FEN_IN_WAN = 1_000_000
const MONTH = 30
/** Days before the end, when the register is there; the first instalment falls due two days later. */
const BEGUN = 5

/**
 * Broken promises (失信违诺): one in instalments of which the first was missed and a payment was voided, one that waits for the enterprise, one that the
 * enterprise says it has not received, one that it has.
 */
export function planPromises({ call, plan, end, unitIds }: Doing): void {
  const unitId = unitIds.get(DEBTOR)
  if (unitId === undefined) return
  const at = officeTime(new Date(end.getTime() - BEGUN * DAY))
  const post = (account: string, route: { readonly path: string }, body: object, id = '') =>
    call(account, 'POST', route.path.replace(':id', id).replace(':version', '1'), body)
  const made: string[] = []
  /** Paid in full and reported; the enterprise has received it, or all but a part. */
  const settle = async (enterpriseId: string, words: string, wan: number, kept: boolean) => {
    const { id } = await post('supervisor', routes.newPromise, {
      ...{ enterpriseId, unitId, words, kind: 'arrears', cause: 'funds', fen: wan * FEN_IN_WAN },
      ...{ basis: '保障中小企业款项支付条例第九条', measures: '列入预算（演示）', deadline: dayAfter(at, MONTH) },
      source: { no: `演示采购单${wan}号`, on: dayAfter(at, -MONTH * 6), by: '演示单位' },
    })
    const on = dayAfter(at, 0)
    await post('supervisor', routes.newPromisePayment, { on, fen: wan * FEN_IN_WAN, voucher: `演示-购${wan}` }, id)
    await post('supervisor', routes.keepPromise, { evidence: '银行回单（演示）' }, id)
    const said = kept ? '款已到账（演示）' : '账上还没有看到这笔款（演示）'
    await post('caller', routes.confirmPromise, { kept, on, by: '财务负责人', words: said }, id)
  }
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
    await settle(first, '支付食堂设备采购款（演示）', 18, false)
    await settle(first, '支付消防设施维保费（演示）', 9, true)
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
    const pay = (wan: number, voucher: string) =>
      call('supervisor', 'POST', routes.newPromisePayment.path.replace(':id', made[0] ?? ''), {
        ...{ on: dayAfter(later, 0), fen: wan * FEN_IN_WAN, voucher },
      })
    const { payments } = (await pay(66, '演示-拨1')) as Answered & { payments: readonly { readonly id: string }[] }
    await post('admin', routes.voidPromisePayment, { reason: '金额录错，应为60万元（演示）' }, payments[0]?.id)
    await pay(60, '演示-拨1')
  })
}
