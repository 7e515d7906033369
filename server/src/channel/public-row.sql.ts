import type { Channel, ChannelId, DriveId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Sight } from '#case'
import type { Tx } from '#kernel/store'
import { opinions } from './figures.sql.ts'

/** Which of a drive's opinions are meant; what is not given does not matter. */
export interface RowFilter {
  readonly kinds?: readonly Channel[] | undefined
  readonly channelId?: ChannelId | undefined
  readonly fromSheet?: boolean | undefined
  /** Number of a problem. */
  readonly problem?: string | undefined
  readonly merged?: boolean | undefined
  readonly aspect?: string | undefined
  readonly state?: 'answered' | 'unanswered' | 'withdrawn' | undefined
  readonly day?: string | undefined
}

/** An opinion as everybody may read it: when, by which way, what it was merged into, whether it was answered; not a word of what was said. */
export interface PublicRow {
  readonly day: string
  readonly kind: Channel
  readonly channel: string | null
  readonly problem: string | null
  readonly title: string | null
  readonly state: 'answered' | 'unanswered' | 'withdrawn'
  readonly answeredOn: string | null
  readonly total: number
}

/** Rows behind a figure of a drive, newest first; each carries how many there are. Cost: as the figures, for the drive's opinions are read once. */
export const listPublicRows = (
  tx: Tx,
  id: DriveId,
  sight: Sight,
  { filter, limit, offset }: { readonly filter: RowFilter; readonly limit: number; readonly offset: number },
) =>
  tx.run<PublicRow>(sql`
    with recursive ${opinions(tx, id, sight)}, root as (
      select up.origin, p.number, p.title, p.facts ->> 'aspect' as aspect, p.confidential
      from up join "case" p on p.tenant_id = ${tx.tenant} and p.id = up.at and p.problem_id is null
    ), told as (
      select o.*, r.number, r.title, r.aspect, r.confidential as secret, ch.name,
        case when o.stage = 'withdrawn' and not o.answered then 'withdrawn' when o.answered or o.closed then 'answered' else 'unanswered' end as state
      from opinion o left join root r on r.origin = o.problem_id
      left join channel ch on ch.tenant_id = ${tx.tenant} and ch.id = o.channel_id
    )
    select day, channel as kind, name as channel, state, (answered_at at time zone 'Asia/Shanghai')::date as answered_on,
      case when not confidential and not secret then number end as problem, case when not confidential and not secret then title end as title,
      count(*) over () as total
    from told
    where (${filter.kinds ?? null}::text[] is null or channel = any(${filter.kinds ?? null}::text[]))
      and (${filter.channelId ?? null}::uuid is null or channel_id = ${filter.channelId ?? null}::uuid)
      and (${filter.fromSheet ?? null}::boolean is null or (sheet_id is not null) = ${filter.fromSheet ?? null}::boolean)
      and (${filter.problem ?? null}::text is null or (number = ${filter.problem ?? null}::text and not secret))
      and (${filter.merged ?? null}::boolean is null or (problem_id is not null) = ${filter.merged ?? null}::boolean)
      and (${filter.aspect ?? null}::text is null or aspect = ${filter.aspect ?? null}::text)
      and (${filter.state ?? null}::text is null or state = ${filter.state ?? null}::text)
      and (${filter.day ?? null}::date is null or day = ${filter.day ?? null}::date)
    order by received_at desc, id desc limit ${limit} offset ${offset}`)
