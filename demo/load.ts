import { type District, routes } from '../contract/src/index.ts'
import type { App } from '../server/src/app.ts'
import type { Clock } from '../server/src/kernel/clock.ts'

/** A demo appeal: what was said, when, and how far it got. */
interface DemoAppeal {
  readonly daysAgo: number
  readonly at: string
  readonly channel: string
  readonly topicId: string
  readonly divisionCode?: string
  readonly title?: string
  readonly content: string
  readonly address?: string
  readonly contact?: { name: string; phone: string }
  readonly urgency?: string
  readonly confidential?: boolean
  readonly course: Course
  readonly answer?: string
  readonly outcome?: string
  readonly grade?: number
}
type Course =
  | 'new'
  | 'accepted'
  | 'dispatched'
  | 'signed'
  | 'drafted'
  | 'answered'
  | 'closed'
  | 'round2'
  | 'declined'
  | 'atOnce'
  | 'withdrawn'
  | 'overdue'
  | 'deemed'
export type DemoDistrict = District & {
  readonly appeals: readonly DemoAppeal[]
  readonly problems: readonly { title: string; content: string; daysAgo: number; aspect: string }[]
}

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

const HOUR = 3_600_000
const DAY = 24 * HOUR

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
  const { appeals, problems, ...district } = file
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

  const steps: Step[] = []
  const plan = (at: Date, run: () => Promise<void>) => void (at <= end && steps.push({ at, run }))
  for (const appeal of appeals) planAppeal(appeal, { call, codes, heads, plan, end })
  for (const problem of problems)
    plan(new Date(end.getTime() - problem.daysAgo * DAY), async () => {
      await call('supervisor', 'POST', routes.openCase.path, {
        type: 'problem',
        facts: { title: problem.title, content: problem.content, aspect: problem.aspect },
      })
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

async function signIn(app: App, account: string, password: string): Promise<string> {
  const reply = await app.http.inject({
    method: 'POST',
    url: routes.signIn.path,
    payload: { account, password },
    headers: { host: 'localhost' },
  })
  if (reply.statusCode !== 200) throw new Error(`demo: ${account} cannot sign in: ${reply.body}`)
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

interface Stage {
  readonly call: (
    account: string,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
  ) => Promise<{
    case: DemoCase
    actions: { name: string; proposal?: { leadUnitId: string; assistingUnitIds: string[] } }[]
  }>
  readonly codes: ReadonlyMap<string, string>
  readonly heads: ReadonlyMap<string, { handler: string; head: string }>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
}
interface DemoCase {
  readonly id: string
  readonly version: number
  readonly stage: string
}

/** How far each course goes, in steps after the opening. */
const COURSE: Readonly<Record<Course, readonly string[]>> = {
  new: [],
  accepted: ['accept'],
  dispatched: ['accept', 'dispatch'],
  deemed: ['accept', 'dispatch'],
  signed: ['accept', 'dispatch', 'sign', 'contact'],
  overdue: ['accept', 'dispatch', 'sign'],
  drafted: ['accept', 'dispatch', 'sign', 'contact', 'draftAnswer'],
  answered: ['accept', 'dispatch', 'sign', 'contact', 'draftAnswer', 'approveAnswer'],
  closed: ['accept', 'dispatch', 'sign', 'contact', 'draftAnswer', 'approveAnswer', 'callBack', 'close'],
  round2: ['accept', 'dispatch', 'sign', 'contact', 'draftAnswer', 'approveAnswer', 'callBack', 'reopen'],
  declined: ['decline'],
  atOnce: ['answerAtOnce', 'callBack', 'close'],
  withdrawn: ['accept', 'withdraw'],
}
/** Hours after the step before, within what offices usually need. */
const PAUSE: Readonly<Record<string, number>> = {
  accept: 1,
  decline: 1,
  answerAtOnce: 0.5,
  dispatch: 1,
  sign: 1,
  contact: 3,
  draftAnswer: 44,
  approveAnswer: 4,
  callBack: 22,
  close: 1,
  reopen: 1,
  withdraw: 20,
}

function planAppeal(appeal: DemoAppeal, { call, codes, heads, plan, end }: Stage): void {
  const day = new Date(end.getTime() - appeal.daysAgo * DAY + 8 * HOUR).toISOString().slice(0, 10)
  let at = new Date(`${day}T${appeal.at}:00+08:00`)
  if (at > end) at = new Date(end.getTime() - HOUR)
  let kase: DemoCase | undefined
  let unit = { handler: 'handler', head: 'head' }
  const { content, title, address, contact, channel } = appeal
  const facts = {
    content,
    title,
    urgency: appeal.urgency,
    confidential: appeal.confidential,
    divisionCode: appeal.divisionCode,
    ...(address && { location: { address } }),
  }
  plan(at, async () => {
    kase = (await call('clerk', 'POST', routes.openCase.path, { type: 'appeal', facts, party: contact, channel })).case
  })
  const inputs: Record<string, () => readonly [account: string, input: object]> = {
    accept: () => ['clerk', { category: appeal.topicId }],
    decline: () => ['clerk', { reason: 'litigation', advice: appeal.answer ?? '请通过法定途径提出。' }],
    answerAtOnce: () => ['clerk', { text: appeal.answer ?? '已当场解答。' }],
    sign: () => [unit.handler, {}],
    contact: () => [unit.handler, { reached: true, channel: 'phone', note: '已与诉求人电话沟通，约定现场查看。' }],
    draftAnswer: () => [
      unit.handler,
      { text: appeal.answer ?? '已现场处理完毕。', outcome: appeal.outcome ?? 'solved', ...dutyOf(appeal.outcome, at) },
    ],
    approveAnswer: () => [unit.head, {}],
    callBack: () => [
      'caller',
      appeal.course === 'round2'
        ? { reached: true, satisfied: false, solved: false, grade: 2, note: '问题反复，未根治。' }
        : { reached: true, satisfied: (appeal.grade ?? 5) >= 3, solved: true, grade: appeal.grade ?? 5 },
    ],
    close: () => ['caller', {}],
    reopen: () => ['caller', { reason: '诉求人表示问题未解决，请重新办理。' }],
    withdraw: () => ['clerk', { reason: '诉求人来电表示已自行解决。' }],
  }
  for (const action of COURSE[appeal.course]) {
    at = officeTime(new Date(at.getTime() + (PAUSE[action] ?? 1) * HOUR))
    plan(at, async () => {
      if (kase === undefined) return
      const shown = await call('dispatcher', 'GET', `/api/v1/cases/${kase.id}`)
      // The system may have acted meanwhile: an unsigned case is already deemed signed.
      if (action === 'sign' && shown.case.stage !== 'dispatched') return
      let [account, input] = inputs[action]?.() ?? ['dispatcher', {}]
      if (action === 'dispatch') {
        const proposal = shown.actions.find((candidate) => candidate.name === 'dispatch')?.proposal
        unit = heads.get(codes.get(proposal?.leadUnitId ?? '') ?? '') ?? unit
        input = { leadUnitId: proposal?.leadUnitId, assistingUnitIds: proposal?.assistingUnitIds ?? [] }
        account = 'dispatcher'
      }
      kase = (
        await call(account, 'POST', `/api/v1/cases/${kase.id}/actions/${action}`, {
          version: shown.case.version,
          input,
        })
      ).case
    })
  }
}

const PROMISED_DAYS = 45
/** What an answer that does not solve the matter has to say: until when, or on what ground. */
function dutyOf(outcome: string | undefined, at: Date): object {
  if (outcome === 'promised')
    return { promisedOn: new Date(at.getTime() + PROMISED_DAYS * DAY).toISOString().slice(0, 10) }
  if (outcome === 'refused')
    return { basis: '所反映事项不属于政府职责范围。', alternatives: '已告知可通过协商、调解或诉讼解决。' }
  return {}
}

/** Moves an instant outside office hours to the next morning; weekends go to Monday. */
function officeTime(at: Date): Date {
  const local = new Date(at.getTime() + 8 * HOUR)
  const hour = local.getUTCHours()
  if (hour >= 17) local.setUTCHours(33, local.getUTCMinutes() % 50)
  else if (hour < 9) local.setUTCHours(9, local.getUTCMinutes() % 50)
  while (local.getUTCDay() % 6 === 0) local.setUTCDate(local.getUTCDate() + 1)
  return new Date(local.getTime() - 8 * HOUR)
}
