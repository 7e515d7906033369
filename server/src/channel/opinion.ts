import type { Channel, DriveId, NewOpinion } from '@banjie/contract'
import type { CaseState, Engine, Opening } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listKnownChannels } from './drive.sql.ts'
import { getDrive } from './drive.ts'
import { listForumKinds } from './forum.sql.ts'
import { listSheetsOf } from './questionnaire.sql.ts'
import { tidySheetNumber } from './questionnaire.ts'

/**
 * Opens the opinions of a drive (登记意见), each as an appeal, all or none, in one statement.
 * @throws Fault 'forbidden' | 'drive.not_found' | 'questionnaire.sheet_unknown' | what does not fit the source
 */
export async function addOpinions(
  tx: Tx,
  engine: Engine,
  driveId: DriveId,
  opinions: readonly NewOpinion[],
  by: Actor,
): Promise<readonly CaseState[]> {
  const { opens } = engine.typeOf({ type: 'appeal' })
  if (!opens.some((doer) => by.roles.has(doer as never))) throw new Fault('forbidden')
  await getDrive(tx, driveId)
  const numbers = opinions.flatMap(({ sheet }) => (sheet === undefined ? [] : tidySheetNumber(sheet)))
  const sheets = new Map((await listSheetsOf(tx, driveId, numbers)).map(({ number, id }) => [number, id]))
  const kinds = new Map<string, Channel>(
    [
      ...(await listKnownChannels(
        tx,
        opinions.flatMap(({ channelId }) => channelId ?? []),
      )),
      ...(await listForumKinds(
        tx,
        opinions.flatMap(({ forumId }) => forumId ?? []),
      )),
    ].map(({ id, kind }) => [id, kind]),
  )
  const openings = opinions.map((opinion): Opening => {
    const { kind, channelId, sheet, forumId, link, party, ...facts } = opinion
    const sheetId = sheet === undefined ? undefined : sheets.get(tidySheetNumber(sheet))
    if (sheet !== undefined && sheetId === undefined) throw new Fault('questionnaire.sheet_unknown', { number: sheet })
    const known =
      kinds.get(channelId ?? '') ?? (sheetId === undefined ? undefined : 'questionnaire') ?? kinds.get(forumId ?? '')
    return {
      type: 'appeal',
      channel: kind ?? known ?? 'other',
      party,
      facts: { ...facts, source: { driveId, channelId, sheetId, forumId, link } },
    }
  })
  return engine.open(tx, openings, by)
}
