import type { CaseId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { gramsOf } from '#case'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import type { Entry, EntryText, WaitingText } from './entry.ts'

const COLUMNS = sql`k.id, k.kind, k.title, k.phrasings, k.text, k.topic_id as category, k.owner_unit_id, k.source, k.source_url, k.valid_from, k.expires_on,
  k.public, k.state, k.version, k.approver, k.waiting, k.from_case, owner.name as owner,
  (select count(*) from knowledge_use u where u.tenant_id = k.tenant_id and u.knowledge_id = k.id) as used,
  (select count(*) from knowledge_vote v where v.tenant_id = k.tenant_id and v.knowledge_id = k.id and v.useful) as useful,
  (select count(*) from knowledge_vote v where v.tenant_id = k.tenant_id and v.knowledge_id = k.id and not v.useful) as useless`
const FROM = sql`knowledge k left join unit owner on owner.tenant_id = k.tenant_id and owner.id = k.owner_unit_id`
const offered = (today: string): RawBuilder<unknown> =>
  sql`k.state = 'approved' and (k.valid_from is null or k.valid_from <= ${today}) and (k.expires_on is null or k.expires_on >= ${today})`

export interface Search {
  readonly grams: readonly string[]
  readonly category?: string | undefined
  readonly publicOnly: boolean
  readonly today: string
  readonly limit: number
  /** At least so many grams of the query stand in the title or in a phrasing. */
  readonly inTitle?: number | undefined
}
/** How near an entry must come to the nearest one to be shown. */
const NEAR = 0.3
/** A gram of the title or of a phrasing says more than one of the text. */
const IN_TITLE = 2

/**
 * Entries in force that have something of the query, nearest first: a rare pair of characters weighs more than a common one. Without a query by
 * title. Cost: one scan of the entries of the district, of which there are hundreds.
 */
export const listOffered = (tx: Tx, { grams, category, publicOnly, today, limit, inTitle = 0 }: Search) =>
  tx.run<Entry>(sql`
    with asked as (select distinct unnest(${[...grams]}::text[]) as gram),
    entry as (
      select k.id, k.grams, k.title_grams from knowledge k
      where k.tenant_id = ${tx.tenant} and ${offered(today)} and (not ${publicOnly}::boolean or k.public)
        and (${category ?? null}::text is null or k.topic_id = ${category ?? null})
    ),
    weight as (
      select asked.gram, ln(1 + (select count(*) from entry)::float8 / count(*)) as weight
      from asked join entry on asked.gram = any(entry.grams) group by asked.gram
    ),
    score as (
      select entry.id, sum(weight.weight * case when weight.gram = any(entry.title_grams) then ${IN_TITLE}::int else 1 end) as score
      from entry join weight on weight.gram = any(entry.grams) group by entry.id
    )
    select ${COLUMNS} from ${FROM}
    left join score on score.id = k.id
    where k.tenant_id = ${tx.tenant} and k.id in (select id from entry)
      and (${grams.length} = 0 or score.score >= ${NEAR}::float8 * (select max(score) from score))
      and (${inTitle} = 0 or ${inTitle} <= (select count(*) from asked where asked.gram = any(k.title_grams)))
    order by score.score desc nulls last, k.title, k.id limit ${limit}`)

/** Every entry, those that need somebody first. */
export const listEntries = (tx: Tx, { grams }: { grams: readonly string[] }) =>
  tx.run<Entry>(sql`
    select ${COLUMNS} from ${FROM}
    where k.tenant_id = ${tx.tenant} and (${grams.length} = 0 or k.grams @> ${[...grams]}::text[])
    order by (k.waiting is not null) desc, (k.state = 'retired'), k.expires_on nulls last, k.title, k.id limit 500`)

export const findEntry = async (tx: Tx, id: string) =>
  (await tx.run<Entry>(sql`select ${COLUMNS} from ${FROM} where k.tenant_id = ${tx.tenant} and k.id = ${id}`))[0]

export const listById = (tx: Tx, ids: readonly string[]) =>
  tx.run<Entry>(
    sql`select ${COLUMNS} from ${FROM} where k.tenant_id = ${tx.tenant} and k.id = any(${[...ids]}::text[])`,
  )

/** Locks an entry for the transaction. */
export const lockEntry = (tx: Tx, id: string) =>
  tx.run(sql`select id from knowledge where tenant_id = ${tx.tenant} and id = ${id} for update`)

const titleGrams = ({ title, phrasings }: EntryText) => gramsOf(title, ...phrasings)
const allGrams = (entry: EntryText) => gramsOf(entry.title, ...entry.phrasings, entry.text)

/** A new entry that nobody has approved: offered to nobody yet. */
export const insertEntry = (tx: Tx, id: string, words: WaitingText, fromCase: string | null) =>
  tx.run(sql`
    insert into knowledge (tenant_id, id, kind, title, phrasings, text, topic_id, owner_unit_id, source, source_url, valid_from, expires_on, public, state, version,
      waiting, from_case, grams, title_grams)
    values (${tx.tenant}, ${id}, ${words.kind}, ${words.title}, ${[...words.phrasings]}::text[], ${words.text}, ${words.category}, ${words.ownerUnitId}, ${words.source},
      ${words.sourceUrl}, ${words.validFrom}, ${words.expiresOn}, ${words.public}, 'draft', 0, ${JSON.stringify(words)}::jsonb, ${fromCase},
      ${allGrams(words)}::text[], ${titleGrams(words)}::text[])`)

export const setWaiting = (tx: Tx, id: string, words: WaitingText | null) =>
  tx.run(sql`
    update knowledge set waiting = ${words === null ? null : JSON.stringify(words)}::jsonb where tenant_id = ${tx.tenant} and id = ${id}`)

/** The words that waited become the ones that are offered: a new version. */
export const putApproved = (tx: Tx, id: string, words: EntryText, approver: string) =>
  tx.run(sql`
    update knowledge set kind = ${words.kind}, title = ${words.title}, phrasings = ${[...words.phrasings]}::text[], text = ${words.text}, topic_id = ${words.category},
      owner_unit_id = ${words.ownerUnitId}, source = ${words.source}, source_url = ${words.sourceUrl}, valid_from = ${words.validFrom}, expires_on = ${words.expiresOn},
      public = ${words.public}, state = 'approved', version = version + 1, approver = ${approver}, waiting = null,
      grams = ${allGrams(words)}::text[], title_grams = ${titleGrams(words)}::text[]
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const setRetired = (tx: Tx, id: string) =>
  tx.run(sql`update knowledge set state = 'retired', waiting = null where tenant_id = ${tx.tenant} and id = ${id}`)
export const setExpiry = (tx: Tx, id: string, expiresOn: string) =>
  tx.run(sql`
    update knowledge set expires_on = ${expiresOn}, version = version + 1 where tenant_id = ${tx.tenant} and id = ${id}`)

/** What was done to an entry, with its words at that time. */
export interface EntryEvent {
  readonly at: Date
  readonly byPerson: string | null
  readonly byName: string
  readonly action: string
  readonly version: number
  readonly note: string | null
  readonly said: EntryText
}
export const insertEntryEvent = (tx: Tx, id: string, event: EntryEvent) =>
  tx.run(sql`
    insert into knowledge_event (tenant_id, knowledge_id, id, at, by_person, by_name, action, version, note, said)
    values (${tx.tenant}, ${id}, ${newId()}, ${event.at}, ${event.byPerson}, ${event.byName}, ${event.action}, ${event.version}, ${event.note}, ${JSON.stringify(event.said)}::jsonb)`)
export const listEntryEvents = (tx: Tx, id: string) =>
  tx.run<EntryEvent>(sql`
    select at, by_person, by_name, action, version, note, said from knowledge_event where tenant_id = ${tx.tenant} and knowledge_id = ${id} order by id desc limit 200`)

/** Entries of a district file: approved with the file; the file is the newer word wherever nobody has written another since. */
export const putFileEntries = (tx: Tx, entries: readonly (EntryText & { id: string })[]) =>
  tx.run(sql`
    insert into knowledge (tenant_id, id, kind, title, phrasings, text, topic_id, owner_unit_id, source, source_url, valid_from, expires_on, public, grams, title_grams)
    select ${tx.tenant}, id, kind, title, phrasings, text, category, "ownerUnitId", source, "sourceUrl", "validFrom", "expiresOn", public, grams, "titleGrams"
    from jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, grams: allGrams(entry), titleGrams: titleGrams(entry) })))}::jsonb)
      as k (id text, kind text, title text, phrasings text[], text text, category text, "ownerUnitId" uuid, source text, "sourceUrl" text, "validFrom" date,
        "expiresOn" date, public boolean, grams text[], "titleGrams" text[])
    on conflict (tenant_id, id) do update
      set kind = excluded.kind, title = excluded.title, phrasings = excluded.phrasings, text = excluded.text, topic_id = excluded.topic_id,
        owner_unit_id = excluded.owner_unit_id, source = excluded.source, source_url = excluded.source_url, valid_from = excluded.valid_from,
        expires_on = excluded.expires_on, public = excluded.public, grams = excluded.grams, title_grams = excluded.title_grams
      where not exists (select from knowledge_event e where e.tenant_id = knowledge.tenant_id and e.knowledge_id = knowledge.id)`)

/** That cases were answered with entries. */
export const insertUses = (tx: Tx, uses: readonly { id: string; caseId: CaseId; version: number; at: Date }[]) =>
  tx.run(sql`
    insert into knowledge_use (tenant_id, knowledge_id, case_id, version, at)
    select ${tx.tenant}, id, "caseId", version, at from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) as u (id text, "caseId" uuid, version int, at timestamptz)
    on conflict do nothing`)

/** A device's word of a day; the later one stands. */
export const putVote = (tx: Tx, vote: { id: string; day: string; device: string; useful: boolean }) =>
  tx.run(sql`
    insert into knowledge_vote (tenant_id, knowledge_id, day, device, useful) values (${tx.tenant}, ${vote.id}, ${vote.day}, ${vote.device}, ${vote.useful})
    on conflict (tenant_id, knowledge_id, day, device) do update set useful = excluded.useful`)

/** Entries in use whose last day is near or past and that lie on nobody's desk yet. Uses knowledge_expires and case_review. */
export const listToReview = (tx: Tx, until: string) =>
  tx.run<Entry>(sql`
    select ${COLUMNS} from ${FROM}
    where k.tenant_id = ${tx.tenant} and k.state = 'approved' and k.expires_on <= ${until}
      and not exists (select from "case" c where c.tenant_id = ${tx.tenant} and c.type = 'review' and c.closed_at is null and c.facts ->> 'knowledgeId' = k.id)
    order by k.expires_on, k.id limit 200`)

/** Reviews of an entry that are still open. Uses case_review. */
export const listOpenReviews = (tx: Tx, id: string) =>
  tx.run<{ id: CaseId }>(sql`
    select id from "case" where tenant_id = ${tx.tenant} and type = 'review' and closed_at is null and facts ->> 'knowledgeId' = ${id}`)

/** Entries from before there was a search: their grams are made once. @returns how many */
export async function fillGrams(tx: Tx): Promise<number> {
  const bare = await tx.run<Pick<Entry, 'id' | 'title' | 'text'>>(
    sql`select id, title, text from knowledge where tenant_id = ${tx.tenant} and grams = '{}' limit 500`,
  )
  for (const { id, title, text } of bare)
    await tx.run(sql`
      update knowledge set grams = ${gramsOf(title, text, '条目')}::text[], title_grams = ${gramsOf(title)}::text[] where tenant_id = ${tx.tenant} and id = ${id}`)
  return bare.length
}
