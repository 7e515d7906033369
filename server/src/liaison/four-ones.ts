import {
  FOUR_ONES,
  type FourOnes,
  type FourOnesQuota,
  type FourOnesSheet,
  idsOf,
  type NewFourOnesQuota,
  type QuotaId,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { insertQuota, type LinkRow, listLinks, listOwners, listQuotas, type OwnerRow } from './four-ones.sql.ts'
import { mayKeep, refuseUnlessKeeper } from './keeper.ts'

const ONES = idsOf(FOUR_ONES)
type Quotas = Readonly<Record<FourOnes, number>>
interface Owner {
  readonly person: OwnerRow['person'] | null
  readonly unit: OwnerRow['unit'] | null
  readonly links: readonly LinkRow[]
}

/** Which of the four a link is: a project by its stage, an enterprise by being one. */
const oneOf = ({ target, pipeline }: LinkRow): FourOnes | undefined => {
  if (target.kind === 'enterprise') return 'linked'
  return pipeline === 'landed' ? 'served' : (pipeline ?? undefined)
}

/** What an owner has of each of the four (四个一), each target once, and what is short of the quota. */
export function shareOf(links: readonly LinkRow[], quotas: Quotas) {
  const of = (one: FourOnes) => {
    const targets = new Map(
      links.filter((link) => oneOf(link) === one).map(({ target }) => [target.id, target] as const),
    )
    return { quota: quotas[one], targets: [...targets.values()], short: Math.max(0, quotas[one] - targets.size) }
  }
  const ones = { planned: of('planned'), negotiated: of('negotiated'), served: of('served'), linked: of('linked') }
  return { ...ones, short: ONES.reduce((sum, one) => sum + ones[one].short, 0) }
}

/** The sheet of the four ones (四个一) on a day, by the version of the quotas that was in force then; whoever is short comes first. */
export async function fourOnesOn(tx: Tx, on: string, by: Actor): Promise<FourOnesSheet> {
  const versions = await listQuotas(tx)
  const quota = versions.find(({ validFrom }) => validFrom <= on) ?? null
  const owners = quota === null ? [] : ownersOf(quota, await listOwners(tx, on), await listLinks(tx, on))
  const rows = owners
    .map(({ person, unit, links }) => ({ person, unit, ...shareOf(links, quota ?? NOTHING) }))
    .sort((a, b) => b.short - a.short)
  return { on, quota, versions, rows, gaps: rows.filter(({ short }) => short > 0).length, mayKeep: mayKeep(by) }
}
const NOTHING: Quotas = { planned: 0, negotiated: 0, served: 0, linked: 0 }

function ownersOf(
  { owner }: Pick<FourOnesQuota, 'owner'>,
  rows: readonly OwnerRow[],
  links: readonly LinkRow[],
): Owner[] {
  const groups = Map.groupBy(rows, ({ person, unit }) => (owner === 'person' ? person.id : unit.id))
  return [...groups.values()].flatMap(([first]) => {
    if (first === undefined) return []
    const { person, unit } = first
    return owner === 'person'
      ? { person, unit, links: links.filter(({ personId }) => personId === person.id) }
      : { person: null, unit, links: links.filter(({ units }) => units.includes(unit.id)) }
  })
}

/**
 * Puts up a version of the quotas (发布定额); days before its first are judged by the version before.
 * @throws Fault 'forbidden' | 'fourOnes.nothing' | 'fourOnes.later'
 */
export async function putQuota(tx: Tx, input: NewFourOnesQuota, by: Actor): Promise<FourOnesQuota> {
  refuseUnlessKeeper(by)
  if (ONES.every((one) => input[one] === 0)) throw new Fault('fourOnes.nothing')
  const [latest] = await listQuotas(tx)
  if (latest !== undefined && input.validFrom <= latest.validFrom)
    throw new Fault('fourOnes.later', { day: latest.validFrom })
  const quota = { ...input, id: newId<QuotaId>(), version: (latest?.version ?? 0) + 1 }
  if (!(await insertQuota(tx, quota, by))) throw new Fault('fourOnes.later', { day: input.validFrom })
  const note = `第${quota.version}版 自${quota.validFrom}：${quota.basis}`
  await audit(tx, by, { action: 'newFourOnesQuota', objectKind: 'fourOnesQuota', objectId: quota.id, note })
  return { ...quota, by: by.name }
}
