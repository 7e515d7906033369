import type {
  ExemptCause,
  ObligationForm,
  ObligationId,
  ObligationKind,
  PeriodState,
  PersonId,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'

/**
 * Holds the ledger's rows of one keeper until the transaction ends, before what they are computed from is read: of two that settle the same rows at
 * once, the second would else write what it read before the first was done. Whoever settles a part goes along with others that settle a part.
 */
export const holdObligations = (tx: Tx, keeper: string, reach: 'part' | 'whole') =>
  tx.run(
    reach === 'whole'
      ? sql`select pg_advisory_xact_lock(${tx.tenant}, hashtext(${`obligation ${keeper}`}))`
      : sql`select pg_advisory_xact_lock_shared(${tx.tenant}, hashtext(${`obligation ${keeper}`}))`,
  )

/** What the module that keeps it says of an obligation; late is nowhere in it, it follows from the dates. */
export interface Owed {
  readonly key: string
  readonly form: Exclude<ObligationForm, 'once'>
  readonly kind: ObligationKind
  readonly title: string
  /** What a duty is toward, or the target. */
  readonly subjectId: string | null
  readonly ruleId: string | null
  readonly leadUnitId: UnitId | null
  readonly unitIds: readonly UnitId[]
  readonly personIds: readonly PersonId[]
  readonly checkUnitId: UnitId | null
  readonly fromDay: string
  readonly dueDay: string
  readonly beginsAt: Date
  readonly dueAt: Date
  readonly yellowAt: Date
  /** When it turns red if nothing more happens. */
  readonly redAt: Date
  readonly done: number
  readonly needed: number
  readonly unitWord: string
  readonly state: 'running' | 'met' | 'exempt'
  readonly cause: ExemptCause | null
}
export interface ObligationRow extends Omit<Owed, 'state'> {
  readonly id: ObligationId
  readonly state: Owed['state'] | 'cleared'
  readonly closedAt: Date | null
  readonly explanation: string | null
  readonly explainedAt: Date | null
  readonly explainedBy: string | null
  readonly clearedAt: Date | null
  readonly clearedBy: string | null
  readonly clearNote: string | null
  readonly rung: number
  readonly supervised: string | null
  readonly nextAlertAt: Date | null
  readonly updatedAt: Date
  readonly leadUnitName: string | null
  readonly checkUnitName: string | null
  readonly owners: { readonly id: PersonId; readonly name: string }[]
}

const SAID = [
  ...['key', 'form', 'kind', 'title', 'subject_id', 'rule_id', 'lead_unit_id', 'unit_ids', 'person_ids'],
  ...['check_unit_id', 'from_day', 'due_day', 'begins_at', 'due_at', 'yellow_at', 'red_at', 'done', 'needed'],
  ...['unit_word', 'state', 'cause'],
] as const
const columns = sql.join(SAID.map((name) => sql.ref(name)))
const ours = sql.join(SAID.map((name) => sql.ref(`obligation.${name}`)))
/** A missed period that was cleared stays so until it turns out to be met after all. */
const STATE = sql`case when obligation.state = 'cleared' and excluded.state = 'running' then 'cleared' else excluded.state end`
const theirs = sql.join(SAID.map((name) => (name === 'state' ? STATE : sql`excluded.${sql.ref(name)}`)))

/**
 * Writes obligations, each once by its key; one that says the same as before is not touched. An open one is armed: its next alert is the day it
 * turns red, or now where that day has passed. Cost: one statement.
 */
export const upsertObligations = (tx: Tx, rows: readonly Owed[], now: Date) =>
  tx.run(sql`
    insert into obligation (tenant_id, id, ${columns}, closed_at, next_alert_at, created_at, updated_at)
    select ${tx.tenant}, r.id, ${sql.join(SAID.map((name) => sql`r.${sql.ref(name)}`))},
      case when r.state = 'running' then null else ${now}::timestamptz end,
      case when r.state = 'running' then greatest(r.red_at, ${now}::timestamptz) end, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows.map(recordOf))}::jsonb) as r (id uuid, key text, form text, kind text, title text, subject_id uuid, rule_id uuid,
      lead_unit_id uuid, unit_ids uuid[], person_ids uuid[], check_unit_id uuid, from_day date, due_day date, begins_at timestamptz,
      due_at timestamptz, yellow_at timestamptz, red_at timestamptz, done numeric, needed numeric, unit_word text, state text, cause text)
    on conflict (tenant_id, key) do update set (${columns}) = row (${theirs}), updated_at = excluded.updated_at,
      closed_at = case when ${STATE} = 'running' then null when obligation.state = ${STATE} then obligation.closed_at else excluded.updated_at end,
      rung = case when excluded.red_at > ${now} then 0 else obligation.rung end,
      next_alert_at = case when ${STATE} <> 'running' then null
        when excluded.red_at > ${now} or obligation.next_alert_at is null then excluded.next_alert_at else obligation.next_alert_at end
    where row (${ours}) is distinct from row (${theirs})`)

const recordOf = (row: Owed) => ({
  ...{ id: newId(), key: row.key, form: row.form, kind: row.kind, title: row.title, subject_id: row.subjectId },
  ...{ rule_id: row.ruleId, lead_unit_id: row.leadUnitId, unit_ids: row.unitIds, person_ids: row.personIds },
  ...{ check_unit_id: row.checkUnitId, from_day: row.fromDay, due_day: row.dueDay, begins_at: row.beginsAt },
  ...{ due_at: row.dueAt, yellow_at: row.yellowAt, red_at: row.redAt, done: row.done, needed: row.needed },
  ...{ unit_word: row.unitWord, state: row.state, cause: row.cause },
})

/** Which of the obligations of a kind somebody keeps. */
export interface Reach {
  readonly kinds: readonly ObligationKind[]
  /** Only of these rules. */
  readonly rules?: readonly string[] | undefined
  /** All of the kind, or those about these subjects and those about none. */
  readonly subjects: readonly string[] | undefined
  /** Days that its periods touch; all where absent. */
  readonly span?: { readonly from: string; readonly to: string } | undefined
}
/** Drops what is owed no more, because what it was owed for is gone: all that lies in reach but has none of the keys. */
export const dropOthers = (tx: Tx, { kinds, rules, subjects, span }: Reach, keys: readonly string[]) =>
  tx.run(sql`
    delete from obligation where tenant_id = ${tx.tenant} and kind = any(${[...kinds]}::text[])
      and (${rules === undefined} or rule_id = any(${[...(rules ?? [])]}::uuid[]))
      and (${subjects === undefined} or subject_id is null or subject_id = any(${[...(subjects ?? [])]}::uuid[]))
      and (${span === undefined} or (due_day >= ${span?.from ?? null}::date and from_day <= ${span?.to ?? null}::date))
      and not exists (select from unnest(${[...keys]}::text[]) as kept (key) where kept.key = obligation.key)`)

/** A row with the names it shows; under lock where it is about to change. */
export const findObligation = async (tx: Tx, id: ObligationId, lock = false) =>
  (
    await tx.run<ObligationRow>(sql`
    select o.*, lead.name as lead_unit_name, k.name as check_unit_name,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.code), '[]') from person p
        where p.tenant_id = o.tenant_id and p.id = any(o.person_ids)) as owners
    from obligation o left join unit lead on lead.tenant_id = o.tenant_id and lead.id = o.lead_unit_id
    left join unit k on k.tenant_id = o.tenant_id and k.id = o.check_unit_id
    where o.tenant_id = ${tx.tenant} and o.id = ${id} ${lock ? sql`for update of o` : sql``}`)
  )[0]

/** Which periods of recurring duties are meant: those that touch some days. */
export interface PeriodFilter {
  readonly from: string
  readonly to: string
  readonly people: readonly PersonId[] | undefined
  readonly target: string | undefined
  readonly state?: PeriodState | undefined
}
/** A period with its state on the day of asking; what was cleared was missed all the same. */
export type PeriodRow = Omit<ObligationRow, 'leadUnitName' | 'checkUnitName' | 'owners'> & {
  readonly periodState: PeriodState
}
const stateAt = (now: Date) => sql`case when o.state = 'cleared' then 'missed' when o.state <> 'running' then o.state
  when o.due_at < ${now} then 'missed' else 'running' end`
/** The longest period is a quarter: what touches a day began no earlier. */
const arePeriods = (tx: Tx, { from, to, people, target }: PeriodFilter) => sql`
  o.tenant_id = ${tx.tenant} and o.kind = 'period' and o.due_day >= ${from} and o.begins_at >= ${`${from}T00:00:00+08:00`}::timestamptz - interval '93 days'
  and o.begins_at <= ${`${to}T00:00:00+08:00`}::timestamptz
  and (${people === undefined} or o.person_ids && ${[...(people ?? [])]}::uuid[])
  and (${target === undefined} or o.subject_id = ${target ?? null}::uuid)`

/** Periods, missed ones first, then those that run; the latest first. */
export const listPeriods = (
  tx: Tx,
  filter: PeriodFilter,
  { now, most }: { readonly now: Date; readonly most: number },
) =>
  tx.run<PeriodRow>(sql`
    select * from (select o.*, ${stateAt(now)} as period_state from obligation o where ${arePeriods(tx, filter)}) p
    where ${filter.state === undefined} or period_state = ${filter.state ?? null}
    order by array_position(array['missed','running','met','exempt'], period_state), due_day desc, title, id limit ${most}`)

/** How many periods are in which state. Cost: the periods of those days once. */
export async function countPeriods(tx: Tx, filter: PeriodFilter, now: Date): Promise<Record<PeriodState, number>> {
  const counted = await tx.run<{ state: PeriodState; count: number }>(sql`
    select ${stateAt(now)} as state, count(*) as count from obligation o where ${arePeriods(tx, filter)} group by 1`)
  return {
    met: 0,
    missed: 0,
    exempt: 0,
    running: 0,
    ...Object.fromEntries(counted.map(({ state, count }) => [state, count])),
  }
}

export const markExplained = (
  tx: Tx,
  id: ObligationId,
  text: string,
  by: { readonly name: string; readonly at: Date },
) =>
  tx.run(sql`
    update obligation set explanation = ${text}, explained_at = ${by.at}, explained_by = ${by.name}, updated_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const markCleared = (tx: Tx, id: ObligationId, note: string, by: { readonly name: string; readonly at: Date }) =>
  tx.run(sql`
    update obligation set state = 'cleared', closed_at = ${by.at}, cleared_at = ${by.at}, cleared_by = ${by.name}, clear_note = ${note},
      next_alert_at = null, updated_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** What an alarm is raised about. */
export interface LateRow {
  readonly id: ObligationId
  readonly title: string
  readonly leadUnitId: UnitId | null
  readonly dueDay: string
  readonly dueAt: Date
  readonly redAt: Date
  readonly rung: number
}
/** Open obligations whose alert is due, locked; what another process holds is left to it. */
export const claimLate = (tx: Tx, now: Date, most: number) =>
  tx.run<LateRow>(sql`
    select id, title, lead_unit_id, due_day, due_at, red_at, rung from obligation
    where tenant_id = ${tx.tenant} and next_alert_at <= ${now} order by next_alert_at, id limit ${most} for update skip locked`)

/** One rung higher, with the colour of the notice that told it and the day of the next. */
export const climb = (
  tx: Tx,
  rows: readonly { readonly id: ObligationId; readonly supervised: string; readonly nextAlertAt: Date }[],
) =>
  tx.run(sql`
    update obligation set rung = rung + 1, supervised = r.supervised, next_alert_at = r.at
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ supervised }) => supervised)}::text[], ${rows.map(({ nextAlertAt }) => nextAlertAt)}::timestamptz[])
      as r (id, supervised, at)
    where tenant_id = ${tx.tenant} and obligation.id = r.id`)

/** Up to which day the obligations of a kind were kept; null before the first time. */
export const lastKept = async (tx: Tx, kind: ObligationKind): Promise<string | null> =>
  (
    await tx.run<{ day: string | null }>(
      sql`select max(from_day) as day from obligation where tenant_id = ${tx.tenant} and kind = ${kind}`,
    )
  )[0]?.day ?? null
