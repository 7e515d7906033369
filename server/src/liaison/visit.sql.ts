import type {
  BlobId,
  CaseId,
  LiaisonTargetId,
  LiaisonTargetKind,
  NewVisit,
  PersonId,
  UnitId,
  VisitBlock,
  VisitCounts,
  VisitId,
  VisitKind,
  VisitProblemState,
  VisitPurpose,
  VisitRole,
  VisitRoleRow,
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
  readonly role?: VisitRole | undefined
  readonly block?: VisitBlock | undefined
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
  readonly services: string | null
  readonly roles: VisitRole[]
  readonly attachments: { id: BlobId; name: string; mediaType: string }[]
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
/** Who asks, and when: sees cases by sight, those of a visit on which they were, and those of a target to which they are bound. */
export interface Asker {
  readonly sight: ReturnType<typeof sightOf>
  readonly person: PersonId | null
  readonly today: string
}
const SHOWN = 300

const hasCases = sql`exists (select from visit_case x where x.tenant_id = v.tenant_id and x.visit_id = v.id)`
/** What makes an officer what on a visit (四员): what the record says was done, or the word it was tagged with. Whoever went kept contact. */
const PLAYED = {
  service: sql`(v.services is not null or '服务员' = any(v.tags))`,
  contact: sql`true`,
  information: sql`(v.policies is not null or v.facts is not null or '信息员' = any(v.tags))`,
  coordination: sql`(v.purpose = 'coordinate' or ${hasCases} or '协调员' = any(v.tags))`,
} as const satisfies Record<VisitRole, unknown>
/** What a visit brought or took along (四项). */
const BROUGHT = {
  policies: sql`v.policies is not null`,
  facts: sql`v.facts is not null`,
  problems: hasCases,
  wishes: sql`v.wishes is not null`,
} as const satisfies Record<VisitBlock, unknown>

function conditionsOf(tx: Tx, filter: VisitFilter) {
  const { id, ids, target, targetKind, person, kind, tag, role, block, from, to } = filter
  const conditions: RawBuilder<unknown>[] = [sql`v.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`v.id = ${id}`)
  if (ids !== undefined) conditions.push(sql`v.id = any(${[...ids]}::uuid[])`)
  if (target !== undefined) conditions.push(sql`v.target_id = ${target}`)
  if (targetKind !== undefined) conditions.push(sql`t.kind = ${targetKind}`)
  if (kind !== undefined) conditions.push(sql`v.kind = ${kind}`)
  if (tag) conditions.push(sql`${tag} = any(v.tags)`)
  if (role !== undefined) conditions.push(PLAYED[role])
  if (block !== undefined) conditions.push(BROUGHT[block])
  if (from !== undefined) conditions.push(sql`v.on_day >= ${from}`)
  if (to !== undefined) conditions.push(sql`v.on_day <= ${to}`)
  if (person !== undefined)
    conditions.push(
      sql`exists (select from visit_official o where o.tenant_id = v.tenant_id and o.visit_id = v.id and o.person_id = ${person})`,
    )
  return sql.join(conditions, sql` and `)
}
/** Whoever went, wrote it down, or answers for the target now: a successor follows what was raised before them. */
const follows = ({
  person,
  today,
}: Pick<Asker, 'person' | 'today'>) => sql`(v.by_person = ${person}::uuid or exists (select from visit_official o
    where o.tenant_id = v.tenant_id and o.visit_id = v.id and o.person_id = ${person}::uuid)
  or exists (select from liaison l where l.tenant_id = v.tenant_id and l.target_id = v.target_id and l.person_id = ${person}::uuid
    and l.valid_from <= ${today} and (l.valid_to is null or l.valid_to >= ${today})))`

/** Visits, newest first, with who went and the cases each is about, as far as the caller sees them; those that are named, or the first few. */
export const listVisits = (tx: Tx, filter: VisitFilter, asker: Asker) => {
  const { sight } = asker
  // Which visit to its target each is, is counted once a target: counted once a visit, a target with a long history would be read over and over.
  return tx.run<VisitRow>(sql`
    with chosen as materialized (
      select v.* from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
      where ${conditionsOf(tx, filter)} order by v.on_day desc, v.id desc limit ${filter.ids?.length ?? SHOWN}
    ), numbered as (
      select e.id, row_number() over (partition by e.target_id order by e.on_day, e.id) as ordinal from visit e
      where e.tenant_id = ${tx.tenant} and e.target_id in (select target_id from chosen)
    )
    select v.id, jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target, v.kind, v.on_day as on, v.purpose, v.place, v.present, v.note,
      v.policies, v.facts, v.wishes, v.services, v.quote, v.may_quote, v.tags, v.by_person, v.by_name as by, v.recorded_at,
      array_remove(array[case when ${PLAYED.service} then 'service' end, 'contact', case when ${PLAYED.information} then 'information' end,
        case when ${PLAYED.coordination} then 'coordination' end], null) as roles,
      (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'mediaType', b.media_type) order by b.id), '[]')
        from blob b where b.tenant_id = v.tenant_id and b.attached_kind = 'visit' and b.attached_id = v.id) as attachments,
      numbered.ordinal,
      (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by o.position)
        from visit_official o join person p on p.tenant_id = o.tenant_id and p.id = o.person_id
        where o.tenant_id = v.tenant_id and o.visit_id = v.id) as officials,
      (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title, 'type', c.type, 'stage', c.stage,
          'closed', c.closed_at is not null, 'aspect', vc.aspect, 'raised', vc.raised, 'mayOpen', ${visible(sight, tx.tenant)},
          'ordinal', (select count(*) from visit_case ec join visit e on e.tenant_id = ec.tenant_id and e.id = ec.visit_id
            where ec.tenant_id = vc.tenant_id and ec.case_id = vc.case_id and (e.on_day, e.id) <= (v.on_day, v.id))) order by c.number), '[]')
        from visit_case vc join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
        where vc.tenant_id = v.tenant_id and vc.visit_id = v.id and (${visible(sight, tx.tenant)} or ${follows(asker)})) as cases
    from chosen v join numbered on numbered.id = v.id join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    order by v.on_day desc, v.id desc`)
}

/** Whether a case `c` has been looked into after its answer, by a visit of this kind. */
const verified = (
  by: RawBuilder<unknown>,
) => sql`exists (select from visit_case vc join visit v on v.tenant_id = vc.tenant_id and v.id = vc.visit_id
    where vc.tenant_id = c.tenant_id and vc.case_id = c.id and ${by}
      and v.recorded_at > c.answered_at and v.on_day >= (c.answered_at at time zone interval '8 hours')::date)`

/**
 * Of some cases, those that were raised on a visit and have not been looked into since their answer (未核实): no visit to see the finish, no call,
 * no call-back that reached anybody.
 */
export const listUnverified = (tx: Tx, cases: readonly CaseId[]) =>
  tx.run<{ number: string }>(sql`
    select c.number from "case" c where c.tenant_id = ${tx.tenant} and c.id = any(${[...cases]}::uuid[])
      and exists (select from visit_case r where r.tenant_id = c.tenant_id and r.case_id = c.id and r.raised)
      and not ${verified(sql`(v.purpose = 'verify' or v.kind = 'phone')`)}
      and not exists (select from case_event e where e.tenant_id = c.tenant_id and e.case_id = c.id and e.round = c.round
        and e.action = 'callBack' and (e.input ->> 'reached')::boolean and e.at >= c.answered_at)
    order by c.number`)

/**
 * What a problem `c` that was raised on a visit has come to. Advanced (推进解决): answered as solved or partly solved, or not closed and with progress
 * on record in its round. Being signed for, or explained away, advances nothing.
 */
const IS_PROBLEM = {
  solved: sql`(c.closed_at is not null and c.outcome = 'solved')`,
  advanced: sql`(coalesce(c.answered_at, c.closed_at) is not null and c.outcome in ('solved', 'partly')
    or c.closed_at is null and exists (select from case_event e where e.tenant_id = c.tenant_id and e.case_id = c.id and e.round = c.round
      and e.action in ('reportProgress', 'survey', 'coordinate')))`,
} as const satisfies Record<VisitProblemState, unknown>

export interface VisitProblemRow {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly target: Pick<TargetRow, 'id' | 'name' | 'kind'>
  readonly on: string
  readonly aspect: string | null
  readonly leadUnit: { readonly id: UnitId; readonly name: string } | null
  readonly solved: boolean
  readonly advanced: boolean
  readonly mayOpen: boolean
  readonly total: number
}
/** The problems that were raised on some visits, as far as the caller follows them: the rows behind the figures of the same filter. */
export const listRaised = (tx: Tx, filter: VisitFilter, state: VisitProblemState | undefined, asker: Asker) =>
  tx.run<VisitProblemRow>(sql`
    select c.id, c.number, c.title, c.type, c.stage, jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target, v.on_day as on, vc.aspect,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as lead_unit,
      coalesce(${IS_PROBLEM.solved}, false) as solved, coalesce(${IS_PROBLEM.advanced}, false) as advanced,
      ${visible(asker.sight, tx.tenant)} as may_open, count(*) over () as total
    from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    join visit_case vc on vc.tenant_id = v.tenant_id and vc.visit_id = v.id and vc.raised
    join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    where ${conditionsOf(tx, filter)} and (${visible(asker.sight, tx.tenant)} or ${follows(asker)})
      and ${state === undefined ? sql`true` : IS_PROBLEM[state]}
    order by v.on_day desc, c.number desc limit ${SHOWN}`)

/** Each visit once, each official on it, each target once; what was raised and what of it is solved. */
export const countVisits = async (tx: Tx, filter: VisitFilter, asker: Asker): Promise<VisitCounts> => {
  const { sight } = asker
  const [counts] = await tx.run<VisitCounts>(sql`
    with chosen as (
      select v.* from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id where ${conditionsOf(tx, filter)}
    ), raised as (
      select vc.case_id, vc.aspect, ${IS_PROBLEM.solved} as solved, ${IS_PROBLEM.advanced} as advanced,
        c.closed_at is not null and c.answered_at is not null as closed, ${verified(sql`v.kind = 'onSite' and v.purpose = 'verify'`)} as verified
      from chosen v join visit_case vc on vc.tenant_id = v.tenant_id and vc.visit_id = v.id and vc.raised
      join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
      where (${visible(sight, tx.tenant)} or ${follows(asker)})
    )
    select count(*) as visits, count(distinct target_id) as targets,
      (select count(*) from visit_official o where o.tenant_id = ${tx.tenant} and o.visit_id in (select id from chosen)) as person_times,
      jsonb_build_object('onSite', count(*) filter (where kind = 'onSite'), 'phone', count(*) filter (where kind = 'phone'),
        'online', count(*) filter (where kind = 'online'), 'activity', count(*) filter (where kind = 'activity')) as by_kind,
      (select count(*) from raised) as problems, (select count(*) from raised where solved) as solved,
      (select count(*) from raised where advanced) as advanced,
      (select coalesce(jsonb_agg(jsonb_build_object('aspect', aspect, 'problems', n) order by n desc, aspect), '[]')
        from (select aspect, count(*) as n from raised group by aspect) a) as by_aspect,
      (select count(*) from raised where closed) as closed, (select count(*) from raised where closed and verified) as verified_on_site,
      (select count(*) from visit_case x where x.tenant_id = ${tx.tenant} and x.case_id in (select case_id from raised where closed)) as closing_visits
    from chosen`)
  if (counts === undefined) throw new Error('an aggregate without a row')
  return counts
}

/** Whether a case came up on visits to a target that this person follows. */
export const isFollowed = async (
  tx: Tx,
  target: LiaisonTargetId,
  kase: CaseId,
  asker: Pick<Asker, 'person' | 'today'>,
): Promise<boolean> =>
  (
    await tx.run(sql`
    select 1 from visit v join visit_case vc on vc.tenant_id = v.tenant_id and vc.visit_id = v.id
    where v.tenant_id = ${tx.tenant} and v.target_id = ${target} and vc.case_id = ${kase} and ${follows(asker)} limit 1`)
  ).length > 0

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
  visit: Omit<NewVisit, 'officials' | 'caseIds' | 'problems' | 'verdicts' | 'attachmentIds'> & {
    readonly fingerprint: string
  },
  by: Actor,
) =>
  (
    await tx.run(sql`
    insert into visit (tenant_id, id, client_id, fingerprint, target_id, kind, on_day, purpose, place, present, note, policies, facts, wishes, services, quote,
      may_quote, tags, by_person, by_name, recorded_at)
    values (${tx.tenant}, ${id}, ${visit.clientId}, ${visit.fingerprint}, ${visit.targetId}, ${visit.kind}, ${visit.on}, ${visit.purpose},
      ${visit.place ?? null}, ${visit.present ?? null}, ${visit.note ?? null}, ${visit.policies ?? null}, ${visit.facts ?? null}, ${visit.wishes ?? null},
      ${visit.services ?? null}, ${visit.quote ?? null}, ${visit.mayQuote}, ${[...new Set(visit.tags)]}::text[], ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, client_id) do nothing returning 1`)
  ).length > 0

/** Holds a visit until the transaction ends. @returns its words, who wrote it down and what was raised on it */
export const lockVisit = async (tx: Tx, id: VisitId) =>
  (
    await tx.run<{ on: string; tags: string[]; byPerson: PersonId | null; byName: string; raised: CaseId[] }>(sql`
    select v.on_day as on, v.tags, v.by_person, v.by_name,
      array(select vc.case_id::text from visit_case vc where vc.tenant_id = v.tenant_id and vc.visit_id = v.id and vc.raised) as raised
    from visit v where v.tenant_id = ${tx.tenant} and v.id = ${id} for update`)
  )[0]
export const saveTags = (tx: Tx, id: VisitId, tags: readonly string[]) =>
  tx.run(sql`update visit set tags = ${[...tags]}::text[] where tenant_id = ${tx.tenant} and id = ${id}`)

/** A target's first visit may be one that is entered late. */
export const markVisited = (tx: Tx, target: LiaisonTargetId, on: string) =>
  tx.run(sql`
    update liaison_target set visited_on = ${on} where tenant_id = ${tx.tenant} and id = ${target} and (visited_on is null or visited_on > ${on})`)

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

/**
 * The visits of some days as contacts (接触), of one target or of all: a fragment for a query of the contact calendar. The units are those of the
 * people who went, by the post they held then; a telephone or online visit is a call.
 */
export const visitContacts = (
  tx: Tx,
  { target, from, to }: { readonly target: LiaisonTargetId | undefined; readonly from: string; readonly to: string },
): RawBuilder<unknown> => sql`(
    select v.tenant_id, v.id, v.target_id, v.on_day,
      (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'kind', case when v.kind in ('phone', 'online') then 'call' else 'visit' end,
          'purpose', v.purpose, 'statutory', false, 'basis', null) order by u.name), '[]')
        from (select distinct unit.id, unit.name from visit_official o
          join lateral (select post.unit_id from post where post.tenant_id = o.tenant_id and post.person_id = o.person_id
            and (post.valid_to is null or post.valid_to >= v.on_day) order by post.valid_from > v.on_day, post.valid_from desc limit 1) held on true
          join unit on unit.tenant_id = o.tenant_id and unit.id = held.unit_id
          where o.tenant_id = v.tenant_id and o.visit_id = v.id) u) as units
    from visit v where v.tenant_id = ${tx.tenant} and ${target === undefined ? sql`true` : sql`v.target_id = ${target}`}
      and v.on_day between ${from} and ${to})`
/** What each officer was and brought (四员四项), most visits first. The figures are those that the list of visits gives for the same filter. */
export const listRoles = (tx: Tx, filter: VisitFilter, people: readonly PersonId[] | undefined) =>
  tx.run<VisitRoleRow>(sql`
    select jsonb_build_object('id', p.id, 'name', p.name) as person, count(*) as visits,
      count(*) filter (where ${PLAYED.service}) as service, count(*) filter (where ${PLAYED.contact}) as contact,
      count(*) filter (where ${PLAYED.information}) as information, count(*) filter (where ${PLAYED.coordination}) as coordination,
      count(*) filter (where ${BROUGHT.policies}) as policies, count(*) filter (where ${BROUGHT.facts}) as facts,
      count(*) filter (where ${BROUGHT.problems}) as problems, count(*) filter (where ${BROUGHT.wishes}) as wishes
    from visit v join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    join visit_official o on o.tenant_id = v.tenant_id and o.visit_id = v.id
    join person p on p.tenant_id = o.tenant_id and p.id = o.person_id
    where ${conditionsOf(tx, filter)} and (${people === undefined} or p.id = any(${[...(people ?? [])]}::uuid[]))
    group by p.id, p.name, p.code order by visits desc, p.code limit 1000`)

/** A file of a visit (走访附件). */
export const findVisitFile = async (tx: Tx, id: VisitId, blob: BlobId) =>
  (
    await tx.run<{ sha256: string; name: string; mediaType: string }>(sql`
      select sha256, name, media_type from blob where tenant_id = ${tx.tenant} and id = ${blob} and attached_kind = 'visit' and attached_id = ${id}`)
  )[0]
