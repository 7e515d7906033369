import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly name: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'people'>
const yi = (amount: number) => Math.round(amount * 10_000_000_000)
const UNIT = 'development'
const GROUP = 'environment-group'
const BEGUN_DAYS = 40
const urlOf = (route: { readonly path: string }, id: string) => route.path.replace(':id', id)

/** Three projects: one as the rule wants it, one that was begun earlier than was frozen, one that still lacks its officers (项目台账). */
export function planProjects({ call, plan, end, unitIds, people }: Doing): void {
  const unitId = unitIds.get(UNIT)
  if (unitId === undefined) return
  const day = (daysAgo: number) => dayAfter(end, -daysAgo)
  const ago = (days: number, hours = 0) => officeTime(new Date(end.getTime() - days * DAY + hours * HOUR))
  const idOf = async (account: string) => {
    const name = people.find((one) => one.account === account)?.name
    return (await call('supervisor', 'GET', routes.people.path)).items.find((one) => one.name === name)?.id
  }
  const act = (account: string, route: { readonly path: string }, id: string, body: object) =>
    call(account, 'POST', urlOf(route, id), body)
  const stages = (account: string, id: string, rows: readonly object[]) =>
    act(account, routes.setProjectStages, id, { stages: rows })
  const register = async (body: object) =>
    (await call('supervisor', 'POST', routes.newProject.path, { unitId, chain: '装备制造', ...body })).id

  plan(ago(BEGUN_DAYS), async () => {
    await call('supervisor', 'POST', routes.newProjectRule.path, {
      ...{ thresholdFen: yi(1), chiefRank: 'deputy-county', secretaryRank: 'section', validFrom: day(BEGUN_DAYS) },
      basis: '项目服务“365”工作机制（演示）',
    })
    const year = Number(dayAfter(end, 0).slice(0, 4))
    await call('supervisor', 'POST', routes.newInvestmentTargets.path, {
      ...{ year, basis: '年度招商工作安排（演示）' },
      items: [
        { title: '亿元以上项目', thresholdFen: yi(1), needed: 3 },
        { title: '10亿元以上项目', thresholdFen: yi(10), needed: 1 },
        { title: '单体签约项目', measure: 'single', needed: 8 },
      ],
    })
  })

  plan(ago(BEGUN_DAYS - 1), async () => {
    const query = new URLSearchParams({ kind: 'project', q: '示例新材料项目' })
    const { items } = await call('supervisor', 'GET', `${routes.liaisonTargets.path}?${query}`)
    const [known] = items
    const named = known === undefined ? { name: '示例新材料项目' } : { targetId: known.id }
    const group = unitIds.get(GROUP)
    const id = await register({
      ...{ ...named, amountFen: yi(1.2), maturity: 'doing', personId: await idOf(`${UNIT}-head`) },
      groupIds: group === undefined ? [] : [group],
    })
    const from = day(BEGUN_DAYS - 1)
    const reason = '项目包保分工（演示）'
    await act('supervisor', routes.appointOfficer, id, { role: 'chief', personId: await idOf('leader'), from, reason })
    const secretary = await idOf(`${UNIT}-head`)
    await act('supervisor', routes.appointOfficer, id, { role: 'secretary', personId: secretary, from, reason })
    await stages(`${UNIT}-head`, id, [
      ...[
        { stage: 'planning', actualOn: day(300) },
        { stage: 'negotiation', actualOn: day(240) },
      ],
      ...[
        { stage: 'signing', actualOn: day(60) },
        { stage: 'landing', actualOn: day(50) },
      ],
      { stage: 'start', plannedOn: day(-10), days: 15, redLine: true },
      { stage: 'construction', plannedOn: day(-60), days: 30 },
      { stage: 'production', plannedOn: day(-260), days: 120 },
    ])
    const content = '厂区东侧还有两户没有签订搬迁协议，影响围挡施工。'
    await act(`${UNIT}-head`, routes.newBottleneck, id, { kind: 'land', content })
    const land = { factor: 'land', needed: '工业用地 180 亩', securedOn: day(45) }
    await act(`${UNIT}-head`, routes.setFactor, id, land)
    await act(`${UNIT}-head`, routes.setFactor, id, { factor: 'energy', needed: '双回路供电', dueOn: day(-30) })
  })

  let continued = ''
  const before = [
    { stage: 'signing', actualOn: day(400) },
    { stage: 'landing', actualOn: day(200) },
  ]
  const expectedOn = day(-190)
  plan(ago(BEGUN_DAYS - 2), async () => {
    continued = await register({ name: '示例电机续建项目', amountFen: yi(0.8), type: 'continued', maturity: 'doing' })
    await stages(`${UNIT}-head`, continued, [...before, { stage: 'start', expectedOn }])
    await act(`${UNIT}-head`, routes.newBaseline, continued, { document: '项目调度会纪要（演示）' })
    const url = urlOf(routes.decideBaseline, continued).replace(':version', '1')
    await call('leader', 'POST', url, { freeze: true })
  })
  plan(ago(4), () =>
    stages(`${UNIT}-head`, continued, [...before, { stage: 'start', expectedOn, actualOn: day(5) }]).then(
      () => undefined,
    ),
  )

  plan(ago(3), async () => {
    const id = await register({ name: '示例储能项目', amountFen: yi(12), agent: '示例行业商会' })
    await stages('supervisor', id, [{ stage: 'signing', actualOn: day(5) }])
  })
}
