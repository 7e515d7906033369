import { randomUUID } from 'node:crypto'
import { actOn, at, idIn } from '../replay/stage.ts'
import type { Stage } from './stage.ts'

/**
 * An official comes, comes again, and comes a last time (第三次上门): what was raised on the first visit is coordinated on those between, answered, and
 * looked at together on the last; only then is it closed.
 */
export function planThirdVisit(stage: Stage): void {
  const { days, unit } = stage.story.told.thirdVisit
  const [handler, head] = [`${unit}-handler`, `${unit}-head`]
  const last = days.length - 1
  const ids = () => stage.ids.verified
  const act =
    (account: string, action: string, input: object = {}) =>
    () =>
      actOn(stage, account, action, { ids: ids(), input: { ...input } })
  const on = (i: number, time: string, what: string, run: () => Promise<void>) =>
    stage.add({ at: at(days[i] ?? '', time), what, run })
  for (const [i] of days.entries()) on(i, '09:30', `第 ${i + 1} 次上门`, () => visit(stage, i, i === last))
  on(0, '10:30', '受理', act('clerk', 'accept'))
  on(0, '11:00', '交办', () => act('dispatcher', 'dispatch', { leadUnitId: idIn(stage.ids.unit, unit) })())
  on(0, '11:40', '签收', act(handler, 'sign'))
  on(0, '15:00', '联系', act(handler, 'contact', { reached: true, channel: 'visit', note: '已约定现场查看。' }))
  on(1, '15:00', '拟答复', act(handler, 'draftAnswer', { text: '已定清运时间，污水井已疏通。', outcome: 'solved' }))
  on(1, '16:00', '审签答复', act(head, 'approveAnswer'))
  on(last, '15:00', '回访', act('caller', 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 }))
  on(last, '16:00', '办结', act('caller', 'close'))
}

async function visit({ ask, ids, story }: Stage, i: number, isLast: boolean): Promise<void> {
  const { enterprise, official, days, problems, quote, unit } = story.told.thirdVisit
  const { id, cases } = await ask('supervisor', 'newVisit', {
    body: {
      ...{ clientId: randomUUID(), targetId: idIn(ids.target, enterprise), kind: 'onSite' },
      ...{ on: days[i] ?? '', officials: [idIn(ids.person, official.name)], tags: [story.told.campaign.tag] },
      purpose: isLast ? 'verify' : i === 0 ? 'collect' : 'coordinate',
      caseIds: ids.verified,
      ...(i === 0 && {
        problems: problems.map((content) => ({ content, aspect: aspectOf(story.told.enterprises.matters, unit) })),
      }),
      ...(isLast && { quote, mayQuote: true }),
    },
  })
  ids.verifying = id
  if (i === 0) ids.verified.push(...cases.map((one) => one.id))
}

const aspectOf = (matters: readonly { readonly unit: string; readonly aspect: string }[], unit: string) =>
  matters.find((matter) => matter.unit === unit)?.aspect
