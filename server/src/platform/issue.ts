import type { MeetingId, MeetingIssues, NewMeetingIssue } from '@banjie/contract'
import { type Engine, sightOf } from '#case'
import { tieCase } from '#enterprise'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { getMeeting, mayKeep, owedView } from '#meeting'
import { dayOf } from '#org'
import { insertIssue, listFirmsAt, listIssues } from './issue.sql.ts'

/** What enterprises raised at a meeting (会上提出的问题), and what has become of it. @throws Fault 'forbidden' | 'meeting.not_found' */
export async function issuesOf(tx: Tx, engine: Engine, id: MeetingId, by: Actor): Promise<MeetingIssues> {
  const meeting = await getMeeting(tx, id, by)
  const items = (await listIssues(tx, id, sightOf(by))).map(({ enterprise, kase, answered, byName, at }) => ({
    ...{ enterprise, answered, by: byName, at: at.toISOString() },
    case: owedView(engine, kase, by.at),
  }))
  return {
    items,
    unanswered: items.filter(({ answered }) => !answered).length,
    enterprises: (await listFirmsAt(tx, id)).map((firm) => ({ id: firm.id, name: firm.name })),
    mayRaise: mayKeep(by) && meeting.on <= dayOf(by.at),
  }
}

/**
 * Writes down what an enterprise raised at a meeting (登记会上提出的问题), also after its minutes are issued: an appeal of the enterprise, which it
 * sees on its page and is owed an answer to.
 * @throws Fault 'forbidden' | 'meeting.not_found' | 'platform.before_meeting' | 'platform.not_at_meeting' | what opening a case throws
 */
export async function raiseIssue(
  tx: Tx,
  engine: Engine,
  id: MeetingId,
  { enterpriseId, content, category }: NewMeetingIssue,
  by: Actor,
): Promise<void> {
  const meeting = await getMeeting(tx, id, by)
  refuseUnless(mayKeep(by))
  if (meeting.on > dayOf(by.at)) throw new Fault('platform.before_meeting')
  const firm = (await listFirmsAt(tx, id)).find((one) => one.id === enterpriseId)
  if (firm === undefined) throw new Fault('platform.not_at_meeting')
  const [kase] = await engine.open(
    tx,
    [
      {
        ...{ type: 'appeal', channel: 'meeting' as const },
        facts: { content, category, divisionCode: firm.divisionCode ?? undefined },
        party: { kind: 'enterprise' as const, name: firm.name, uscc: firm.uscc ?? undefined },
      },
    ],
    by,
  )
  if (kase === undefined) throw new Error('nothing was opened')
  await tieCase(tx, firm.id, { caseId: kase.id, way: 'meeting' }, by.at)
  await insertIssue(tx, { caseId: kase.id, meetingId: id, enterpriseId: firm.id }, by)
  await audit(tx, by, {
    action: 'newMeetingIssue',
    objectKind: 'meeting',
    objectId: id,
    note: `${firm.name}：${kase.number}`,
  })
}
