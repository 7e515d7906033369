import { checkFigures, type Figure, type Reading } from '../replay/figure.ts'
import { AUDIENCE, type Stage } from './replay.ts'
import type { Source } from './story.ts'

const DAY_MS = 86_400_000
const leastOf = (values: readonly number[]) => (values.length === 0 ? 0 : Math.min(...values))

/** Every figure of the article, as the product's pages compute it. */
export const figuresOf = (stage: Stage): Promise<Figure[]> =>
  checkFigures(stage.story.figures, (source: Source) => {
    if ('violations' in source) return violations(stage)
    if ('daysSaved' in source) return daysSaved(stage)
    if ('forums' in source) return forums(stage)
    if ('personTimes' in source) return personTimes(stage)
    if ('growth' in source) return growth(stage, source.growth)
    return cadence(stage, source.least === 'week' ? stage.big : stage.enterprises, source.least)
  })

/** The list of violations, against the officers of each big project counted one by one. */
async function violations({ ask, big }: Stage): Promise<Reading> {
  const { items, projects } = await ask('leader', 'projectViolations')
  const all = (await ask('leader', 'projects')).items.filter(({ id }) => big.includes(id))
  const wrong = all.filter(({ officers }) =>
    (['chief', 'secretary'] as const).some(
      (role) => officers.filter((one) => one.role === role && one.fits === true).length !== 1,
    ),
  )
  return { computed: items.length, rows: projects, adds: wrong.length }
}

/** The least of the group, against the frozen and actual days of each project. */
async function daysSaved({ ask, continued }: Stage): Promise<Reading> {
  const query = { stage: 'start' as const, type: 'continued' as const, ids: continued.join(',') }
  const { least, n, left } = await ask('leader', 'daysSaved', { query })
  const strips = (await ask('leader', 'projects', { query: { type: 'continued' } })).items
  const days = strips.flatMap(({ stages }) => {
    const start = stages.find(({ stage }) => stage === 'start')
    return start?.frozenOn && start.actualOn ? (Date.parse(start.frozenOn) - Date.parse(start.actualOn)) / DAY_MS : []
  })
  const against = left.length > 0 ? `不能计算：${left.map(({ project }) => project.name).join('、')}` : undefined
  return { computed: least?.days ?? 0, rows: n, adds: leastOf(days), against }
}

/** The poorest period of all the duties toward some targets, against the visits to each of them. */
async function cadence({ ask, story: { year } }: Stage, targets: readonly string[], per: 'week' | 'month') {
  const [done, visited, missed]: [number[], number[], string[]] = [[], [], []]
  let rows = 0
  for (const target of targets) {
    const query = { target, from: year.from, to: year.until }
    const { items } = await ask('supervisor', 'duties', { query })
    const visits = (await ask('supervisor', 'visits', { query })).items.filter(({ kind }) => kind === 'onSite')
    for (const duty of items.filter(({ rule, state }) => rule.per === per && state !== 'exempt')) {
      rows += 1
      done.push(duty.done)
      if (duty.state === 'missed') missed.push(`${duty.target?.name} ${duty.from}`)
      const owners = duty.debtors.map(({ id }) => id)
      visited.push(
        visits.filter(
          ({ on, officials }) => on >= duty.from && on <= duty.to && officials.some(({ id }) => owners.includes(id)),
        ).length,
      )
    }
  }
  const against = missed.length > 0 ? `没有做到：${missed.slice(0, 5).join('、')}` : undefined
  return { computed: leastOf(done), rows, adds: leastOf(visited), against }
}

async function forums({ ask }: Stage): Promise<Reading> {
  const held = (await ask('supervisor', 'forums', { query: { kind: 'forum' } })).items
  const own = held.filter(({ audience }) => audience === AUDIENCE)
  return { computed: own.length, rows: own.length, adds: new Set(own.map(({ heldOn }) => heldOn)).size }
}

/** Person-times of all visits to enterprises, against the people on each visit. */
async function personTimes({ ask, enterprises, story: { year } }: Stage): Promise<Reading> {
  const query = { targetKind: 'enterprise' as const, from: year.from, to: year.until }
  const { counts } = await ask('supervisor', 'visits', { query })
  let [rows, adds] = [0, 0]
  for (const target of enterprises) {
    const { items } = await ask('supervisor', 'visits', { query: { target, from: year.from, to: year.until } })
    rows += items.length
    adds += items.reduce((sum, { officials }) => sum + officials.length, 0)
  }
  return { computed: counts.personTimes, rows, adds }
}

/** Enterprises by what their months say, against the months of each one added up. */
async function growth(
  { ask, story: { year } }: Stage,
  mark: 'grew' | 'grewByHalf' | 'lossCutOrTurned',
): Promise<Reading> {
  const span = { from: year.growth.from, to: year.growth.to, group: 'liaison' as const }
  const { marks, partial } = await ask('supervisor', 'enterpriseGrowth', { query: span })
  const { items } = await ask('supervisor', 'enterpriseGrowthRows', { query: { ...span, mark } })
  const base = (await ask('supervisor', 'enterpriseGrowthRows', { query: span })).items
  const IS: Readonly<Record<typeof mark, (row: (typeof base)[number]) => boolean>> = {
    grew: ({ output }) => output !== null && output.now > output.before,
    grewByHalf: ({ output }) => output !== null && output.now * 2 >= output.before * 3,
    lossCutOrTurned: ({ profit }) => profit !== null && profit.before < 0 && profit.now > profit.before,
  }
  const against = partial ? '有企业缺月份' : undefined
  return { computed: marks[mark], rows: items.length, adds: base.filter(IS[mark]).length, against }
}
