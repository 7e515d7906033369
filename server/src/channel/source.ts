import { CaseSource, type CaseSourceView, CHANNEL, CHANNEL_STATUS } from '@banjie/contract'
import type { CaseState, Happening } from '#case'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { findSource, getNamedSources, insertSources, type NamedSources, type SourceRow } from './source.sql.ts'

/**
 * Source (来源) of a case that has just been opened: it must name records that are there, and fit them. Runs with the opening, so that a source
 * that does not fit opens nothing.
 * @throws Fault 'channel.not_found' | 'channel.not_open' | 'channel.kind_mismatch' | 'drive.not_found' | 'drive.outside_dates' |
 *   'drive.sheet_elsewhere' | 'questionnaire.sheet_void' | 'questionnaire.other_kind' | 'forum.not_found'
 */
export async function recordSources(tx: Tx, happenings: readonly Happening[]): Promise<void> {
  const opened = happenings.flatMap(({ event, kase }) => {
    const source = event.action === 'open' ? CaseSource.safeParse(kase.facts['source']).data : undefined
    return source === undefined ? [] : [{ kase, source, at: event.at }]
  })
  if (opened.length === 0) return
  const named = await getNamedSources(tx, {
    channels: opened.flatMap(({ source }) => source.channelId ?? []),
    drives: opened.flatMap(({ source }) => source.driveId ?? []),
    sheets: opened.flatMap(({ source }) => source.sheetId ?? []),
    forums: opened.flatMap(({ source }) => source.forumId ?? []),
    media: opened.flatMap(({ source }) => source.media?.toLowerCase() ?? []),
  })
  const judge = judgeOf(named)
  await insertSources(
    tx,
    opened.map(({ kase, source, at }) => judge(kase, source, at)),
  )
}

/** Compares a source with the records it names. @returns what is stored of it */
function judgeOf(named: NamedSources) {
  const channels = new Map(named.channels.map((one) => [one.id, one]))
  const drives = new Map(named.drives.map((one) => [one.id, one]))
  const sheets = new Map(named.sheets.map((one) => [one.id, one]))
  const forums = new Set(named.forums)
  const media = new Map(named.media.map(({ code, id }) => [code, id]))
  return (kase: CaseState, { channelId, driveId, sheetId, forumId, media: code }: CaseSource, at: Date): SourceRow => {
    const day = dayOf(kase.receivedAt)
    if (channelId !== undefined) {
      const channel = channels.get(channelId)
      if (channel === undefined) throw new Fault('channel.not_found')
      refuseUnfitChannel(channel, kase, { day, isNow: kase.receivedAt >= at })
    }
    if (driveId !== undefined) {
      const drive = drives.get(driveId)
      if (drive === undefined) throw new Fault('drive.not_found')
      if (day < drive.from || day > drive.to) throw new Fault('drive.outside_dates', { ...drive, day })
    }
    if (forumId !== undefined && !forums.has(forumId)) throw new Fault('forum.not_found')
    const sheet = sheetId === undefined ? undefined : sheets.get(sheetId)
    if (sheetId !== undefined) refuseUnfitSheet(sheet, kase, driveId)
    return {
      caseId: kase.id,
      channelId: channelId ?? null,
      // A sheet belongs to one drive, so its opinions do.
      driveId: driveId ?? sheet?.driveId ?? null,
      ...{ sheetId: sheetId ?? null, forumId: forumId ?? null },
      // A person's report is not refused for a link that was cut short.
      mediaItemId: (code && media.get(code.toLowerCase())) ?? null,
    }
  }
}

/** What was received while the channel was open may be entered later; what is received now needs a channel that is open now. */
function refuseUnfitChannel(
  channel: NamedSources['channels'][number],
  { channel: given }: CaseState,
  { day, isNow }: { readonly day: string; readonly isNow: boolean },
): void {
  const { name, kind, status, validFrom, validTo } = channel
  const shut = isNow && status !== 'open'
  if (shut || day < validFrom || (validTo !== null && day > validTo)) {
    const term = shut ? `已${CHANNEL_STATUS[status]}` : `${validFrom} ${validTo === null ? '起' : `至 ${validTo}`}`
    throw new Fault('channel.not_open', { name, day, term })
  }
  if (given !== kind)
    throw new Fault('channel.kind_mismatch', { name, kind: CHANNEL[kind], given: CHANNEL[given] ?? given })
}

function refuseUnfitSheet(
  sheet: NamedSources['sheets'][number] | undefined,
  { channel }: CaseState,
  driveId: string | undefined,
): void {
  if (sheet === undefined) throw new Fault('questionnaire.sheet_unknown')
  const { number } = sheet
  if (driveId !== undefined && sheet.driveId !== driveId) throw new Fault('drive.sheet_elsewhere', { number })
  if (!sheet.valid) throw new Fault('questionnaire.sheet_void', { number })
  if (channel !== 'questionnaire') throw new Fault('questionnaire.other_kind', { number })
}

/** The source of a case as its page shows it. */
export async function sourceView(tx: Tx, kase: CaseState): Promise<CaseSourceView> {
  const found = await findSource(tx, kase.id)
  const link = CaseSource.safeParse(kase.facts['source']).data?.link ?? null
  const { channel = null, drive = null, sheet = null, forum = null, media = null } = found ?? {}
  return { channel, drive, sheet, forum, media, link }
}
