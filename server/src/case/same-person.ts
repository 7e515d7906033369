import type { PartyId, SamePerson } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { Engine } from './engine/engine.ts'
import { sightOf } from './engine/may.ts'
import type { CaseState } from './engine/state.ts'
import { findLikeness, type Likeness, listAlike, putLink } from './party.sql.ts'
import { maskName } from './text/personal.ts'
import { findParty } from './view.sql.ts'

const LINKERS = ['clerk', 'dispatcher', 'caller'] as const

type Common = Pick<Likeness, 'samePhone' | 'sameName' | 'otherName' | 'sameAddress'>

/**
 * How sure the data are that two records are one person (同一人), 0 … 1, and why. A phone is shared by families and shops, a name by
 * strangers; so nothing is merged, a person confirms.
 */
function judged({ samePhone, sameName, otherName, sameAddress }: Common): { confidence: number; reasons: string[] } {
  if (samePhone && sameName) return { confidence: 0.9, reasons: ['同号码', '同姓名'] }
  if (samePhone) return { confidence: 0.4, reasons: ['同号码', ...(otherName ? ['一个号码多人使用'] : [])] }
  if (sameName && sameAddress) return { confidence: 0.2, reasons: ['同姓名', '同地址'] }
  return { confidence: 0, reasons: [] }
}

/** Other cases of perhaps the same person, as far as the caller may see them; the surest first. */
export async function samePerson(tx: Tx, kase: CaseState, by: Actor): Promise<z.input<typeof SamePerson>[]> {
  const alike = await listAlike(tx, kase.id, sightOf(by))
  return alike
    .map((one) => ({ one, ...judged(one) }))
    .filter(({ one, confidence }) => confidence > 0 || one.state !== null)
    .map(({ one: { caseId, partyId, number, title, name, state }, confidence, reasons }) => ({
      ...{ caseId, partyId, number, title, confidence },
      masked: { name: name && maskName(name) },
      reasons: state === null ? reasons : [...reasons, '人工核对'],
      state: state ?? ('proposed' as const),
    }))
    .sort((a, b) => b.confidence - a.confidence)
}

/**
 * Links (关联) two records or keeps them apart, by a person's word; audited.
 * @throws Fault 'forbidden' | 'party.link_self' | 'party.anonymous' | 'case.not_found' for a party behind a case the caller does not see
 */
export async function linkParties(
  engine: Engine,
  tx: Tx,
  { id, otherId, same }: { id: PartyId; otherId: PartyId; same: boolean },
  by: Actor,
) {
  if (!LINKERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  if (id === otherId) throw new Fault('party.link_self')
  const numbers = [await numberOf(engine, tx, id, by), await numberOf(engine, tx, otherId, by)]
  const common = await findLikeness(tx, id, otherId)
  if (common === undefined) throw new Fault('case.not_found')
  if (common.anonymous) throw new Fault('party.anonymous')
  const { confidence } = judged(common)
  const state = same ? ('confirmed' as const) : ('rejected' as const)
  await putLink(tx, { pair: [id, otherId], confidence, state, byPerson: by.personId, byName: by.name, at: by.at })
  const note = `${numbers.join(' 与 ')}：${same ? '同一人' : '不是同一人'}`
  await audit(tx, by, { action: 'party.link', objectKind: 'party', objectId: id, note })
  return { partyId: id, otherId, confidence, state, byName: by.name, at: by.at.toISOString() }
}

async function numberOf(engine: Engine, tx: Tx, id: PartyId, by: Actor): Promise<string> {
  const party = await findParty(tx, id)
  if (party === undefined) throw new Fault('case.not_found')
  return (await engine.get(tx, party.caseId, by)).number
}
