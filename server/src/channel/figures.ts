import {
  CHANNEL,
  CHANNEL_GROUP,
  type Channel,
  type DriveFigures,
  type DriveId,
  type DriveLine,
  GROUP_OF,
  idsOf,
} from '@banjie/contract'
import { type Engine, type Sight, stageWord } from '#case'
import type { Tx } from '#kernel/store'
import { type Counts, countDrive } from './figures.sql.ts'

/** The figures of a drive (征集对账) as far as somebody sees its cases; each is the number of rows behind it. */
export async function driveFigures(
  tx: Tx,
  engine: Pick<Engine, 'typeOf'>,
  id: DriveId,
  sight: Sight,
): Promise<DriveFigures> {
  const counts = await countDrive(tx, id, sight)
  if (counts === undefined) throw new Error('a count without from has one row')
  const { total, merged, declined, withdrawn, unanswered, perDay, issued, returned, valid } = counts
  const type = engine.typeOf({ type: 'problem' })
  return {
    partial: sight.kind !== 'all' || !sight.confidential,
    total,
    groups: groupsOf(counts.byKind),
    channels: channelsOf(counts.byChannel),
    sheets: { issued, returned, valid, void: returned - valid, opinions: counts.fromSheets },
    ...{ merged, unmerged: total - merged },
    problems: counts.problems.map(({ stage, ...problem }) => ({ ...problem, stageLabel: stageWord(type, stage) })),
    aspects: aspectsOf(counts.problems),
    ...{ answered: total - unanswered - withdrawn, declined, withdrawn, unanswered, perDay },
  }
}

/** The kinds under the lines by which a drive reconciles; a line without rows is there with a nought. */
function groupsOf(byKind: Counts['byKind']): DriveFigures['groups'] {
  const groupOf = (kind: Channel) => GROUP_OF[kind] ?? 'other'
  return idsOf(CHANNEL_GROUP).map((group) => {
    const kinds = byKind
      .filter(({ kind }) => groupOf(kind) === group)
      .map(({ kind, count }) => ({ kind, label: CHANNEL[kind], count }))
    return { group, label: CHANNEL_GROUP[group], count: sumOf(kinds), kinds }
  })
}

/** The records and, always last and always there, what has none (其他): together they are the total. */
function channelsOf(byChannel: Counts['byChannel']): DriveFigures['channels'] {
  const named = byChannel.filter(({ channelId }) => channelId !== null)
  const rest = byChannel.find(({ channelId }) => channelId === null)?.count ?? 0
  return [
    ...named.map((one) => ({ ...one, name: one.name ?? '' })),
    { channelId: null, name: CHANNEL.other, kind: null, count: rest },
  ]
}

function aspectsOf(problems: Counts['problems']): DriveFigures['aspects'] {
  return [...Map.groupBy(problems, ({ aspect }) => aspect)]
    .map(([aspect, own]) => ({ aspect, problems: own.length, count: sumOf(own) }))
    .sort((a, b) => b.count - a.count)
}

const sumOf = (rows: readonly { readonly count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0)

/** What we have computed for a line, to stand beside what others say of it. */
export function lineValue(figures: DriveFigures, line: DriveLine): number {
  const { total, sheets, problems, aspects, answered, unanswered } = figures
  switch (line) {
    case 'total':
      return total
    case 'window':
    case 'online':
    case 'questionnaire':
    case 'other':
      return figures.groups.find(({ group }) => group === line)?.count ?? 0
    case 'issued':
    case 'returned':
    case 'valid':
      return sheets[line]
    case 'problems':
      return problems.length
    case 'aspects':
      return aspects.filter(({ aspect }) => aspect !== null).length
    case 'answered':
      return answered
    case 'unanswered':
      return unanswered
  }
}
