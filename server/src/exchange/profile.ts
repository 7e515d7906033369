import { RETURN_FIELD, type ReturnField, type ReturnProfile } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import USUAL from './profile.json' with { type: 'json' }
import { insertProfile, listProfiles } from './profile.sql.ts'

type Profile = z.input<typeof ReturnProfile>
export type Columns = readonly { readonly field: ReturnField; readonly header: string }[]

const CHANGERS = ['dispatcher', 'admin'] as const

/** The columns (回传模板) that each of these bodies wants: its own newest version, or the usual headers. */
export async function profilesOf(tx: Tx, bodies: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
  const own = new Map((await listProfiles(tx, bodies)).map((row) => [row.body, row]))
  return new Map(
    bodies.map((body) => {
      const { version = 0, columns = USUAL as Profile['columns'], byName = null, at } = own.get(body) ?? {}
      return [body, { body, version, columns, by: byName, at: at?.toISOString() ?? null }]
    }),
  )
}

export async function profileOf(tx: Tx, body: string): Promise<Profile> {
  const profile = (await profilesOf(tx, [body])).get(body)
  if (profile === undefined) throw new Error('every body has columns')
  return profile
}

/**
 * Gives a body other columns (更换回传模板): a new version; what went up before keeps the old one.
 * @throws Fault 'forbidden' | 'exchange.column_missing' | 'exchange.column_twice'
 */
export async function setProfile(tx: Tx, input: { body: string; columns: Columns }, by: Actor): Promise<Profile> {
  if (!CHANGERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  const { body, columns } = input
  if (!columns.some(({ field }) => field === 'cityNumber'))
    throw new Fault('exchange.column_missing', { field: RETURN_FIELD.cityNumber })
  for (const [i, { field, header }] of columns.entries())
    if (columns.slice(0, i).some((other) => other.field === field || other.header === header))
      throw new Fault('exchange.column_twice', { field: RETURN_FIELD[field], header })
  await insertProfile(tx, { body, columns: [...columns], byName: by.name, at: by.at })
  return profileOf(tx, body)
}
