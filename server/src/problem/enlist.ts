import type { CaseId, Enlist } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, findCase, maskPersonal } from '#case'
import { type Actor, onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type ListRow, listLists } from './list.sql.ts'
import { holdList } from './list.ts'

type Said = z.output<typeof Enlist>
const FIRST_REASON = '列入清单'

/**
 * Adds an item to a list (增补): a new problem, one that exists, or one that was struck off and comes back in a new round. Logged with who and why.
 * @returns the problem as an item
 */
export async function enlist(tx: Tx, engine: Engine, listId: string, said: Said, by: Actor): Promise<CaseState> {
  const list = await holdList(tx, listId, by)
  if (!list.aspects.includes(said.aspect))
    throw new Fault('list.aspect_unknown', { aspect: said.aspect, aspects: list.aspects.join('、') })
  const problem = await problemOf(tx, engine, list, said, by)
  const { aspect, foundBy, deadline } = said
  const kase = await engine.act(
    tx,
    {
      caseId: problem.id,
      action: 'enlist',
      input: {
        ...{ listId, list: list.title, aspect, foundBy, deadline, reason: masked(said.reason) ?? FIRST_REASON },
        ...{ symptom: masked(said.symptom), rootCause: masked(said.rootCause), measures: masked(said.measures) },
      },
    },
    onBehalf(by),
  )
  if (said.leadUnitId === undefined || kase.stage !== 'accepted') return kase
  const note = `列入“${list.title}”`
  const input = { leadUnitId: said.leadUnitId, note }
  return engine.act(tx, { caseId: kase.id, action: 'dispatch', input }, dispatching(by))
}

/** Whoever keeps a list says on it who owes what: that is the dispatch, whichever of the keepers says it. */
const dispatching = (by: Actor): Actor => ({ ...by, roles: new Set([...by.roles, 'dispatcher']) })

const masked = (text: string | undefined) => (text === undefined ? undefined : maskPersonal(text))

/** The problem that is meant: opened, found, or reopened. */
async function problemOf(tx: Tx, engine: Engine, list: ListRow, said: Said, by: Actor): Promise<CaseState> {
  if (said.facts !== undefined) {
    const [opened] = await engine.open(tx, [{ type: 'problem', channel: 'other', facts: said.facts }], by)
    if (opened === undefined) throw new Error('nothing was opened')
    return opened
  }
  const key = said.problem ?? ''
  const found = await findCase(tx, key)
  if (found?.type !== 'problem') throw new Fault('list.not_a_problem', { number: key })
  await refuseListed(tx, list, found, by)
  if (found.stage !== 'closed') return found
  if (said.reason === undefined) throw new Fault('list.relist_reason', { number: found.number })
  const input = { reason: `重新列入“${list.title}”：${said.reason}`.slice(0, 500) }
  return engine.act(tx, { caseId: found.id, action: 'reopen', input }, by)
}

/** @throws Fault when it stands on a list already, or will not come back */
async function refuseListed(tx: Tx, list: ListRow, { number, stage, facts }: CaseState, by: Actor): Promise<void> {
  if (stage === 'withdrawn' || stage === 'merged') throw new Fault('list.ended', { number })
  const present = facts['listId']
  if (present === undefined || (present === list.id && stage === 'closed')) return
  if (present === list.id) throw new Fault('list.already', { number })
  const [other] = await listLists(tx, by.at, { id: String(present) })
  throw new Fault('list.elsewhere', { number, list: other?.title ?? '其他清单' })
}

/** Takes an item off a list (移出): the problem goes on; it is not struck off. */
export async function delist(
  tx: Tx,
  engine: Engine,
  { id, caseId, reason }: { id: string; caseId: CaseId; reason: string },
  by: Actor,
): Promise<void> {
  const list = await holdList(tx, id, by)
  const kase = await engine.get(tx, caseId, by)
  if (kase.facts['listId'] !== id) throw new Fault('list.not_listed', { number: kase.number })
  const input = { list: list.title, reason: maskPersonal(reason) }
  await engine.act(tx, { caseId, action: 'delist', input }, onBehalf(by))
}
