import type { NewOnCallLog, OnCallLogId } from '@banjie/contract'
import { officeTime } from '#calendar'
import { type Engine, maskPersonal, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseOutsiders, refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { mayKeep } from './keeper.ts'
import { countLogs, insertLog, type LogFilter, type LogRow, listLogs } from './log.sql.ts'
import { onDutyAt } from './on-duty.ts'
import { listPosts } from './roster.sql.ts'

const logView = ({ at, ...row }: LogRow) => ({ ...row, at: at.toISOString() })

/** Calls to the posts (值班电话记录) and how many of them came outside office hours. */
export async function logsOf(tx: Tx, filter: LogFilter, by: Actor) {
  refuseOutsiders(by)
  return { items: (await listLogs(tx, filter, sightOf(by))).map(logView), counts: await countLogs(tx, filter) }
}

/**
 * Logs a call (记值班电话); what has to be followed up becomes a case in the same transaction, and only there the caller's name and telephone are kept.
 * @throws Fault 'roster.post_not_found' | 'forbidden' | 'onCall.future' | 'onCall.no_caller' | what opening a case throws
 */
export async function logCall(tx: Tx, engine: Engine, given: NewOnCallLog, by: Actor) {
  const { postId, what, done, opens, caller } = given
  const at = new Date(given.at)
  const [post] = await listPosts(tx, { id: postId })
  if (post === undefined) throw new Fault('roster.post_not_found')
  const { person } = await onDutyAt(tx, post, at)
  refuseUnless(mayKeep(by, post.unit.id) || by.unitId === post.unit.id || by.personId === person?.id)
  if (at > by.at) throw new Fault('onCall.future')
  if (!opens && (caller?.name !== undefined || caller?.phone !== undefined)) throw new Fault('onCall.no_caller')
  const known = [caller?.name, caller?.phone].filter((word) => word !== undefined)
  const id = newId<OnCallLogId>()
  await insertLog(
    tx,
    {
      ...{ id, postId, at, onDuty: person?.id ?? null },
      ...{ what: maskPersonal(what, known), done: maskPersonal(done, known) },
      outsideHours: officeTime(await engine.calendarOf(tx.tenant), at).getTime() !== at.getTime(),
      caseId: opens ? await openCase(tx, engine, given, by) : null,
    },
    by,
  )
  await audit(tx, by, { action: 'newOnCallLog', objectKind: 'onCallLog', objectId: id, note: post.name })
  const [row] = await listLogs(tx, { id }, sightOf(by))
  if (row === undefined) throw new Error('a call that was just written is not there')
  return logView(row)
}

async function openCase(tx: Tx, engine: Engine, { what, caller }: NewOnCallLog, by: Actor) {
  const opening = { type: 'appeal', channel: 'hotline' as const, facts: { content: what }, party: caller ?? {} }
  const [kase] = await engine.open(tx, [opening], by)
  if (kase === undefined) throw new Error('one opening in, no case out')
  return kase.id
}
