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
  /** Index of the problem it is merged into. */
  readonly mergeInto?: number
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
  | 'paused'
  | 'extended'
  | 'asked'
  | 'refused'
  | 'longTerm'
  | 'merged'
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

  const codesByName = new Map(file.units.map((unit) => [unit.name, unit.id]))

  const steps: Step[] = []
  const plan = (at: Date, run: () => Promise<void>) => void (at <= end && steps.push({ at, run }))
  const numbers: string[] = []
  for (const appeal of appeals) planAppeal(appeal, { call, codes, codesByName, heads, plan, end, numbers })
  const doing = { call, plan, end, heads, units: [...codes].map(([id, code]) => ({ id, code })) }
  for (const [i, problem] of problems.entries())
    planProblem(problem, { ...doing, lead: PROBLEM_LEADS[i % PROBLEM_LEADS.length] ?? 'heating', numbers, i })
  planReplies(file, doing)
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
  readonly codesByName: ReadonlyMap<string, string>
  readonly heads: ReadonlyMap<string, { handler: string; head: string }>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  /** Numbers of the problems, in the file's order. */
  readonly numbers: readonly string[]
}
interface Related {
  readonly id: string
  readonly type: string
  readonly stage: string
  readonly unit: string | null
}
interface DemoCase {
  readonly outcome: string | null
  readonly number: string
  readonly id: string
  readonly version: number
  readonly stage: string
}

const TO_HAND = ['accept', 'dispatch', 'sign', 'contact'] as const
const TO_ANSWER = [...TO_HAND, 'reportTasks', 'draftAnswer', 'approveAnswer'] as const

/** How far each course goes, in steps after the opening. */
const COURSE: Readonly<Record<Course, readonly string[]>> = {
  new: [],
  accepted: ['accept'],
  dispatched: ['accept', 'dispatch'],
  deemed: ['accept', 'dispatch'],
  signed: ['accept', 'dispatch', 'sign', 'contact'],
  overdue: ['accept', 'dispatch', 'sign'],
  drafted: ['accept', 'dispatch', 'sign', 'contact', 'draftAnswer'],
  answered: [...TO_ANSWER],
  closed: [...TO_ANSWER, 'callBack', 'close', 'fulfilPromise'],
  round2: [...TO_ANSWER, 'callBack', 'reopen'],
  paused: [...TO_HAND, 'askSuspension', 'grant'],
  extended: [...TO_HAND, 'askExtension', 'grant'],
  asked: [...TO_HAND, 'askExtension'],
  refused: ['accept', 'dispatch', 'refuse'],
  longTerm: [...TO_HAND, 'askLongTerm', 'grantByLeader'],
  merged: ['accept', 'merge'],
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
  reportTasks: 4,
  draftAnswer: 16,
  askSuspension: 5,
  askExtension: 5,
  askLongTerm: 5,
  grant: 3,
  grantByLeader: 5,
  refuse: 1,
  merge: 2,
  fulfilPromise: 72,
  approveAnswer: 4,
  callBack: 22,
  close: 1,
  reopen: 1,
  withdraw: 20,
}

function planAppeal(appeal: DemoAppeal, { call, codes, codesByName, heads, plan, end, numbers }: Stage): void {
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
  const relatedTo = async (id: string): Promise<readonly Related[]> =>
    ((await call('supervisor', 'GET', `/api/v1/cases/${id}/related`)) as unknown as { items: Related[] }).items
  /** Acts on a case at its present version. */
  const act = async (account: string, id: string, action: string, input: object) => {
    const { case: present } = await call('supervisor', 'GET', `/api/v1/cases/${id}`)
    await call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version: present.version, input })
  }
  const decide = async (id: string, account: string) => {
    for (const one of await relatedTo(id))
      if (one.type === 'request' && one.stage === 'asked') await act(account, one.id, 'grant', { note: '同意' })
  }
  const reportTasks = async (id: string) => {
    for (const one of await relatedTo(id)) {
      const handler = [...heads].find(([code]) => codesByName.get(one.unit ?? '') === code)?.[1].handler
      if (one.type !== 'task' || handler === undefined) continue
      if (one.stage === 'dispatched') await act(handler, one.id, 'sign', {})
      await act(handler, one.id, 'report', { text: '已按分工配合完成，情况已告知主办单位。' })
    }
  }
  const inputs: Record<string, () => readonly [account: string, input: object]> = {
    accept: () => ['clerk', { category: appeal.topicId }],
    decline: () => ['clerk', { reason: 'litigation', advice: appeal.answer ?? '请通过法定途径提出。' }],
    answerAtOnce: () => ['clerk', { text: appeal.answer ?? '已当场解答。' }],
    sign: () => [unit.handler, {}],
    contact: () => [unit.handler, { reached: true, channel: 'phone', note: '已与诉求人电话沟通，约定现场查看。' }],
    draftAnswer: () => [
      unit.handler,
      {
        text: appeal.answer ?? '已现场处理完毕。',
        outcome: appeal.outcome ?? 'solved',
        ...(appeal.outcome === 'promised' && { promisedOn: dayAfter(at, PROMISE_DAYS) }),
      },
    ],
    askSuspension: () => [
      unit.handler,
      {
        ...{ reason: 'expert', evidence: '已委托第三方检测，报告十日内出具。', until: dayAfter(at, 8) },
        notice: '正在等待检测报告，收到后立即继续办理，并再与您联系。',
      },
    ],
    askExtension: () => [
      unit.handler,
      {
        ...{ amount: 3, reason: '所需配件须定制，供货商承诺三日内到货。', basis: '区级办理规则延期条款' },
        notice: '所需配件正在定制，预计三个工作日内修复，请您谅解。',
      },
    ],
    askLongTerm: () => [
      unit.head,
      {
        ...{ reason: '须列入下年度老旧小区改造计划，当年无法实施。', reviewOn: dayAfter(at, 60) },
        milestones: [{ text: '纳入改造计划并公示', on: dayAfter(at, 45) }],
        notice: '此事已列入下年度改造计划，我们会按期向您通报进展。',
      },
    ],
    merge: () => ['dispatcher', { into: numbers[appeal.mergeInto ?? 0] ?? '' }],
    fulfilPromise: () => [unit.handler, { text: '承诺事项已全部完成，现场已复核。' }],
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
      if (action === 'fulfilPromise' && shown.case.outcome !== 'promised') return
      if (action === 'grant') return decide(kase.id, unit.head)
      if (action === 'grantByLeader') return decide(kase.id, 'leader')
      if (action === 'reportTasks') return reportTasks(kase.id)
      let [account, input] = inputs[action]?.() ?? ['dispatcher', {}]
      if (action === 'refuse') {
        const elsewhere = [...codes].find(([, code]) => code === 'emergency')?.[0]
        account = unit.handler
        input = { reason: '管线权属不在本单位。', basis: '分办目录与权属资料', unitId: elsewhere }
      }
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

/** Which units lead the problems of the list, in turn. */
const PROBLEM_LEADS = [
  'heating',
  'market',
  'housing',
  'environment',
  'education',
  'transport',
  'human-resources',
  'construction',
]

interface Doing extends Pick<Stage, 'call' | 'plan' | 'end' | 'heads'> {
  readonly units: readonly { readonly id: string; readonly code: string }[]
}

/** A problem is listed, dispatched and signed for; the older half is rectified and struck off. */
function planProblem(
  problem: DemoDistrict['problems'][number],
  { call, plan, end, heads, units, lead, numbers, i }: Doing & { lead: string; numbers: string[]; i: number },
): void {
  const start = officeTime(new Date(end.getTime() - problem.daysAgo * DAY))
  const unit = heads.get(lead) ?? { handler: 'handler', head: 'head' }
  const leadUnitId = units.find(({ code }) => code === lead)?.id
  let id = ''
  plan(start, async () => {
    const { case: kase } = await call('supervisor', 'POST', routes.openCase.path, {
      type: 'problem',
      facts: { title: problem.title, content: problem.content, aspect: problem.aspect },
    })
    numbers[i] = kase.number
    id = kase.id
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
}

/** Every afternoon the notices of the day before are answered by those they were addressed to. */
function planReplies(file: DemoDistrict, { call, plan, end }: Doing): void {
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

/** Moves an instant outside office hours to the next morning; weekends go to Monday. */
function officeTime(at: Date): Date {
  const local = new Date(at.getTime() + 8 * HOUR)
  const hour = local.getUTCHours()
  if (hour >= 17) local.setUTCHours(33, local.getUTCMinutes() % 50)
  else if (hour < 9) local.setUTCHours(9, local.getUTCMinutes() % 50)
  while (local.getUTCDay() % 6 === 0) local.setUTCDate(local.getUTCDate() + 1)
  return new Date(local.getTime() - 8 * HOUR)
}

const PROMISE_DAYS = 20
/** The local day so many days after an instant. */
const dayAfter = (at: Date, days: number) => new Date(at.getTime() + days * DAY + 8 * HOUR).toISOString().slice(0, 10)
