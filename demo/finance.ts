import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly name?: string; readonly kind?: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'people'>
const FEN_IN_WAN = 1_000_000
const PAYER = 'heating'

/** Payments to the enterprises of the register, loans at three states, a whitelist and a quality request (资金、融资、质量服务). */
export function planFinance({ call, plan, end, unitIds, people: staff }: Doing): void {
  const chair = staff.find(({ account }) => account === 'leader')?.name
  const unitId = unitIds.get(PAYER)
  if (unitId === undefined) return
  const at = officeTime(new Date(end.getTime() - DAY))
  const post = (route: { readonly path: string }, body: object, id = '') =>
    call('supervisor', 'POST', route.path.replace(':id', id), body)
  plan(at, async () => {
    const on = dayAfter(at, 0)
    const { items } = await call('supervisor', 'GET', routes.liaisonTargets.path)
    const firms = items.filter(({ kind }) => kind === 'enterprise').map(({ id }) => id)
    if (firms.length === 0) return
    const firm = (i: number) => firms[i % firms.length]
    const programmes = ['技改奖补（演示）', '稳岗补贴（演示）', '研发补助（演示）']
    for (const [i, wan] of [120, 35.5, 80, 12, 260, 48].entries())
      await post(routes.newDisbursement, {
        ...{ enterpriseId: firm(i), fen: Math.round(wan * FEN_IN_WAN), programme: programmes[i % programmes.length] },
        ...{ on: dayAfter(at, -30 * i), unitId, voucher: `演示-${i + 1}` },
      })
    await post(routes.newFinancingProduct, { code: 'park-loan', label: '园区贷' })
    const people = (await call('supervisor', 'GET', routes.people.path)).items
    const meeting = await call('dispatcher', 'POST', routes.newMeeting.path, {
      ...{ title: '银企对接会（演示）', kind: 'bank', on, at: '14:00', place: '二楼会议室' },
      ...{ chairId: people.find(({ name }) => name === chair)?.id, targetIds: firms.slice(0, 3) },
    })
    for (const [i, steps] of [[], ['approval'], ['approval', 'lent']].entries()) {
      const fen = (i + 1) * 100 * FEN_IN_WAN
      const loan = { partner: '演示银行', product: 'park-loan', enterpriseId: firm(i), intendedFen: fen, on }
      const expected = { from: dayAfter(at, 20), to: dayAfter(at, 40), words: '月底前后' }
      const { id } = await post(routes.newFinancing, { ...loan, expected, meetingId: meeting.id })
      for (const to of steps) await post(routes.moveFinancing, { to, on, fen }, id)
    }
    const list = { product: 'park-loan', title: '园区贷白名单（演示）', criteria: '在区内纳税，信用良好' }
    const { id } = await post(routes.newWhitelist, { ...list, validTo: dayAfter(at, 365) })
    await post(routes.addCandidates, { enterpriseIds: firms.slice(0, 3) }, id)
    await post(routes.screenCandidate, { enterpriseId: firm(0), state: 'passed', reason: '纳税和信用正常' }, id)
    const need = { services: ['metrology', 'testing'], need: '新产品出厂检测和量具检定', unitId }
    await post(routes.newQualityRequest, { ...need, enterpriseId: firm(0), on, dueOn: dayAfter(at, 10) })
    const lab = await post(routes.newQualityProvider, {
      name: '示例检测站（演示）',
      services: ['metrology', 'testing'],
    })
    const scale = { services: ['metrology'], need: '地磅检定', unitId, enterpriseId: firm(1) }
    const asked = await post(routes.newQualityRequest, { ...scale, on, dueOn: dayAfter(at, 5) })
    const quote = { to: 'quoted', on, providerId: lab.id, feeFen: 80_000 }
    await post(routes.moveQualityRequest, quote, asked.id)
  })
}
