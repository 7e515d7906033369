import { routes } from '../contract/src/index.ts'
import type { Acted, Course, DemoAppeal, DemoCase, Related } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

const PROMISE_DAYS = 20
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
  closed: [...TO_ANSWER, 'callBack', 'close', 'fulfilPromise', 'publishAnswer'],
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
  publishAnswer: 24,
  approveAnswer: 4,
  callBack: 22,
  close: 1,
  reopen: 1,
  withdraw: 20,
}

/** One appeal from its report to wherever its course leads. */
export function planAppeal(
  appeal: DemoAppeal,
  { call, codes, codesByName, heads, plan, end, numbers }: Omit<Stage<Acted>, 'send' | 'units' | 'unitIds' | 'people'>,
): void {
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
    publishAnswer: () => ['supervisor', { note: '无个人信息，同意公开' }],
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
      // Some of what was answered well is shown to all.
      if (action === 'publishAnswer' && (appeal.confidential || appeal.grade !== 5)) return
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
