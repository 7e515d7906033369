import type { District, PersonId, UnitId } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { addPeople, idsByCode, putDivisions, putLeaders, putRanks, putUnits } from './district.sql.ts'
import { hashPassword } from './password.ts'
import { putAccount } from './session.sql.ts'
import { putTaskForces } from './task-force.sql.ts'
import { renameTenant } from './tenant.sql.ts'

/** What the rest of the house needs to translate the codes of a district file. */
export interface DistrictIds {
  readonly unit: (code: string) => UnitId
}

/**
 * Loads the organisation of a district file (地区文件): divisions, units, ranks, people and their accounts. Codes are the keys: loading the
 * same file again changes names and adds what is new.
 * @throws Fault 'district.invalid' naming the missing reference
 */
export async function loadOrganisation(
  tx: Tx,
  file: District,
  today: string,
  initialPassword: string,
): Promise<DistrictIds> {
  await putDivisions(tx, file.divisions)
  const units = await idsByCode(tx, 'unit')
  const forces = file.taskForces ?? []
  for (const { id } of [...file.units, ...forces]) if (!units.has(id)) units.set(id, newId())
  const unit = lookUp<UnitId>(units, '单位')
  const facts = file.units.map((u) => ({
    id: unit(u.id),
    code: u.id,
    name: u.name,
    shortName: u.shortName ?? null,
    kind: u.kind,
    parentId: u.parentId ? unit(u.parentId) : null,
    divisionCode: u.divisionCode ?? null,
    phone: u.phone ?? null,
  }))
  // A task force that also stands among the units only gets its charter from here.
  const others = forces.filter(({ id }) => file.units.every((u) => u.id !== id))
  const bare = { shortName: null, kind: 'taskForce', parentId: null, divisionCode: null, phone: null }
  await putUnits(tx, [...facts, ...others.map(({ id, name }) => ({ ...bare, id: unit(id), code: id, name }))], today)
  await putTaskForces(
    tx,
    forces.map(({ id, subject, leadUnitId, memberUnitIds, charter, validFrom, validTo }) => ({
      ...{ unitId: unit(id), subject, leadUnitId: unit(leadUnitId), memberUnitIds: memberUnitIds.map(unit) },
      ...{ charter: charter ?? null, validFrom, validTo: validTo ?? null },
    })),
  )
  await loadPeople(tx, file, unit, today, initialPassword)
  return { unit }
}

async function loadPeople(
  tx: Tx,
  file: District,
  unit: (code: string) => UnitId,
  today: string,
  initialPassword: string,
): Promise<void> {
  const ranks = await idsByCode(tx, 'rank')
  for (const rank of file.ranks) if (!ranks.has(rank.id)) ranks.set(rank.id, newId())
  const rank = lookUp<string>(ranks, '职级')
  await putRanks(
    tx,
    file.ranks.map((r) => ({ id: rank(r.id), code: r.id, name: r.name, level: r.level })),
  )

  const known = await idsByCode(tx, 'person')
  const added = file.people
    .filter((person) => !known.has(person.id))
    .map((person) => ({ ...person, personId: newId<PersonId>() }))
  const facts = added.map((p) => ({
    id: p.personId,
    code: p.id,
    name: p.name,
    postId: newId(),
    unitId: unit(p.unitId),
    title: p.post ?? null,
    rankId: p.rankId ? rank(p.rankId) : null,
    roles: p.roles,
  }))
  await addPeople(tx, facts, today)
  const accounts = added.filter((person) => person.account)
  const hashes = await Promise.all(accounts.map(() => hashPassword(initialPassword)))
  for (const person of added) known.set(person.id, person.personId)
  const leader = lookUp<PersonId>(known, '人员')
  await putLeaders(
    tx,
    file.units.flatMap((u) => (u.leaderId ? [{ unit: unit(u.id), leader: leader(u.leaderId) }] : [])),
  )
  for (const [i, person] of accounts.entries())
    await putAccount(tx, person.account ?? '', person.personId, hashes[i] ?? '')
}

/** The name the district is called by, on every page. */
export const nameDistrict = (tx: Tx, { district }: District) =>
  renameTenant(tx, {
    slug: district.id,
    name: district.name,
    phone: district.phone ?? '12345',
    divisionCode: district.divisionCode,
  })

const lookUp =
  <T extends string>(ids: ReadonlyMap<string, string>, what: string) =>
  (code: string): T => {
    const id = ids.get(code)
    if (id === undefined) throw new Fault('district.invalid', { why: `没有代码为“${code}”的${what}` })
    return id as T
  }
