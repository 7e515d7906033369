import { routes } from '../contract/src/index.ts'
import type { App } from '../server/src/app.ts'
import type { Clock } from '../server/src/kernel/clock.ts'
import { planAppeal } from './appeal.ts'
import { signIn } from './caller.ts'
import { planCampaigns } from './campaign.ts'
import { planContacts } from './contact.ts'
import { planDisclosures, planMediaItems, planNotices } from './disclosure.ts'
import type { DemoDistrict } from './district.ts'
import { planDrive, planTests } from './drive.ts'
import { planEnterprises } from './enterprise.ts'
import { planFinance } from './finance.ts'
import { planKnowledge } from './knowledge.ts'
import { planLiaisons } from './liaison.ts'
import { planLists } from './list.ts'
import { planMeetings } from './meeting.ts'
import { planPlan } from './plan.ts'
import { planPlatform } from './platform.ts'
import { planPolicies } from './policy.ts'
import { PROBLEM_LEADS, planProblem, planReplies } from './problem.ts'
import { planProjects } from './project.ts'
import { planPromises } from './promise.ts'
import { HOUR } from './time.ts'

interface Options {
  readonly clock: Clock
  readonly end: Date
  readonly adminPassword: string
  readonly password: string
  readonly progress: (line: string) => void
}
interface Step {
  readonly at: Date
  readonly run: () => Promise<void>
}

/** Plays a district's last months through the API on the demo's own clock: real dates, real events, nothing written past the engine. */
export async function loadDemo(app: App, file: DemoDistrict, options: Options): Promise<void> {
  const { clock, end, progress } = options
  const cookies = new Map<string, string>()
  async function call(account: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
    if (!cookies.has(account))
      cookies.set(account, await signIn(app, account, account === 'admin' ? options.adminPassword : options.password))
    const reply = await app.http.inject({
      method,
      url,
      headers: { cookie: cookies.get(account) ?? '', host: 'localhost' },
      ...(payload && { payload }),
    })
    if (reply.statusCode >= 400) throw new Error(`demo: ${account} ${method} ${url}: ${reply.body}`)
    return reply.json()
  }
  const {
    appeals,
    problems,
    lists: _,
    drives = [],
    disclosures,
    publicNotices,
    mediaItems,
    liaisons,
    contacts,
    campaigns,
    plan: map,
    ...district
  } = file
  await call('admin', 'PUT', routes.setDistrict.path, district)
  const heads = new Map<string, { handler: string; head: string }>()
  for (const unit of file.units) {
    const ofRole = (role: string) =>
      file.people.find((person) => person.unitId === unit.id && person.account && person.roles.includes(role as never))
        ?.account
    const [handler, head] = [ofRole('handler'), ofRole('head')]
    if (handler && head) heads.set(unit.id, { handler, head })
  }
  const codes = new Map<string, string>(
    (await call('clerk', 'GET', routes.units.path)).items.map((unit: { id: string; code: string }) => [
      unit.id,
      unit.code,
    ]),
  )

  const codesByName = new Map(file.units.map((unit) => [unit.name, unit.id]))

  const steps: Step[] = []
  const plan = (at: Date, run: () => Promise<void>) => void (at <= end && steps.push({ at, run }))
  const numbers: string[] = []
  for (const appeal of appeals) planAppeal(appeal, { call, codes, codesByName, heads, plan, end, numbers })
  const doing = { call, plan, end, heads, units: [...codes].map(([id, code]) => ({ id, code })) }
  const lists = planLists(file, doing)
  for (const [i, problem] of problems.entries())
    planProblem(problem, { ...doing, lists, lead: PROBLEM_LEADS[i % PROBLEM_LEADS.length] ?? 'heating', numbers, i })
  planReplies(file, doing)
  const listening = { call, plan, end, numbers, unitIds: new Map([...codes].map(([id, code]) => [code, id])) }
  planTests(file, listening)
  planKnowledge(listening)
  for (const drive of drives) planDrive(drive, listening)
  const publishing = { call, plan, end, heads, unitIds: listening.unitIds }
  planDisclosures(disclosures ?? [], publishing)
  planNotices(publicNotices ?? [], publishing)
  const bound = { call, plan, end, people: file.people, unitIds: listening.unitIds }
  planCampaigns(campaigns ?? [], bound)
  planLiaisons(liaisons ?? [], bound)
  planProjects(bound)
  planEnterprises(liaisons ?? [], {
    ...{ call, plan, end },
    send: async (account, url, payload, type) => {
      const headers = { cookie: cookies.get(account) ?? '', host: 'localhost', 'content-type': type }
      const reply = await app.http.inject({ method: 'POST', url, headers, payload })
      if (reply.statusCode >= 400) throw new Error(`demo: ${account} POST ${url}: ${reply.body}`)
    },
  })
  planMeetings(bound)
  planPlatform(bound)
  planFinance(bound)
  planPolicies({ ...bound, heads })
  planPromises(bound)
  if (contacts !== undefined) planContacts(contacts, { call, plan, end, unitIds: listening.unitIds })
  if (map !== undefined) planPlan(map, { ...publishing, people: file.people, lists })
  planMediaItems(mediaItems ?? [], {
    ...publishing,
    visit: async (url, device) => {
      const headers = { host: 'localhost', 'user-agent': `Mozilla/5.0 (demo ${device})` }
      await app.http.inject({ method: 'GET', url, headers })
    },
  })
  steps.sort((a, b) => a.at.getTime() - b.at.getTime())
  let lastSweep = 0
  for (const [i, step] of steps.entries()) {
    clock.forward(step.at)
    // What became due in between happens before the next person acts, as it would have.
    if (step.at.getTime() - lastSweep > HOUR) {
      await app.jobs.runAll()
      lastSweep = step.at.getTime()
    }
    await step.run()
    if (i % 50 === 0) progress(`\r演示数据 ${Math.round((i / steps.length) * 100)}%`)
  }
  clock.forward(end)
  await app.jobs.runAll()
  progress('\r演示数据 100%\n')
}
