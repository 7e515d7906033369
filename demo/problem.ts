import type { Acted, DemoDistrict } from './district.ts'
import { type DemoLists, enlistProblem, planPromise } from './list.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

/** Which units lead the problems of the list, in turn. */
export const PROBLEM_LEADS = [
  'heating',
  'market',
  'housing',
  'environment',
  'education',
  'transport',
  'human-resources',
  'construction',
]

type Doing = Pick<Stage<Acted>, 'call' | 'plan' | 'end' | 'heads' | 'units'>

/** A problem is listed, dispatched and signed for; the older half is rectified and struck off. */
export function planProblem(
  problem: DemoDistrict['problems'][number],
  doing: Doing & { lead: string; numbers: string[]; i: number; lists: DemoLists },
): void {
  const { call, plan, end, heads, units, lead, numbers, i, lists } = doing
  const start = officeTime(new Date(end.getTime() - problem.daysAgo * DAY))
  const unit = heads.get(lead) ?? { handler: 'handler', head: 'head' }
  const leadUnitId = units.find(({ code }) => code === lead)?.id
  let id = ''
  plan(start, async () => {
    const item = await enlistProblem(lists, problem, call)
    numbers[i] = item.number
    id = item.id
  })
  const answer = { text: `“${problem.title}”已制定措施并整改到位，现场复核合格。`, outcome: 'solved' }
  const course: readonly (readonly [hours: number, account: string, action: string, input: object])[] = [
    [3, 'dispatcher', 'dispatch', { leadUnitId }],
    [4, unit.handler, 'sign', {}],
    [8 * 24, unit.handler, 'draftAnswer', answer],
    [9 * 24, unit.head, 'approveAnswer', {}],
    [11 * 24, 'supervisor', 'strikeOff', { note: '现场查看，同意销号' }],
  ]
  for (const [hours, account, action, input] of i % 2 === 0 ? course.slice(0, i === 0 ? 4 : 5) : course.slice(0, 2))
    plan(officeTime(new Date(start.getTime() + hours * HOUR)), async () => {
      const { case: present } = await call('supervisor', 'GET', `/api/v1/cases/${id}`)
      if (action === 'sign' && present.stage !== 'dispatched') return
      await call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version: present.version, input })
    })
  // After the course: what falls on the same Monday morning is done in this order.
  planPromise(lists, problem, doing, { start, unit, problem: () => id })
}

/** Every afternoon the notices of the day before are answered by those they were addressed to. */
export function planReplies(file: DemoDistrict, { call, plan, end }: Doing): void {
  const accountOf = new Map(file.people.map((person) => [person.name, person.account]))
  for (let days = 60; days >= 1; days--)
    plan(new Date(`${dayAfter(end, -days)}T16:30:00+08:00`), async () => {
      const { items } = (await call(
        'supervisor',
        'GET',
        '/api/v1/ledger?type=notice&stage=issued&limit=200',
      )) as unknown as {
        items: { id: string; version: number; handler: { name: string } | null }[]
      }
      for (const { id, version, handler } of items) {
        const account = accountOf.get(handler?.name ?? '')
        if (account)
          await call(account, 'POST', `/api/v1/cases/${id}/actions/reply`, {
            version,
            input: { text: '已约谈承办人，明确了完成日期，将逐日跟进。' },
          })
      }
    })
}
