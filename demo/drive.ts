import { routes } from '../contract/src/index.ts'
import type { DemoDistrict, DemoDrive, DemoOpinion } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR } from './time.ts'

type Called = Readonly<Record<string, unknown>> & { readonly id: string; readonly items: readonly Opened[] }
interface Opened {
  readonly id: string
  readonly code: string
  readonly kind: string
}
type Doing = Pick<Stage<Called>, 'call' | 'plan' | 'end' | 'unitIds' | 'numbers'>

/** Tests of the district's channels over the last weeks: all work but the last one of the style box. */
export function planTests({ channels = [] }: DemoDistrict, { call, plan, end }: Doing): void {
  for (const [i, { id: code }] of channels.entries()) {
    if (i % 5 === 4) continue
    plan(new Date(`${dayAfter(end, -(3 + i))}T10:20:00+08:00`), async () => {
      const { items } = await call('supervisor', 'GET', routes.channels.path)
      const id = items.find((one) => one.code === code)?.id ?? ''
      const broken = code === 'ch-style-box'
      await call('supervisor', 'POST', `${routes.channels.path}/${id}/tests`, {
        ...{ worked: !broken, how: broken ? '现场投递一封，一周后回看' : '按公开的方式试投一条' },
        note: broken ? '到期未开箱，已通知责任单位整改。' : undefined,
      })
    })
  }
}

/** One drive from its first day to what became of each opinion. */
export function planDrive(drive: DemoDrive, { call, plan, end, unitIds, numbers }: Doing): void {
  const dayOf = (day: number) => dayAfter(end, day - 1 - drive.daysAgo)
  const at = (day: number, clock: string) => new Date(`${dayOf(day)}T${clock}:00+08:00`)
  const unit = (code: string) => unitIds.get(code)
  const body = {
    ...{ title: drive.title, from: dayOf(1), to: dayOf(drive.days), unitId: unit(drive.unitId) },
    ...{ audience: drive.audience, topics: drive.topics },
  }
  let url = ''
  let forumId = ''
  const channelIds = new Map<string, string>()
  const shown = async (id: string) =>
    (
      (await call('dispatcher', 'GET', `/api/v1/cases/${id}`)) as unknown as {
        case: { version: number; stage: string }
      }
    ).case
  const act = async (account: string, id: string, action: string, input: object) => {
    const { version } = await shown(id)
    await call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
  }
  /** Whoever can be called is called; then the case ends. */
  const planEnd = (when: Date, idOf: () => string) =>
    plan(when, async () => {
      if ((await shown(idOf())).stage === 'answered')
        await act('caller', idOf(), 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
      await act('caller', idOf(), 'close', {})
    })
  plan(at(1, '08:30'), async () => {
    for (const { code, id } of (await call('supervisor', 'GET', routes.channels.path)).items) channelIds.set(code, id)
    const channels = drive.channels.flatMap((code) => channelIds.get(code) ?? [])
    const { id } = await call('supervisor', 'POST', routes.drives.path, {
      ...body,
      channelIds: channels,
      published: true,
    })
    url = `${routes.drives.path}/${id}`
    const { day, unitIds: units, ...forum } = drive.forum
    const held = { ...forum, kind: 'leaderWindow', heldOn: dayOf(day), unitIds: units.map(unit), driveId: id }
    forumId = (await call('supervisor', 'POST', routes.forums.path, held)).id
  })
  for (const { day, unitId, ...issue } of drive.issues)
    plan(at(day, '09:10'), async () => {
      await call('clerk', 'POST', `${url}/issues`, { ...issue, unitId: unit(unitId), on: dayOf(day) })
    })
  for (const { number, day, voidReason, opinions = [] } of drive.sheets) {
    const opened: string[] = []
    plan(at(day, '15:20'), async () => {
      const sheet = voidReason === undefined ? { number } : { number, valid: false, voidReason }
      await call('clerk', 'POST', `${url}/sheets`, { sheets: [{ ...sheet, on: dayOf(day) }] })
      const channelId = channelIds.get('ch-questionnaire')
      if (opinions.length === 0) return
      const said = opinions.map((content) => ({ content, sheet: number, channelId }))
      const { items } = await call('clerk', 'POST', `${url}/opinions`, { opinions: said })
      opened.push(...items.map(({ id }) => id))
    })
    for (const place of opinions.keys()) {
      const answer = { text: '意见收到，已转责任单位研究，进展会在公开页面上说明。' }
      plan(at(day + 1, '10:00'), () => act('clerk', opened[place] ?? '', 'answerAtOnce', answer))
      planEnd(at(day + 2, '10:00'), () => opened[place] ?? '')
    }
  }
  for (const [i, opinion] of drive.opinions.entries()) {
    let id = ''
    const opened = new Date(at(opinion.day, '09:40').getTime() + (i % 8) * HOUR)
    plan(opened, async () => {
      const { content, link, forum } = opinion
      const said = { content, link, channelId: channelIds.get(opinion.channel), ...(forum === true && { forumId }) }
      id = (await call('clerk', 'POST', `${url}/opinions`, { opinions: [said] })).items[0]?.id ?? ''
    })
    const step = stepOf(opinion, numbers)
    plan(new Date(opened.getTime() + (step.action === 'merge' ? 2 * DAY : HOUR)), () =>
      act(step.account, id, step.action, step.input()),
    )
    if (step.action === 'answerAtOnce') planEnd(new Date(opened.getTime() + DAY), () => id)
  }
  plan(at(drive.days + 1, '09:00'), async () => {
    for (const [line, text] of Object.entries(drive.notes))
      await call('supervisor', 'PUT', `${url}/notes/${line}`, { text })
    for (const claim of drive.claims) await call('supervisor', 'POST', `${url}/claims`, claim)
    const channels = drive.channels.flatMap((code) => channelIds.get(code) ?? [])
    await call('supervisor', 'PUT', url, { ...body, channelIds: channels, published: true, status: 'closed' })
  })
}

/** What becomes of an opinion; numbers of problems are known once it happens. */
function stepOf({ course, mergeInto, answer }: DemoOpinion, numbers: readonly string[]) {
  switch (course) {
    case 'merge':
      return { account: 'dispatcher', action: 'merge', input: () => ({ into: numbers[mergeInto ?? 0] ?? '' }) }
    case 'atOnce':
      return { account: 'clerk', action: 'answerAtOnce', input: () => ({ text: answer ?? '已当场解答。' }) }
    case 'withdrawn':
      return { account: 'clerk', action: 'withdraw', input: () => ({ reason: '本人来电表示已自行解决。' }) }
  }
}
