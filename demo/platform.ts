import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly kind?: string
    readonly uscc?: string | null
    readonly case?: { readonly id: string }
  }[]
  readonly case: { readonly version: number }
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'people'>
/** The two questions and who answers them: the first is answered by now. */
const QUESTIONS = [
  {
    ...{ unit: 'finance', category: 'finance' },
    content: '新线投产后流动资金缺口三百万元，抵押物不足，希望有担保支持。（演示）',
  },
  {
    ...{ unit: 'transport', category: 'park' },
    content: '厂区门前路段早晚高峰货车排队，希望增加一处待泊区。（演示）',
  },
] as const
/** How the demo's first enterprise signs in at /e/; the code stands on the page. */
export const DEMO_VISITOR = { uscc: '91210114MA00000900', address: 'manager@example.cn' } as const

/** A joint meeting at which two enterprises raise a question each, and a person of the first who is invited to the platform (企业家联席会、政企平台). */
export function planPlatform({ call, plan, end, unitIds, people }: Doing): void {
  if (!QUESTIONS.every(({ unit }) => unitIds.has(unit))) return
  const at = (days: number) => officeTime(new Date(end.getTime() - days * DAY))
  const urlOf = (route: { readonly path: string }, id: string) => route.path.replace(':id', id)
  const raised: string[] = []
  plan(at(8), async () => {
    const { items } = await call('supervisor', 'GET', routes.liaisonTargets.path)
    // Those with a code come first: it is what they sign in with.
    const firms = items
      .filter(({ kind }) => kind === 'enterprise')
      .sort((a, b) => Number(b.uscc != null) - Number(a.uscc != null))
      .slice(0, QUESTIONS.length)
    const [signing] = firms
    if (signing?.uscc)
      await call('supervisor', 'POST', urlOf(routes.newPlatformPerson, signing.id), {
        name: '企业联系人',
        email: DEMO_VISITOR.address,
      })
    const chair = people.find(({ account }) => account === 'leader')?.name
    const chairId = (await call('supervisor', 'GET', routes.people.path)).items.find(({ name }) => name === chair)?.id
    const { id } = await call('dispatcher', 'POST', routes.newMeeting.path, {
      ...{
        title: '企业家联席会（演示）',
        kind: 'joint',
        on: dayAfter(at(8), 0),
        at: '09:00',
        place: '三楼会议室',
        chairId,
      },
      ...{ agenda: ['听取企业诉求'], targetIds: firms.map((firm) => firm.id) },
    })
    for (const [i, firm] of firms.entries()) {
      const issue = { enterpriseId: firm.id, content: QUESTIONS[i]?.content }
      const told = await call('dispatcher', 'POST', urlOf(routes.newMeetingIssue, id), issue)
      raised.push(told.items[i]?.case?.id ?? '')
    }
  })
  const act = async (kase: string, account: string, action: string, input: object = {}) => {
    const { version } = (await call('dispatcher', 'GET', urlOf(routes.getCase, kase))).case
    await call(account, 'POST', `${urlOf(routes.getCase, kase)}/actions/${action}`, { version, input })
  }
  plan(at(7), async () => {
    for (const [i, kase] of raised.entries()) {
      const { unit, category } = QUESTIONS[i] ?? QUESTIONS[0]
      await act(kase, 'clerk', 'accept', { category })
      await act(kase, 'dispatcher', 'dispatch', { leadUnitId: unitIds.get(unit) })
      await act(kase, `${unit}-handler`, 'sign')
    }
  })
  plan(at(4), async () => {
    const [kase] = raised
    if (kase === undefined) return
    const text = '已由政策性担保机构受理增信，银行同步审查，预计月底前放款。'
    await act(kase, 'finance-handler', 'draftAnswer', { text, outcome: 'solved' })
    await act(kase, 'finance-head', 'approveAnswer')
  })
}
