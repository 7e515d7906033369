import type {
  EnterpriseId,
  FinancingBy,
  FinancingId,
  FinancingProduct,
  FinancingState,
  MeetingId,
  NewFinancing,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface FinancingFilter {
  readonly id?: FinancingId | undefined
  readonly state?: FinancingState | undefined
  readonly product?: string | undefined
  readonly meeting?: MeetingId | undefined
  readonly enterprise?: EnterpriseId | undefined
}
export interface FinancingRow {
  readonly id: FinancingId
  readonly enterprise: { readonly id: EnterpriseId; readonly name: string }
  readonly partner: string
  readonly product: FinancingProduct
  readonly state: FinancingState
  readonly intendedFen: number
  readonly approvedFen: number | null
  readonly lentFen: number | null
  readonly expected: { readonly from: string; readonly to: string; readonly words: string | null } | null
  readonly meeting: { readonly id: MeetingId; readonly title: string; readonly on: string } | null
  readonly events: readonly {
    readonly state: FinancingState
    readonly on: string
    readonly fen: number | null
    readonly note: string | null
    readonly by: string
  }[]
}
const FILTERED = {
  id: (id) => sql`f.id = ${id}`,
  state: (state) => sql`f.state = ${state}`,
  product: (product) => sql`f.product = ${product}`,
  meeting: (meeting) => sql`f.meeting_id = ${meeting}`,
  enterprise: (enterprise) => sql`f.enterprise_id = ${enterprise}`,
} as const satisfies Record<keyof FinancingFilter, (value: string) => RawBuilder<unknown>>
function conditionsOf(tx: Tx, filter: FinancingFilter) {
  const own = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : FILTERED[name as keyof FinancingFilter](value),
  )
  return sql.join([sql`f.tenant_id = ${tx.tenant}`, ...own], sql` and `)
}
const JOINED = sql`financing f join liaison_target t on t.tenant_id = f.tenant_id and t.id = f.enterprise_id
    join financing_product p on p.tenant_id = f.tenant_id and p.code = f.product
    left join meeting m on m.tenant_id = f.tenant_id and m.id = f.meeting_id`

/** Financings with their events, the latest intent first. */
export const listFinancings = (tx: Tx, filter: FinancingFilter) =>
  tx.run<FinancingRow>(sql`
    select f.id, jsonb_build_object('id', t.id, 'name', t.name) as enterprise, f.partner, jsonb_build_object('code', p.code, 'label', p.label) as product,
      f.state, f.intended_fen, f.approved_fen, f.lent_fen,
      case when f.expected_from is not null then jsonb_build_object('from', f.expected_from, 'to', f.expected_to, 'words', f.expected_words) end as expected,
      case when m.id is not null then jsonb_build_object('id', m.id, 'title', m.title, 'on', m.on_day) end as meeting,
      (select jsonb_agg(jsonb_build_object('state', e.state, 'on', e.on_day, 'fen', e.fen, 'note', e.note, 'by', e.by_name) order by e.seq)
        from financing_event e where e.tenant_id = f.tenant_id and e.financing_id = f.id) as events
    from ${JOINED} where ${conditionsOf(tx, filter)} order by f.on_day desc, f.id desc limit 500`)

/** How many there are, also those that are not listed. */
export const countFinancings = async (tx: Tx, filter: FinancingFilter) =>
  (await tx.run<{ rows: number }>(sql`select count(*) as rows from financing f where ${conditionsOf(tx, filter)}`))[0]
    ?.rows ?? 0

const GROUP: Readonly<Record<FinancingBy, readonly [key: RawBuilder<unknown>, label: RawBuilder<unknown>]>> = {
  state: [sql`f.state`, sql`f.state`],
  product: [sql`f.product`, sql`min(p.label)`],
  meeting: [sql`f.meeting_id::text`, sql`min(m.on_day) || ' ' || min(m.title)`],
}
export interface FinancingSum {
  readonly key: string
  readonly label: string
  readonly rows: number
  readonly enterprises: number
  readonly intendedFen: number
  readonly approvedFen: number
  readonly lentFen: number
}
/** How many, of how many distinct enterprises, and how much; what came from no meeting is under no meeting. */
export const sumFinancings = (tx: Tx, by: FinancingBy, filter: FinancingFilter) => {
  const [key, label] = GROUP[by]
  const some = by === 'meeting' ? sql` and f.meeting_id is not null` : sql``
  return tx.run<FinancingSum>(sql`
    select ${key} as key, ${label} as label, count(*) as rows, count(distinct f.enterprise_id) as enterprises, sum(f.intended_fen) as intended_fen,
      coalesce(sum(f.approved_fen), 0) as approved_fen, coalesce(sum(f.lent_fen), 0) as lent_fen
    from ${JOINED} where ${conditionsOf(tx, filter)}${some} group by ${key} order by 5 desc, 1 limit 500`)
}

export const insertFinancing = (tx: Tx, id: FinancingId, given: NewFinancing) =>
  tx.run(sql`
    insert into financing (tenant_id, id, enterprise_id, partner, product, meeting_id, state, on_day, intended_fen, expected_from, expected_to, expected_words)
    values (${tx.tenant}, ${id}, ${given.enterpriseId}, ${given.partner}, ${given.product}, ${given.meetingId ?? null}, 'intent', ${given.on},
      ${given.intendedFen}, ${given.expected?.from ?? null}, ${given.expected?.to ?? null}, ${given.expected?.words ?? null})`)

interface Step {
  readonly state: FinancingState
  readonly on: string
  readonly fen?: number | undefined
  readonly note?: string | undefined
}
export const insertEvent = (tx: Tx, id: FinancingId, { state, on, fen, note }: Step, by: Actor) =>
  tx.run(sql`
    insert into financing_event (tenant_id, financing_id, seq, state, on_day, fen, note, by_name, at)
    select ${tx.tenant}, ${id}, count(*) + 1, ${state}, ${on}, ${fen ?? null}::bigint, ${note ?? null}, ${by.name}, ${by.at}
    from financing_event where tenant_id = ${tx.tenant} and financing_id = ${id}`)

/** Holds a financing until the transaction ends: its steps are taken one after the other. */
export const lockFinancing = (tx: Tx, id: FinancingId) =>
  tx.run(sql`select 1 from financing where tenant_id = ${tx.tenant} and id = ${id} for update`)

export const setFinancing = (
  tx: Tx,
  id: FinancingId,
  { state, fen, expected }: Step & { readonly expected?: NewFinancing['expected'] },
) =>
  tx.run(sql`
    update financing set state = ${state},
      approved_fen = ${state === 'approval' ? (fen ?? null) : sql`coalesce(approved_fen, ${state === 'lent' ? (fen ?? null) : null}::bigint)`},
      lent_fen = ${state === 'lent' ? (fen ?? null) : sql`lent_fen`}
      ${expected === undefined ? sql`` : sql`, expected_from = ${expected.from}, expected_to = ${expected.to}, expected_words = ${expected.words ?? null}`}
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const listProducts = (tx: Tx) =>
  tx.run<FinancingProduct>(sql`
    select code, label from financing_product where tenant_id = ${tx.tenant} order by label, code limit 200`)
/** @returns false where the code is in use */
export const insertProduct = async (tx: Tx, { code, label }: FinancingProduct, by: Actor) =>
  (
    await tx.run(sql`
    insert into financing_product (tenant_id, code, label, by_name, at) values (${tx.tenant}, ${code}, ${label}, ${by.name}, ${by.at})
    on conflict do nothing returning 1 as one`)
  ).length > 0
