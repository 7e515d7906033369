import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { CaseClock, CaseEvent, CaseState } from './state.ts'

/** Contact data of a case (诉求人): the only place where they lie. */
export interface PartyRow {
  readonly id: string
  readonly caseId: CaseId
  readonly kind: string
  readonly name: string | null
  readonly phone: string | null
  readonly uscc: string | null
  /** The text as it was said, where personal data were masked out of the case. */
  readonly said: string | null
  readonly createdAt: Date
  /** Who speaks for the person (代办人): both are recorded. */
  readonly proxyName: string | null
  readonly proxyPhone: string | null
  readonly proxyRelation: string | null
  readonly email: string | null
  readonly webhookUrl: string | null
  /** Asker (诉求人) or follower (关注人): whoever is called, answered and counted is the asker. */
  readonly role: 'asker' | 'follower'
}
export interface SearchRow {
  readonly caseId: CaseId
  readonly receivedAt: Date
  readonly grams: readonly string[]
}
/** Everything that changes in one commit. */
export interface Change {
  readonly cases: readonly CaseState[]
  readonly events: readonly CaseEvent[]
  readonly clocks: readonly CaseClock[]
  readonly parties?: readonly PartyRow[]
  readonly searches?: readonly SearchRow[]
}

const STATE_COLUMNS = [
  ...[
    'stage',
    'round',
    'version',
    'title',
    'summary',
    'category',
    'class',
    'urgency',
    'division_code',
    'lead_unit_id',
    'assisting_unit_ids',
  ],
  ...[
    'holder_unit_id',
    'handler_id',
    'author_id',
    'answer',
    'outcome',
    'promised_on',
    'decline_reason',
    'satisfied',
    'solved',
    'grade',
  ],
  ...[
    'reach_tries',
    'urged',
    'accepted_at',
    'dispatched_at',
    'signed_at',
    'contacted_at',
    'answered_at',
    'called_back_at',
    'closed_at',
  ],
  ...['due_kind', 'due_at', 'yellow_at', 'facts', 'updated_at'],
  ...['problem_id', 'stage_before', 'mode', 'paused', 'legacy', 'supervised', 'superior', 'stops', 'extensions'],
  ...['disputes', 'pending', 'ways', 'plan', 'judgement', 'quantities', 'beneficiaries', 'dissatisfied'],
  ...['supplemented', 're_raised', 'broken_promises', 'reach_tried_at', 'published_at'],
]
const CLOCK_COLUMNS = [
  'amount',
  'unit',
  'rule',
  'due_at',
  'yellow_at',
  'provisional',
  'ended_at',
  'state',
  'next_alert_at',
  ...['original_due_at', 'extra', 'stops', 'rung', 'fixed'],
]
const overwrite = (columns: readonly string[]) => columns.map((name) => `${name} = excluded.${name}`).join(', ')

/**
 * Writes a change: cases, events, clocks, rounds, units, parties and search rows in one statement, one round trip, whether it is one case or
 * five hundred. The only writer of these tables.
 *
 * $1 tenant, $2 cases, $3 events, $4 clocks, $5 parties, $6 searches: JSON arrays of rows.
 */
const WRITE = `
with cases as (
  insert into "case" select * from json_populate_recordset(null::"case", $2)
  on conflict (tenant_id, id) do update set ${overwrite(STATE_COLUMNS)}
  returning tenant_id, id, round, lead_unit_id, assisting_unit_ids, answered_at, closed_at, answer, outcome, satisfied, solved, grade, received_at, updated_at, called_back_at
), events as (
  insert into case_event select * from json_populate_recordset(null::case_event, $3)
), clocks as (
  insert into case_clock select * from json_populate_recordset(null::case_clock, $4)
  on conflict (tenant_id, id) do update set ${overwrite(CLOCK_COLUMNS)}
  returning tenant_id, case_id, round, kind, due_at
), rounds as (
  insert into case_round (tenant_id, case_id, round, started_at, lead_unit_id, due_at, answered_at, closed_at, answer, outcome, satisfied, solved, grade,
    called_back_at, recorded_at)
  select tenant_id, id, cases.round, case when cases.round = 1 then least(received_at, updated_at) else updated_at end, lead_unit_id, due_at,
    answered_at, closed_at, answer, outcome, satisfied, solved, grade, called_back_at, updated_at
  from cases left join (
    select case_id, round, max(due_at) as due_at from clocks where kind = 'handle' group by case_id, round
  ) as handling on case_id = id and handling.round = cases.round
  on conflict (tenant_id, case_id, round) do update
    set lead_unit_id = excluded.lead_unit_id, due_at = coalesce(excluded.due_at, case_round.due_at), answered_at = excluded.answered_at,
        closed_at = excluded.closed_at, answer = excluded.answer, outcome = excluded.outcome, satisfied = excluded.satisfied,
        solved = excluded.solved, grade = excluded.grade, called_back_at = excluded.called_back_at
), units as (
  select tenant_id, id as case_id, lead_unit_id as unit_id, 'lead' as role from cases where lead_unit_id is not null
  union all
  select tenant_id, id, unit_id, 'assisting' from cases, unnest(assisting_unit_ids) as unit_id where unit_id is distinct from lead_unit_id
), gone as (
  delete from case_unit using cases
  where case_unit.tenant_id = $1 and case_unit.case_id = cases.id
    and not exists (select from units where units.case_id = case_unit.case_id and units.unit_id = case_unit.unit_id)
), come as (
  insert into case_unit (tenant_id, case_id, unit_id, role) select distinct * from units
  on conflict (tenant_id, case_id, unit_id) do update set role = excluded.role where case_unit.role <> excluded.role
), parties as (
  insert into party select * from json_populate_recordset(null::party, $5)
)
insert into case_search select * from json_populate_recordset(null::case_search, $6)
on conflict (tenant_id, case_id) do update set grams = excluded.grams`

export const write = (tx: Tx, { cases, events, clocks, parties = [], searches = [] }: Change) =>
  tx.hot('case.write', WRITE, [
    tx.tenant,
    ...[cases, events, clocks, parties, searches].map((rows) => rowsOf(tx, rows)),
  ])

/** The statement, for the benchmark that sends it without us. */
export const WRITE_STATEMENT = WRITE

/** Objects as rows: snake case, tenant first. */
const rowsOf = ({ tenant }: Pick<Tx, 'tenant'>, objects: readonly object[]) =>
  JSON.stringify(objects.map((object) => snakeRow(tenant, object)))

const snakes = new Map<string, string>()
function snakeRow(tenant: Tx['tenant'], object: object): Record<string, unknown> {
  const row: Record<string, unknown> = { tenant_id: tenant }
  for (const [name, value] of Object.entries(object)) {
    let column = snakes.get(name)
    if (column === undefined) {
      column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      snakes.set(name, column)
    }
    row[column] = value
  }
  return row
}

/** Cases, locked until the transaction ends, in the order of their ids: two transactions that want the same ones must not deadlock. */
export const lockCases = (tx: Tx, idsOrNumbers: readonly string[]) =>
  tx.hot<CaseState>(
    'case.lock',
    `select * from "case" where tenant_id = $1 and (id = any($2::uuid[]) or number = any($3::text[])) order by id for update`,
    [tx.tenant, idsOrNumbers.filter((key) => UUID.test(key)), idsOrNumbers.filter((key) => !UUID.test(key))],
  )

/** Cases by id or number, not locked, in no order. */
export const listCases = (tx: Tx, idsOrNumbers: readonly string[]) =>
  tx.hot<CaseState>(
    'case.list',
    'select * from "case" where tenant_id = $1 and (id = any($2::uuid[]) or number = any($3::text[]))',
    [tx.tenant, idsOrNumbers.filter((key) => UUID.test(key)), idsOrNumbers.filter((key) => !UUID.test(key))],
  )

export const findCase = async (tx: Tx, idOrNumber: string) =>
  (
    await tx.hot<CaseState>(
      'case.find',
      `select * from "case" where tenant_id = $1 and (${BY_ID_OR_NUMBER})`,
      keys(tx, idOrNumber),
    )
  )[0]

/** The case, not locked. @throws Fault 'case.not_found' */
export async function getCase(tx: Tx, id: CaseId): Promise<CaseState> {
  const kase = await findCase(tx, id)
  if (kase === undefined) throw new Fault('case.not_found')
  return kase
}

const BY_ID_OR_NUMBER = 'id = $2::uuid or number = $3'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const keys = (tx: Tx, key: string) => (UUID.test(key) ? [tx.tenant, key, null] : [tx.tenant, null, key])

/** Clocks of some cases, oldest first. */
export const listClocksOf = (tx: Tx, caseIds: readonly CaseId[]) =>
  tx.hot<CaseClock>(
    'case.clocks_of',
    'select * from case_clock where tenant_id = $1 and case_id = any($2::uuid[]) order by started_at, id',
    [tx.tenant, caseIds],
  )

/** Clocks of a case, oldest first. */
export const listClocks = (tx: Tx, caseId: CaseId) =>
  tx.hot<CaseClock>(
    'case.clocks',
    'select * from case_clock where tenant_id = $1 and case_id = $2 order by started_at, id',
    [tx.tenant, caseId],
  )

export const listEvents = (tx: Tx, caseId: CaseId, after: number, limit: number) =>
  tx.run<CaseEvent & { unitName: string | null }>(sql`
    select e.*, unit.name as unit_name from case_event e left join unit on unit.tenant_id = e.tenant_id and unit.id = e.by_unit
    where e.tenant_id = ${tx.tenant} and e.case_id = ${caseId} and e.seq > ${after} order by e.seq limit ${limit}`)

/**
 * Cases of which a clock's time has come, soonest first, claimed for this transaction; another process skips them. The case is locked and not
 * the clock, as everywhere, so that a sweep and a person cannot deadlock; so the clocks have to be read again under the lock. A case with several
 * such clocks comes several times.
 *
 * Uses index case_clock_alert. `from` keeps it off the entries of clocks that have just fired: they stay in the index until it is vacuumed, and
 * a claim that walks over all of them takes longer with every batch.
 */
export const claimDueCases = (
  tx: Tx,
  alert: { readonly from: Date; readonly to: Date },
  limit: number,
  except: readonly CaseId[],
) =>
  tx.hot<CaseState>(
    'case.claim_due',
    `select c.* from case_clock k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
     where k.tenant_id = $1 and k.next_alert_at between $2 and $3 and k.case_id <> all($5::uuid[])
     order by k.next_alert_at limit $4 for update of c skip locked`,
    [tx.tenant, alert.from, alert.to, limit, except],
  )

/** Cases that belong to a case: owned (tasks, requests, notices, sweeps) and merged into it; oldest first. */
export const listRelated = (tx: Tx, caseId: CaseId) =>
  tx.hot<CaseState>(
    'case.related',
    'select * from "case" where tenant_id = $1 and (parent_id = $2 or problem_id = $2) order by received_at, id',
    [tx.tenant, caseId],
  )

/** The next number of a document series (发文字号): gapless, taken when the document is issued, under the row's lock. */
export const takeDocumentNumber = async (tx: Tx, series: string, year: number) =>
  (
    await tx.run<{ last: number }>(sql`
    insert into document_series (tenant_id, series, year, last) values (${tx.tenant}, ${series}, ${year}, 1)
    on conflict (tenant_id, series, year) do update set last = document_series.last + 1 returning last`)
  )[0]?.last ?? 1

/** Takes a block of serial numbers; gaps are allowed, waiting is not. */
export const leaseNumbers = async (tx: Tx, prefix: string, day: string, size: number) =>
  (
    await tx.run<{ next: number }>(sql`
    insert into number_block (tenant_id, prefix, day, next) values (${tx.tenant}, ${prefix}, ${day}, ${1 + size})
    on conflict (tenant_id, prefix, day) do update set next = number_block.next + ${size} returning next`)
  )[0]?.next ?? 1 + size

/** Cases of a batch that somebody has worked on since. */
export const countTouched = async (tx: Tx, batchId: string) =>
  (
    await tx.run<{ count: number }>(
      sql`select count(*) from "case" where tenant_id = ${tx.tenant} and batch_id = ${batchId} and version > 1`,
    )
  )[0]?.count ?? 0

/** Takes back the cases of an untouched batch with all that belongs to them; the batch's own row keeps the account. @returns how many */
export const dropBatch = async (tx: Tx, batchId: string) =>
  (
    await tx.run<{ count: number }>(sql`
    with gone as (select id from "case" where tenant_id = ${tx.tenant} and batch_id = ${batchId} and version = 1),
      events as (delete from case_event where tenant_id = ${tx.tenant} and case_id in (select id from gone)),
      search as (delete from case_search where tenant_id = ${tx.tenant} and case_id in (select id from gone)),
      cases as (delete from "case" where tenant_id = ${tx.tenant} and id in (select id from gone) returning 1)
    select count(*) from cases`)
  )[0]?.count ?? 0

/** Cases of which a running clock is due on or after an instant, with row locks, by id; `after` pages. */
export const lockDueFrom = (tx: Tx, from: Date, after: string, limit: number) =>
  tx.run<CaseState>(sql`
    select * from "case" where tenant_id = ${tx.tenant} and id > ${after}::uuid and id in (
      select case_id from case_clock where tenant_id = ${tx.tenant} and ended_at is null and due_at >= ${from})
    order by id limit ${limit} for update`)
