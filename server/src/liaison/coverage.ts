import {
  idsOf,
  LIAISON_TARGET_KIND,
  type LiaisonCoverage,
  type LiaisonTargetKind,
  type PersonId,
} from '@banjie/contract'
import type { BondRow } from './bond.sql.ts'
import type { TargetRow } from './target.sql.ts'

type Counts = LiaisonCoverage['targets']
type Covered = Pick<TargetRow, 'id' | 'name' | 'kind' | 'visits'>
type Bond = Pick<BondRow, 'target' | 'person' | 'role' | 'from' | 'servedTo'>

/** How many of each kind. */
const byKind = (of: readonly { readonly kind: LiaisonTargetKind }[]): Counts =>
  Object.fromEntries(
    idsOf(LIAISON_TARGET_KIND).map((kind) => [kind, of.filter((one) => one.kind === kind).length]),
  ) as Counts

/**
 * Coverage (包保覆盖) on a day: a target is covered by its main liaison of that day and by nothing else; whoever was bound before, or will be
 * after, or has left their post, does not count.
 * @param targets those in the register on that day
 */
export function coverageOn(
  targets: readonly Covered[],
  bonds: readonly Bond[],
  on: string,
  postOf: ReadonlyMap<PersonId, string | null>,
): LiaisonCoverage {
  const known = new Set(targets.map(({ id }) => id))
  const current = bonds.filter(
    ({ target, from, servedTo }) => known.has(target.id) && from <= on && (servedTo === null || servedTo >= on),
  )
  const mains = current.filter(({ role }) => role === 'main')
  const covered = new Set(mains.map(({ target }) => target.id))
  const rows = [...Map.groupBy(current, ({ person }) => person.id).values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    return {
      ...{ person: first.person, post: postOf.get(first.person.id) ?? null },
      main: byKind(own.filter(({ role }) => role === 'main').map(({ target }) => target)),
      assisting: own.filter(({ role }) => role === 'assisting').length,
    }
  })
  return {
    ...{ on, leaders: rows.length, rows, targets: byKind(targets) },
    covered: byKind(targets.filter(({ id }) => covered.has(id))),
    contacted: byKind(targets.filter(({ visits }) => visits > 0)),
    uncovered: targets.filter(({ id }) => !covered.has(id)).map(({ id, name, kind }) => ({ id, name, kind })),
  }
}
