import type { Class, District, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'

export interface Topic {
  readonly id: string
  readonly label: string
  readonly parentId: string | null
  readonly words: string[]
  readonly class: Class
  readonly urgent: boolean
}

/** The topic dictionary (事项类别), parents first. */
export const listTopics = (tx: Tx) =>
  tx.run<Topic>(
    sql`select id, label, parent_id, words, class, urgent from topic where tenant_id = ${tx.tenant} order by position`,
  )

export const findTopic = async (tx: Tx, id: string) =>
  (
    await tx.run<Topic>(
      sql`select id, label, parent_id, words, class, urgent from topic where tenant_id = ${tx.tenant} and (id = ${id} or label = ${id}) order by position desc limit 1`,
    )
  )[0]

/** A row of the dispatch catalogue (分办目录) as a proposal. */
export interface CatalogueProposal {
  readonly leadUnitId: UnitId
  readonly leadUnitName: string
  readonly assistingUnitIds: readonly UnitId[]
  readonly row: string
  readonly basis: string
  readonly version: string
}

/** The catalogue row for a topic and place: the nearest area wins, then the topic itself before its parent. */
export const findCatalogueRow = async (tx: Tx, topic: string, division: string | null, at: Date) =>
  (
    await tx.run<CatalogueProposal>(sql`
    with recursive area as (
      select code, parent_code, 0 as distance from division where tenant_id = ${tx.tenant} and code = ${division}
      union all
      select d.code, d.parent_code, distance + 1 from division d join area on d.code = area.parent_code where d.tenant_id = ${tx.tenant}
    )
    select r.lead_unit_id, unit.name as lead_unit_name, r.assisting_unit_ids, r.row, r.basis, r.version
    from catalogue_row r
    join unit on unit.tenant_id = r.tenant_id and unit.id = r.lead_unit_id
    left join area on area.code = r.division_code
    where r.tenant_id = ${tx.tenant} and (r.division_code is null or area.code is not null)
      and r.topic_id in (${topic}, (select parent_id from topic where tenant_id = ${tx.tenant} and id = ${topic}))
      and r.version = (select version from catalogue where tenant_id = ${tx.tenant} and valid_from <= ${dayOf(at)} order by valid_from desc, loaded_at desc, version desc limit 1)
    order by coalesce(area.distance, 99), r.topic_id <> ${topic}, r.row limit 1`)
  )[0]

/** Loads topics and catalogue of a district file; the catalogue's version is its key, a new one is a new version. */
export async function putDictionaries(tx: Tx, file: District, unit: (code: string) => UnitId, at: Date): Promise<void> {
  const parents = new Map(file.topics.map((topic) => [topic.id, topic]))
  const topics = file.topics.map((topic, position) => ({
    ...topic,
    parentId: topic.parentId ?? null,
    class: topic.class ?? parents.get(topic.parentId ?? '')?.class ?? 'complaint',
    position,
  }))
  await tx.run(sql`
    insert into topic (tenant_id, id, label, parent_id, words, class, urgent, position)
    select ${tx.tenant}, id, label, "parentId", words, class, urgent, position
    from jsonb_to_recordset(${JSON.stringify(topics)}::jsonb) as t (id text, label text, "parentId" text, words text[], class text, urgent boolean, position int)
    on conflict (tenant_id, id) do update
      set label = excluded.label, parent_id = excluded.parent_id, words = excluded.words, class = excluded.class, urgent = excluded.urgent, position = excluded.position`)
  const { rows, ...catalogue } = file.dispatchCatalogue
  const translated = rows.map((row) => ({
    ...row,
    divisionCode: row.divisionCode ?? null,
    leadUnitId: unit(row.leadUnitId),
    assistingUnitIds: row.assistingUnitIds.map(unit),
  }))
  await putCatalogue(tx, { ...catalogue, rows: translated }, at)
}

/** A row of the dispatch catalogue (分办目录): who leads and who assists for a topic, in a place or everywhere. */
export interface CatalogueRow {
  readonly row: string
  readonly topicId: string
  readonly divisionCode: string | null
  readonly leadUnitId: UnitId
  readonly assistingUnitIds: readonly UnitId[]
  readonly basis: string
}
export interface Catalogue {
  readonly version: string
  readonly source: string
  readonly validFrom: string
  readonly rows: readonly CatalogueRow[]
}

/** Writes a version of the catalogue; what a known version already has stays as it is. */
export async function putCatalogue(tx: Tx, { version, source, validFrom, rows }: Catalogue, at: Date): Promise<void> {
  await tx.run(sql`
    insert into catalogue (tenant_id, version, source, valid_from, loaded_at) values (${tx.tenant}, ${version}, ${source}, ${validFrom}, ${at})
    on conflict (tenant_id, version) do nothing`)
  await tx.run(sql`
    insert into catalogue_row (tenant_id, version, row, topic_id, division_code, lead_unit_id, assisting_unit_ids, basis)
    select ${tx.tenant}, ${version}, row, "topicId", "divisionCode", "leadUnitId", "assistingUnitIds", basis
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (row text, "topicId" text, "divisionCode" text, "leadUnitId" uuid, "assistingUnitIds" uuid[], basis text)
    on conflict (tenant_id, version, row) do nothing`)
}

/** The catalogue in force on a day with all its rows. */
export async function findCatalogue(tx: Tx, day: string): Promise<Catalogue | undefined> {
  const [catalogue] = await tx.run<Omit<Catalogue, 'rows'>>(sql`
    select version, source, valid_from from catalogue where tenant_id = ${tx.tenant} and valid_from <= ${day}
    order by valid_from desc, loaded_at desc, version desc limit 1`)
  if (catalogue === undefined) return undefined
  const rows = await tx.run<CatalogueRow>(sql`
    select row, topic_id, division_code, lead_unit_id, assisting_unit_ids, basis from catalogue_row
    where tenant_id = ${tx.tenant} and version = ${catalogue.version} order by row`)
  return { ...catalogue, rows }
}

/** How many versions of the catalogue begin with these words. */
export const countCatalogueVersions = async (tx: Tx, prefix: string) =>
  (
    await tx.run<{ count: number }>(
      sql`select count(*) from catalogue where tenant_id = ${tx.tenant} and starts_with(version, ${prefix})`,
    )
  )[0]?.count ?? 0
/**
 * Writes a binding decision into the dispatch catalogue (分办目录): a new version in force from that day, with the rows of the one before and this
 * topic and area given to the unit.
 */
export async function putCatalogueDecision(
  tx: Tx,
  decision: { topic: string; division: string | null; unit: UnitId; basis: string; at: Date },
): Promise<void> {
  const day = dayOf(decision.at)
  // One after the other: each decision begins with the rows of the one before.
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext('catalogue'))`)
  const decided = (await countCatalogueVersions(tx, '')) + 1
  const [before] = await tx.run<{ version: string }>(sql`
    select version from catalogue
    where tenant_id = ${tx.tenant} and valid_from <= ${day} order by valid_from desc, loaded_at desc, version desc limit 1`)
  const version = `${day}-裁定${decided}`
  const row = `C${String(decided).padStart(3, '0')}`
  await tx.run(sql`
    insert into catalogue (tenant_id, version, source, valid_from, loaded_at)
    values (${tx.tenant}, ${version}, ${decision.basis}, ${day}, ${decision.at})`)
  await tx.run(sql`
    insert into catalogue_row (tenant_id, version, row, topic_id, division_code, lead_unit_id, assisting_unit_ids, basis)
    select tenant_id, ${version}, row, topic_id, division_code, lead_unit_id, assisting_unit_ids, basis from catalogue_row
    where tenant_id = ${tx.tenant} and version = ${before?.version ?? ''}
      and not (topic_id = ${decision.topic} and division_code is not distinct from ${decision.division})
    union all
    select ${tx.tenant}, ${version}, ${row}, ${decision.topic}, ${decision.division}, ${decision.unit}::uuid,
      coalesce((select array_remove(assisting_unit_ids, ${decision.unit}::uuid) from catalogue_row where tenant_id = ${tx.tenant} and version = ${before?.version ?? ''}
        and topic_id = ${decision.topic} and division_code is not distinct from ${decision.division} limit 1), '{}'), ${decision.basis}`)
}
