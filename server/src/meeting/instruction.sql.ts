import type {
  BlobId,
  CaseId,
  Confidentiality,
  InstructionId,
  InstructionState,
  NewInstruction,
  PersonId,
  ReplyFormat,
  SourceRank,
  UnitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { type OwedRow, owedCase } from './owed.sql.ts'

export interface InstructionKind {
  readonly code: string
  readonly label: string
  readonly actionable: boolean
}
export interface InstructionRow {
  readonly id: InstructionId
  readonly leader: string
  readonly on: string
  readonly text: string | null
  readonly imageId: BlobId | null
  readonly kind: InstructionKind
  readonly about: {
    readonly kind: 'case' | 'document' | 'free'
    readonly title: string
    readonly number: string | null
  }
  readonly rank: SourceRank
  readonly confidentiality: Confidentiality
  readonly reply: ReplyFormat
  readonly unit: { readonly id: UnitId; readonly name: string } | null
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly dueOn: string | null
  readonly kase: OwedRow | null
  readonly by: string
}
export interface InstructionFilter {
  readonly id?: InstructionId
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const SHOWN = 500

/** What was written on a confidential case is as limited as the case, whatever was ticked. */
const OPEN = sql`(i.confidentiality <> 'limited' and not exists (select from "case" k where k.tenant_id = i.tenant_id and k.id = i.about_case and k.confidential))`

/** Who sees an instruction (alias `i`): the offices all; units what is theirs to carry out, and what is limited only those who act for the unit itself. */
function readable(by: Actor): RawBuilder<unknown> {
  const sight = sightOf(by)
  const isLeader = sql`(i.leader_id is not null and i.leader_id = ${by.personId}::uuid)`
  if (sight.kind === 'all') return sight.confidential ? sql`true` : sql`(${OPEN} or ${isLeader})`
  if (sight.kind === 'units')
    return sql`(${isLeader} or (i.unit_id = any(${[...sight.units]}::uuid[])
      and (${OPEN} or i.unit_id = any(${[...sight.own]}::uuid[]))))`
  return isLeader
}

/** Only what has to be carried out is open or answered. */
const STATE = sql`case when i.case_id is null then 'read' when c.closed_at is null then 'open' else 'answered' end`

function conditionsOf(tx: Tx, { id, from, to }: InstructionFilter, by: Actor): RawBuilder<unknown> {
  return sql`i.tenant_id = ${tx.tenant} and ${readable(by)} and (${id ?? null}::uuid is null or i.id = ${id ?? null})
      and (${from ?? null}::date is null or i.on_day >= ${from ?? null}) and (${to ?? null}::date is null or i.on_day <= ${to ?? null})`
}

/** Instructions that the caller may read, those that are not answered first and the latest before the others, each with the task that answers it. */
export const listInstructions = (
  tx: Tx,
  filter: InstructionFilter & { readonly state?: InstructionState | undefined },
  by: Actor,
) =>
  tx.run<InstructionRow>(sql`
    select i.id, coalesce(l.name, i.leader_title) as leader, i.on_day as on, i.body as text, i.image_id, i.kind, i.rank, i.confidentiality, i.reply, i.due_on,
      jsonb_build_object('kind', i.about_kind, 'title', coalesce(i.about_title, a.title), 'number', coalesce(i.about_number, a.number)) as about,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
      case when c.id is not null then ${owedCase(tx, sightOf(by))} end as kase, i.by_name as by
    from instruction i
    left join person l on l.tenant_id = i.tenant_id and l.id = i.leader_id
    left join person p on p.tenant_id = i.tenant_id and p.id = i.person_id
    left join unit u on u.tenant_id = i.tenant_id and u.id = i.unit_id
    left join "case" c on c.tenant_id = i.tenant_id and c.id = i.case_id
    left join "case" a on a.tenant_id = i.tenant_id and a.id = i.about_case
    where ${conditionsOf(tx, filter, by)} and (${filter.state === undefined} or ${STATE} = ${filter.state ?? ''})
    order by ${STATE} <> 'open', i.on_day desc, i.id desc limit ${SHOWN}`)

/** How many of them are in which state, and how many are late; of all, also those that are not listed. */
export const countInstructions = async (tx: Tx, filter: InstructionFilter, by: Actor) =>
  (
    await tx.run<{ open: number; red: number; answered: number; read: number }>(sql`
    select count(*) filter (where ${STATE} = 'open') as open, count(*) filter (where ${STATE} = 'open' and c.due_at < ${by.at}) as red,
      count(*) filter (where ${STATE} = 'answered') as answered, count(*) filter (where ${STATE} = 'read') as read
    from instruction i left join "case" c on c.tenant_id = i.tenant_id and c.id = i.case_id where ${conditionsOf(tx, filter, by)}`)
  )[0] ?? { open: 0, red: 0, answered: 0, read: 0 }

/** What of a case was instructed: the task itself, or the case the leader wrote on. */
export const listInstructionsOfCase = (tx: Tx, kase: CaseId, by: Actor) =>
  tx.run<{ id: InstructionId; title: string; number: string | null; on: string; text: string }>(sql`
    select i.id, coalesce(l.name, i.leader_title) || '批示：' || (i.kind->>'label') as title, null as number, i.on_day as on,
      coalesce(i.body, '批示原文见照片') as text
    from instruction i left join person l on l.tenant_id = i.tenant_id and l.id = i.leader_id
    where i.tenant_id = ${tx.tenant} and (i.case_id = ${kase} or i.about_case = ${kase}) and ${readable(by)} order by i.on_day desc, i.id limit 50`)

type Stored = Omit<NewInstruction, 'kind' | 'about' | 'dueOn' | 'dueWorkdays'> & {
  readonly kind: InstructionKind
  readonly about: {
    readonly kind: string
    readonly caseId?: CaseId
    readonly title?: string
    readonly number?: string | undefined
  }
  readonly dueOn: string | null
  readonly caseId: CaseId | null
}
export const insertInstruction = (tx: Tx, id: InstructionId, given: Stored, by: Actor) =>
  tx.run(sql`
    insert into instruction (tenant_id, id, leader_id, leader_title, on_day, body, image_id, kind, about_kind, about_case, about_title, about_number, rank,
      confidentiality, reply, unit_id, person_id, due_on, case_id, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.leaderId ?? null}, ${given.leaderTitle ?? null}, ${given.on}, ${given.text ?? null}, ${given.imageId ?? null},
      ${JSON.stringify(given.kind)}::jsonb, ${given.about.kind}, ${given.about.caseId ?? null}, ${given.about.title ?? null}, ${given.about.number ?? null},
      ${given.rank}, ${given.confidentiality}, ${given.reply}, ${given.unitId ?? null}, ${given.personId ?? null}, ${given.dueOn}, ${given.caseId},
      ${by.name}, ${by.at})`)
