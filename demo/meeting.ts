import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly unitId: string
    readonly tag?: string
  }[]
  readonly list: readonly { readonly id: string; readonly case: { readonly id: string } }[]
  readonly posts: readonly { readonly id: string; readonly name: string }[]
  readonly case: { readonly version: number; readonly stage: string }
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'unitIds' | 'people'>
const urlOf = (route: { readonly path: string }, id: string) => route.path.replace(':id', id)
/** Whose the decisions and the post are. */
const OWNER = 'heating'
const POST = '供热值班室（演示）'

/** A meeting whose decision went all the way, one whose minutes wait for approval, two instructions, a roster with a gap ahead (会议、批示、值班). */
export function planMeetings(doing: Doing): void {
  const { call, plan, end, unitIds } = doing
  if (!unitIds.has(OWNER)) return
  const ago = (days: number, hours = 0) => officeTime(new Date(end.getTime() - days * DAY + hours * HOUR))
  const idOf = async (account: string) => {
    const name = doing.people.find((one) => one.account === account)?.name
    return (await call('supervisor', 'GET', routes.people.path)).items.find((one) => one.name === name)?.id
  }
  const hold = async (at: Date, more: object) =>
    call('dispatcher', 'POST', routes.newMeeting.path, {
      ...{ kind: 'dispatch', on: dayAfter(at, 0), at: '09:00', place: '三楼会议室', chairId: await idOf('leader') },
      ...{ attendance: [{ unitId: unitIds.get(OWNER), personId: await idOf(`${OWNER}-head`) }], ...more },
    })
  const tagsOn = async (day: string) =>
    (await call('dispatcher', 'GET', `${routes.campaignTags.path}?on=${day}`)).items.flatMap(({ tag }) => tag ?? [])
  const decision = async (text: string, dueWorkdays: number) => ({
    ...{ text, dueWorkdays, unitId: unitIds.get(OWNER), personId: await idOf(`${OWNER}-handler`) },
    checkerId: await idOf('supervisor'),
  })
  const draft = async (id: string, text: string, ...decisions: object[]) =>
    call('dispatcher', 'PUT', urlOf(routes.draftMinutes, id), { text, decisions })

  let done: Answered['list'] = []
  plan(ago(21), async () => {
    const agenda = ['换热站检修进度', '低温户上门测温']
    const { id } = await hold(ago(21), { title: '供热保障调度会', agenda, tags: await tagsOn(dayAfter(ago(21), 0)) })
    const words = '会议听取供热工作汇报，研究换热站检修和低温户测温。会议要求，问题不过夜、答复不隔天。'
    const decisions = [await decision('逐站检修并公布进度', 5), await decision('低温户上门测温，建立台账', 10)]
    await draft(id, words, ...decisions)
    await call('leader', 'POST', urlOf(routes.approveMinutes, id))
    done = (await call('dispatcher', 'POST', urlOf(routes.issueMinutes, id))).list
  })
  plan(ago(18), async () => {
    const kase = done[0]?.case.id ?? ''
    const act = async (action: string, input: object) => {
      const { version, stage } = (await call('dispatcher', 'GET', urlOf(routes.getCase, kase))).case
      // The system may have acted meanwhile: an unsigned task is already deemed signed.
      if (action === 'sign' && stage !== 'dispatched') return
      const url = `${urlOf(routes.getCase, kase)}/actions/${action}`
      await call(`${OWNER}-handler`, 'POST', url, { version, input })
    }
    await act('sign', {})
    await act('report', { text: '换热站已逐站检修，进度每周公布。' })
  })
  plan(ago(16), async () => {
    const check = { passed: true, note: '抽查三座换热站，检修记录齐全。' }
    await call('supervisor', 'POST', urlOf(routes.checkDecision, done[0]?.id ?? ''), check)
  })
  plan(ago(2), async () => {
    const { id } = await hold(ago(2), { title: '老旧管网改造现场办公会', kind: 'onSite', place: '换热站现场' })
    await draft(id, '会议到现场查看老旧管网，研究分段改造。', await decision('提出分段改造方案', 10))
  })
  planInstructions(doing, ago, idOf)
  planRoster(doing, ago, idOf)
}

type Ago = (days: number, hours?: number) => Date
type IdOf = (account: string) => Promise<string | undefined>

function planInstructions({ call, plan, unitIds }: Doing, ago: Ago, idOf: IdOf): void {
  const record = async (at: Date, more: object) =>
    call('clerk', 'POST', routes.newInstruction.path, {
      ...{ leaderId: await idOf('leader'), on: dayAfter(at, 0), rank: 'districtHead', ...more },
    })
  plan(ago(9), async () => {
    const about = { kind: 'document', title: '供热准备情况周报（演示）' }
    await record(ago(9), { text: '阅。', kind: 'read', about })
  })
  plan(ago(4), async () => {
    const about = { kind: 'document', title: '关于老旧管网失修情况的报告（演示）', number: '演示〔1〕号' }
    const owner = { unitId: unitIds.get(OWNER), dueWorkdays: 8 }
    await record(ago(4), { text: '请供热办研究，提出分段改造意见。', kind: 'study', about, ...owner })
  })
}

function planRoster({ call, plan, end, unitIds }: Doing, ago: Ago, idOf: IdOf): void {
  let post = ''
  plan(ago(20), async () => {
    const set = { unitId: unitIds.get(OWNER), name: POST, phone: '024-00009001', shifts: ['whole'], isPublic: true }
    const begun = { ...set, from: dayAfter(ago(20), 0) }
    const { posts } = await call(`${OWNER}-head`, 'POST', routes.newRosterPost.path, begun)
    post = posts.find(({ name }) => name === POST)?.id ?? ''
    const people = [await idOf(`${OWNER}-handler`), await idOf(`${OWNER}-head`)]
    const order = { from: begun.from, to: dayAfter(end, 12), people, leaders: [await idOf('leader')] }
    await call(`${OWNER}-head`, 'POST', urlOf(routes.rotateRoster, post), order)
  })
  plan(ago(3), async () => {
    const at = `${dayAfter(ago(3), -1)}T21:40:00+08:00`
    const heard = { what: '居民反映家中暖气不热。', done: '已通知换热站当晚上门。', opens: true }
    await call(`${OWNER}-handler`, 'POST', routes.newOnCallLog.path, { postId: post, at, ...heard })
    const work = { on: dayAfter(ago(3), -1), hours: 3.5, why: '夜间换热站抢修', campaign: '冬季供热' }
    await call(`${OWNER}-handler`, 'POST', routes.newOvertime.path, {
      ...{ personId: await idOf(`${OWNER}-handler`), ...work },
    })
  })
}
