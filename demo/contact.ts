import { routes } from '../contract/src/index.ts'
import type { DemoAsk, DemoContacts } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly name: string }[]
  readonly state: string
  readonly needsReason: boolean
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds'>
const at = (end: Date, daysAgo: number) => officeTime(new Date(end.getTime() - daysAgo * DAY))

/** Who planned to go where, who went along, who was asked to stay away, and what the grass roots were asked (接触与基层要求). */
export function planContacts({ plans, quiets, asks }: DemoContacts, doing: Doing): void {
  const { call, plan, end } = doing
  const targetOf = async (name: string) =>
    (await call('supervisor', 'GET', `${routes.liaisonTargets.path}?q=${encodeURIComponent(name)}`)).items[0]?.id
  for (const { plannedAgo, in: later, target, by, joinedBy = [], ...errand } of plans) {
    let id = ''
    plan(at(end, plannedAgo), async () => {
      const on = dayAfter(officeTime(new Date(end.getTime() + later * DAY)), 0)
      const targetId = await targetOf(target)
      const told = await call(by, 'GET', `${routes.contactPreview.path}?target=${targetId}&on=${on}`)
      const reason = told.needsReason && errand.statutory !== true ? { reason: '企业约定当面办理' } : {}
      id = (await call(by, 'POST', routes.newContactPlan.path, { ...errand, targetId, on, ...reason })).id
    })
    for (const [i, { by: other, ...own }] of joinedBy.entries())
      plan(new Date(at(end, plannedAgo).getTime() + (i + 1) * HOUR), async () => {
        await call(other, 'POST', routes.joinContact.path.replace(':id', id), own)
      })
  }
  for (const { daysAgo, days, target, by, words } of quiets)
    plan(at(end, daysAgo), async () => {
      const span = { from: dayAfter(end, 1), to: dayAfter(end, days) }
      await call(by, 'POST', routes.newDoNotDisturb.path, { targetId: await targetOf(target), ...span, words })
    })
  for (const ask of asks) planAsk(ask, doing)
}

function planAsk({ daysAgo, by, units, due, ...ask }: DemoAsk, { call, plan, end, unitIds }: Doing): void {
  plan(at(end, daysAgo), async () => {
    const unitIds_ = units.map((code) => unitIds.get(code))
    const dueOn = dayAfter(at(end, daysAgo), due)
    await call(by, 'POST', routes.newAsk.path, { ...ask, unitIds: unitIds_, dueOn })
  })
}
