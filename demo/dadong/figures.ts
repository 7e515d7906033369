import type { Qualifier } from '../../contract/src/index.ts'
import type { Answer } from '../caller.ts'
import { checkFigures, type Figure, type Meant, type Reading, type Stated } from '../replay/figure.ts'
import { idIn } from '../replay/stage.ts'
import type { Stage } from './replay.ts'
import type { Source, Take } from './story.ts'

type Target = Answer<'target'>
const BEIJING_HOURS = 8
const HOUR_MS = 3_600_000

/** Every figure of the article, as the plan's pages compute it. */
export const figuresOf = (stage: Stage): Promise<Figure[]> => checkFigures(stage.story.figures, read(stage))

const read =
  (stage: Stage) =>
  async (source: Source, stated: Stated<Source>): Promise<Reading> => {
    if ('after' in source) return workingDay(stage, source)
    if ('target' in source) {
      const id = idIn(stage.ids.target, source.target)
      return readTarget(await stage.ask('leader', 'target', { params: { id } }), source.take, stated)
    }
    const { fields } = await stage.ask('leader', 'plan', { params: { id: stage.ids.plan } })
    if ('fields' in source) return { computed: fields.length, rows: fields.length, adds: fields.length }
    const lights = fields.find(({ name }) => name === source.field)?.lights
    const own = fields.find(({ name }) => name === source.field)?.targets ?? []
    // All targets of the field by their lights, against the rows of the field.
    const computed = Object.values(lights ?? {}).reduce((sum, count) => sum + count, 0)
    const open = own.filter(({ progress }) => progress.share < 1)
    const against = open.length > 0 ? `没有完成：${open.map(({ title }) => title).join('、')}` : undefined
    return { computed, rows: own.length, adds: own.length, against }
  }

/** The day that the district's calendar names; its rows are the days on the way. */
async function workingDay(
  { ask }: Stage,
  { after, workingDays }: { readonly after: string; readonly workingDays: number },
): Promise<Reading> {
  const query = { from: after, amount: workingDays, unit: 'workingDay' as const }
  const { dueAt, days } = await ask('leader', 'due', { query })
  const computed = new Date(Date.parse(dueAt) + BEIJING_HOURS * HOUR_MS).toISOString().slice(0, 10)
  return { computed, rows: days.length, adds: days.at(-1)?.date ?? '' }
}

const BY_QUALIFIER: Readonly<Partial<Record<Qualifier, Meant>>> = {
  ...{ exact: 'exact', over: 'moreThan', atLeast: 'atLeast', under: 'atMost', about: 'about' },
}
const leastOf = (values: readonly number[]) => (values.length === 0 ? 0 : Math.min(...values))
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.round(value * 1000), 0) / 1000

const earnedOf = ({ words }: Target['objects'][number]) => words.filter(({ earned }) => earned).length
/** What the target's page says, what its rows amount to, and what the published plan promises. */
const TAKE: Readonly<Record<Take, (target: Target) => Reading & { readonly promised: number | undefined }>> = {
  reached: ({ progress, definition, checkIns, objects }) => {
    const told = checkIns.filter(({ voided, quantity }) => voided === null && quantity !== null)
    const finished = objects.filter(({ done }) => done)
    const rows = definition.kind === 'count' ? told : finished
    const units = new Set(objects.map(({ unit }) => unit?.id))
    const covered = [...units].filter((id) => objects.every(({ unit, done }) => unit?.id !== id || done))
    const adds =
      definition.kind === 'count'
        ? sumOf(told.map(({ quantity }) => quantity ?? 0))
        : definition.kind === 'coverage'
          ? covered.length
          : finished.length
    return { computed: progress.reached, rows: rows.length, adds, promised: definition.value }
  },
  leastMeasured: ({ objects, checkIns, definition }) => ({
    ...{ computed: leastOf(objects.map(({ measured }) => measured ?? 0)), rows: objects.length },
    adds: leastOf(
      objects.map(
        ({ name }) => checkIns.find(({ object, voided }) => object === name && voided === null)?.measured ?? 0,
      ),
    ),
    promised: definition.each?.value,
  }),
  leastQuantity: ({ objects, checkIns, definition }) => ({
    ...{ computed: leastOf(objects.map(({ quantity }) => quantity)), rows: objects.length },
    adds: leastOf(
      objects.map(({ name }) =>
        sumOf(
          checkIns
            .filter(({ object, voided }) => object === name && voided === null)
            .map(({ quantity }) => quantity ?? 0),
        ),
      ),
    ),
    promised: definition.each?.value,
  }),
  leastWords: ({ objects, definition }) => ({
    ...{ computed: leastOf(objects.map(earnedOf)), rows: objects.length },
    adds: leastOf(objects.filter(({ done }) => done).map(earnedOf)),
    promised: definition.words.length,
  }),
}

/** A figure of a plan is promised, and then kept: both have to be what the article says, as it means it. */
function readTarget(target: Target, take: Take, { value, qualifier }: Stated<Source>): Reading {
  const { promised, ...reading } = TAKE[take](target)
  const meant = take === 'reached' ? target.definition.qualifier : target.definition.each?.qualifier
  const isMeant = take === 'leastWords' || BY_QUALIFIER[meant ?? 'exact'] === qualifier
  const against =
    promised !== value || !isMeant
      ? `作战图上的目标是“${target.words}”`
      : target.progress.share < 1
        ? `目标没有完成：${target.progress.text}`
        : undefined
  return { ...reading, against }
}
