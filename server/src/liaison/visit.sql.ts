import type {
  CaseId,
  LiaisonTargetId,
  LiaisonTargetKind,
  NewVisit,
  PersonId,
  VisitCounts,
  VisitId,
  VisitKind,
  VisitPurpose,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import type { NamedPersonRow, TargetRow } from './target.sql.ts'

export interface VisitFilter {
  readonly id?: VisitId | undefined
  readonly ids?: readonly VisitId[] | undefined
  readonly target?: LiaisonTargetId | undefined
  readonly targetKind?: LiaisonTargetKind | undefined
  readonly person?: PersonId | undefined
  readonly kind?: VisitKind | undefined
  readonly tag?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
export interface VisitRow {
  readonly id: VisitId
  readonly target: Pick<TargetRow, 'id' | 'name' | 'kind'>
  readonly ordinal: number
  readonly kind: VisitKind
  readonly on: string
  readonly officials: NamedPersonRow[]
  readonly purpose: VisitPurpose
  readonly place: string | null
  readonly present: string | null
  readonly note: string | null
  readonly policies: string | null
  readonly facts: string | null
  readonly wishes: string | null
  readonly quote: string | null
  readonly mayQuote: boolean
  readonly tags: string[]
  readonly cases: {
    id: CaseId
    number: string
    title: string
    type: string
    stage: string
    closed: boolean
    aspect: string | null
    raised: boolean
    ordinal: number
    mayOpen: boolean
  }[]
  readonly byPerson: PersonId | null
  readonly by: string
  readonly recordedAt: Date
}
/** Who asks: sees cases by sight, and those of a visit on which they were. */
export interface Asker {
  readonly sight: ReturnType<typeof sightOf>
  readonly person: PersonId | null
}
const SHOWN = 300

function conditionsOf(tx: Tx, { id, ids, target, targetKind, person, kind, tag, from, to }: VisitFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`v.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`v.id = ${id}`)
  if (ids !== undefined) conditions.push(sql`v.id = any(${[...ids]}::uuid[])`)
  if (target !== undefined) conditions.push(sql`v.target_id = ${target}`)
  if (targetKind !== undefined) conditions.push(sql`t.kind = ${targetKind}`)
  if (kind !== undefined) conditions.push(sql`v.kind = ${kind}`)
  if (tag) conditions.push(sql`${tag} = any(v.tags)`)
  if (from !== undefined) conditions.push(sql`v.on_day >= ${from}`)
  if (to !== undefined) conditions.push(sql`v.on_day <= ${to}`)
  if (person !== undefined)
    conditions.push(
      sql`exists (select from visit_official o where o.tenant_id = v.tenant_id and o.visit_id = v.id and o.person_id = ${person})`,
    )
  return sql.join(conditions, sql` and `)
}
const wasThere = (person: PersonId | null) => sql`(v.by_person = ${person}::uuid or exists (select from visit_official o
  where o.tenant_id = v.tenant_id and o.visit_id = v.id and o.person_id = ${person}::uuid))`

/** Visits, newest first, with who went and the cases each is about, as far as the caller sees them. */
export const listVisits = (tx: Tx, filter: VisitFilter, { sight, person }: Asker) =>
  tx.run<VisitRow>(sql`
    select v.id, jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target, v.kind, v.on_day as on, v.purpose, v.place, v.present, v.note,
      v.policies, v.facts, v.wishes, v.quote, v.may_quote, v.tags, v.by_person, v.by_name as by, v.recorded_at,
      (select count(*) from visit e where e.tenant_id = v.tenant_id and e.target_id = v.target_id and (e.on_day, e.id) <= (v.on_day, v.id)) as ordinal,
      (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by o.position)
        from visit_official o join person p on p.tenant_id = o.tenant_id and p.id = o.person_id
        where o.tenant_id = v.tenant_id and o.visit_id = v.id) as officials,
      (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title, 'type', c.type, 'stage', c.stage,
          'closed', c.closed_at is not null, 'aspect', vc.aspect, 'raised', vc.raised, 'mayOpen', ${visible(sight, tx.tenant)},
          'ordinal', (select count(*) from visit_case ec join visit e on e.tenant_id = ec.tenant_id and e.id = ec.visit_id
            where ec.tenant_id = vc.tenant_id and ec.case_id = vc.case_id and (e.on_day, e.id) <= (v.on_day, v.id))) order by c.number), '[]')
        from visit_case vc join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
        where vc.tenant_id = v.tenant_id and vc.visit_id = v.id and (${visible(sight, tx.tenant)} or ${wasThere(person)})) as cases
    from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    where ${conditionsOf(tx, filter)} order by v.on_day desc, v.id desc limit ${SHOWN}`)

/** Each visit once, each official on it, each target once; what was raised and what of it is solved. */
export const countVisits = async (tx: Tx, filter: VisitFilter, { sight, person }: Asker): Promise<VisitCounts> => {
  const [counts] = await tx.run<VisitCounts>(sql`
    with chosen as (
      select v.* from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id where ${conditionsOf(tx, filter)}
    ), raised as (
      select vc.aspect, c.closed_at is not null and c.outcome = 'solved' as solved
      from chosen v join visit_case vc on vc.tenant_id = v.tenant_id and vc.visit_id = v.id and vc.raised
      join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
      where (${visible(sight, tx.tenant)} or ${wasThere(person)})
    )
    select count(*) as visits, count(distinct target_id) as targets,
      (select count(*) from visit_official o where o.tenant_id = ${tx.tenant} and o.visit_id in (select id from chosen)) as person_times,
      jsonb_build_object('onSite', count(*) filter (where kind = 'onSite'), 'phone', count(*) filter (where kind = 'phone'),
        'online', count(*) filter (where kind = 'online'), 'activity', count(*) filter (where kind = 'activity')) as by_kind,
      (select count(*) from raised) as problems, (select count(*) from raised where solved) as solved,
      (select coalesce(jsonb_agg(jsonb_build_object('aspect', aspect, 'problems', n) order by n desc, aspect), '[]')
        from (select aspect, count(*) as n from raised group by aspect) a) as by_aspect
    from chosen`)
  if (counts === undefined) throw new Error('an aggregate without a row')
  return counts
}

/** What counts toward duties: the bare visits of some days. */
export const listDeeds = (
  tx: Tx,
  { from, to }: { readonly from: string; readonly to: string },
  targets: readonly LiaisonTargetId[] | undefined,
) =>
  tx.run<{
    id: VisitId
    targetId: LiaisonTargetId
    targetKind: LiaisonTargetKind
    targetName: string
    kind: VisitKind
    on: string
    officials: PersonId[]
    recordedAt: Date
  }>(sql`
    select v.id, v.target_id, t.kind as target_kind, t.name as target_name, v.kind, v.on_day as on, v.recorded_at,
      array(select o.person_id::text from visit_official o where o.tenant_id = v.tenant_id and o.visit_id = v.id order by o.position) as officials
    from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    where v.tenant_id = ${tx.tenant} and v.on_day between ${from} and ${to}
      and (${targets === undefined} or v.target_id = any(${[...(targets ?? [])]}::uuid[]))`)

/** @returns false where the device has sent this visit before; a twin that is being written is waited for */
export const insertVisit = async (
  tx: Tx,
  id: VisitId,
  visit: Omit<NewVisit, 'officials' | 'caseIds' | 'problems'> & { readonly fingerprint: string },
  by: Actor,
) =>
  (
    await tx.run(sql`
    insert into visit (tenant_id, id, client_id, fingerprint, target_id, kind, on_day, purpose, place, present, note, policies, facts, wishes, quote,
      may_quote, tags, by_person, by_name, recorded_at)
    values (${tx.tenant}, ${id}, ${visit.clientId}, ${visit.fingerprint}, ${visit.targetId}, ${visit.kind}, ${visit.on}, ${visit.purpose},
      ${visit.place ?? null}, ${visit.present ?? null}, ${visit.note ?? null}, ${visit.policies ?? null}, ${visit.facts ?? null}, ${visit.wishes ?? null},
      ${visit.quote ?? null}, ${visit.mayQuote}, ${[...new Set(visit.tags)]}::text[], ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, client_id) do nothing returning 1`)
  ).length > 0

export const findByClientId = async (tx: Tx, clientId: string) =>
  (
    await tx.run<{ id: VisitId; fingerprint: string; byPerson: PersonId | null }>(
      sql`select id, fingerprint, by_person from visit where tenant_id = ${tx.tenant} and client_id = ${clientId}`,
    )
  )[0]

export const insertOfficials = (tx: Tx, id: VisitId, people: readonly PersonId[]) =>
  tx.run(sql`
    insert into visit_official (tenant_id, visit_id, person_id, position)
    select ${tx.tenant}, ${id}, person_id, position from unnest(${[...people]}::uuid[]) with ordinality as o (person_id, position)`)

export const insertCases = (
  tx: Tx,
  id: VisitId,
  cases: readonly { readonly id: CaseId; readonly aspect: string | null; readonly raised: boolean }[],
) =>
  tx.run(sql`
    insert into visit_case (tenant_id, visit_id, case_id, aspect, raised)
    select ${tx.tenant}, ${id}, case_id, aspect, raised
    from unnest(${cases.map((one) => one.id)}::uuid[], ${cases.map(({ aspect }) => aspect)}::text[], ${cases.map(({ raised }) => raised)}::boolean[]) as c (case_id, aspect, raised)`)
