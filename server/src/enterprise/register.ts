import {
  type EditEnterprise,
  type EnterpriseId,
  type NewEnterprise,
  normaliseUscc,
  usccCheck,
  usccFlaw,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault, invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { correctTarget, lockTarget, mayKeepTargets, putContacts, register } from '#liaison'
import { ensureSheets, findByCode, findSheet, putSheet, putTitles, putYears } from './enterprise.sql.ts'

type Sheet = Omit<NewEnterprise | EditEnterprise, 'basedOn'>
interface Confirmed {
  readonly by: string
  readonly note: string
}

/**
 * Registers an enterprise (登记企业): a target of liaison and its sheet.
 * @throws Fault 'forbidden' | 'uscc.check_fails' | 'uscc.organisation_check_fails' | 'uscc.taken' | 'liaison.target_known' |
 *   'liaison.division_unknown' | what the years and titles say
 */
export async function registerEnterprise(tx: Tx, input: NewEnterprise, by: Actor): Promise<EnterpriseId> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const confirmed = await admitCode(tx, input, { id: null, before: undefined }, by)
  const { name, uscc, divisionCode } = input
  const id = await register(tx, { kind: 'enterprise', name, uscc, divisionCode }, by)
  await ensureSheets(tx, [id], by)
  await store(tx, id, input, confirmed, by)
  return id
}

/**
 * Edits the sheet of an enterprise (修改企业信息) as it was read; a target that had none gets one.
 * @throws Fault 'forbidden' | 'enterprise.not_found' | 'enterprise.changed' | as `registerEnterprise`
 */
export async function editEnterprise(tx: Tx, id: EnterpriseId, input: EditEnterprise, by: Actor): Promise<void> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const target = await lockTarget(tx, id)
  if (target === undefined || target.kind !== 'enterprise') throw new Fault('enterprise.not_found')
  const sheet = await findSheet(tx, id, '2000-01-01')
  if ((sheet?.updatedAt?.toISOString() ?? null) !== input.basedOn)
    throw new Fault('enterprise.changed', { name: sheet?.updatedBy ?? '' })
  const { usccConfirmedBy, usccNote } = sheet ?? { usccConfirmedBy: null, usccNote: null }
  const stands = usccConfirmedBy !== null && usccNote !== null && target.uscc === (input.uscc ?? null)
  const before = stands ? { by: usccConfirmedBy, note: usccNote } : undefined
  const confirmed = await admitCode(tx, input, { id, before }, by)
  await correctTarget(tx, id, { ...input, kind: 'enterprise' }, by)
  await ensureSheets(tx, [id], by)
  await store(tx, id, input, confirmed, by)
  await audit(tx, by, { action: 'editEnterprise', objectKind: 'enterprise', objectId: id, note: input.name })
}

async function store(tx: Tx, id: EnterpriseId, input: Sheet, confirmed: Confirmed | undefined, by: Actor) {
  refuseOddRows(input)
  await putSheet(tx, id, input, confirmed, by)
  if (input.years !== undefined) await putYears(tx, id, input.years)
  if (input.titles !== undefined) await putTitles(tx, id, input.titles)
  if (input.contacts !== undefined)
    await putContacts(
      tx,
      id,
      input.contacts.filter(({ name, phone }) => name ?? phone),
    )
  if (confirmed?.by === by.name && input.usccConfirmed !== undefined) {
    const note = `${input.uscc ?? ''} ${confirmed.note}`
    await audit(tx, by, { action: 'enterprise.confirmUscc', objectKind: 'enterprise', objectId: id, note })
  }
}

/** A code that is another's is refused; one whose check fails needs somebody who has seen the licence. @returns who did */
async function admitCode(
  tx: Tx,
  { uscc, usccConfirmed }: Sheet,
  { id, before }: { readonly id: EnterpriseId | null; readonly before: Confirmed | undefined },
  by: Actor,
): Promise<Confirmed | undefined> {
  if (uscc === undefined) return undefined
  const taken = await findByCode(tx, uscc, id)
  if (taken !== undefined) throw new Fault('uscc.taken', { code: uscc, name: taken.name })
  const doubt = doubtOf(uscc)
  if (doubt === undefined) return undefined
  if (usccConfirmed !== undefined) return { by: by.name, note: usccConfirmed.note }
  if (before !== undefined) return before
  throw new Fault(doubt.code, doubt.params)
}

/** What is doubtful about a well-formed code: a check that does not fit, as with codes that were given out early. */
export function doubtOf(code: string) {
  const flaw = usccFlaw(normaliseUscc(code))
  const params = { code, check: usccCheck(code) }
  if (flaw === 'check') return { code: 'uscc.check_fails', params } as const
  return flaw === 'organisationCheck' ? ({ code: 'uscc.organisation_check_fails', params } as const) : undefined
}

function refuseOddRows({ years = [], titles = [] }: Sheet): void {
  const twice = years.find(({ year }, i) => years.findIndex((one) => one.year === year) !== i)
  if (twice !== undefined) throw invalid('years', 'enterprise.year_twice', { year: twice.year })
  const again = titles.find(
    ({ title, from }, i) => titles.findIndex((one) => one.title === title && one.from === from) !== i,
  )
  if (again !== undefined) throw invalid('titles', 'enterprise.title_twice', { title: again.title, from: again.from })
  const reversed = titles.find(({ from, to }) => to !== null && to < from)
  if (reversed !== undefined) throw invalid('titles', 'enterprise.title_reversed', { title: reversed.title })
}
