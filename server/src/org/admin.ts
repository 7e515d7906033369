import type { PersonId, UnitId } from '@banjie/contract'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { addPeople, idsByCode, putUnits } from './district.sql.ts'
import { hashPassword } from './password.ts'
import { hasAccount, putAccount } from './session.sql.ts'

const OFFICE = 'system-office'

/** Makes the administrator (管理员) of an empty installation; an existing one keeps the password unless a new one is given. */
export async function ensureAdmin(tx: Tx, password: string, today: string, replace: boolean): Promise<void> {
  const there = await hasAccount(tx, 'admin')
  if (there && !replace) return
  const people = await idsByCode(tx, 'person')
  const known = people.get('admin') as PersonId | undefined
  await putAccount(tx, 'admin', known ?? (await addAdmin(tx, today)), await hashPassword(password))
}

async function addAdmin(tx: Tx, today: string): Promise<PersonId> {
  const unitId = newId<UnitId>()
  const id = newId<PersonId>()
  await putUnits(
    tx,
    [
      {
        id: unitId,
        code: OFFICE,
        name: '系统管理室',
        shortName: null,
        kind: 'office',
        parentId: null,
        divisionCode: null,
        phone: null,
      },
    ],
    today,
  )
  await addPeople(
    tx,
    [
      {
        id,
        code: 'admin',
        name: '系统管理员',
        postId: newId(),
        unitId,
        title: '管理员',
        rankId: null,
        roles: ['admin'],
      },
    ],
    today,
  )
  return id
}
