import type { LiaisonTargetKind, ListKind } from '../../contract/src/index.ts'
import type { Answer } from '../caller.ts'
import { checkFigures, type Figure, type Reading } from '../replay/figure.ts'
import { idIn } from '../replay/stage.ts'
import { STYLE } from './lists.ts'
import type { Stage } from './stage.ts'

type Page = Answer<'visits'>
type Visit = Page['items'][number]
type Counts = Page['counts']
interface Filter {
  readonly targetKind?: LiaisonTargetKind
  readonly kind?: 'onSite' | 'activity'
  readonly tag?: string
}

/** From the first day of the replay to the last. */
const spanOf = ({ story: { told }, days }: Stage) => ({ from: told.from, to: days.at(-1) ?? told.from })
/** Visits under a filter: the figures of the page, and all its rows, which the page itself shows only the latest of. */
async function visitsUnder(stage: Stage, filter: Filter): Promise<{ counts: Counts; items: Visit[] }> {
  const { from, to } = spanOf(stage)
  const { counts } = await stage.ask('leader', 'visits', { query: { ...filter, from, to } })
  return { counts, items: await rowsBetween(stage, filter, { from, to }) }
}

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
/** The rows of some days: where the page is cut, those of either half. */
async function rowsBetween(
  stage: Stage,
  filter: Filter,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Visit[]> {
  const { items, counts } = await stage.ask('leader', 'visits', { query: { ...filter, from, to } })
  if (items.length === counts.visits || from === to) return items
  const middle = Math.floor((Date.parse(from) + Date.parse(to)) / 2 / DAY_MS) * DAY_MS
  return [
    ...(await rowsBetween(stage, filter, { from, to: dayOf(middle) })),
    ...(await rowsBetween(stage, filter, { from: dayOf(middle + DAY_MS), to })),
  ]
}

const raisedOn = (visits: readonly Visit[]) => visits.flatMap(({ cases }) => cases.filter(({ raised }) => raised))
const counted = (computed: number, rows: readonly unknown[]): Reading => ({
  ...{ computed, rows: rows.length, adds: rows.length },
})

const READ = {
  leaders: async ({ ask }: Stage) => {
    const { leaders } = await ask('leader', 'liaisonCoverage')
    const { items } = await ask('leader', 'liaisonTargets', { query: { gap: 'no' } })
    return counted(leaders, [...new Set(items.map(({ main }) => main?.id))])
  },
  'covered.organisation': (stage: Stage) => covered(stage, 'organisation'),
  'covered.project': (stage: Stage) => covered(stage, 'project'),
  'covered.enterprise': (stage: Stage) => covered(stage, 'enterprise'),
  'visits.organisation': async (stage: Stage) => {
    const { counts, items } = await visitsUnder(stage, { targetKind: 'organisation' })
    return counted(counts.visits, items)
  },
  'visits.activity': async (stage: Stage) => {
    const { counts } = await visitsUnder(stage, { targetKind: 'organisation' })
    const { items } = await visitsUnder(stage, { targetKind: 'organisation', kind: 'activity' })
    return counted(counts.byKind.activity, items)
  },
  'advanced.project': async (stage: Stage) => {
    const filter = { targetKind: 'project' } as const
    const { counts } = await visitsUnder(stage, filter)
    const query = { ...filter, ...spanOf(stage), state: 'advanced' } as const
    return counted(counts.advanced, (await stage.ask('leader', 'visitProblems', { query })).items)
  },
  'visits.enterprise': async (stage: Stage) => {
    const { counts, items } = await visitsUnder(stage, { ...liaisonOf(stage), kind: 'onSite' })
    return counted(counts.byKind.onSite, items)
  },
  'problems.enterprise': async (stage: Stage) => {
    const { counts, items } = await visitsUnder(stage, liaisonOf(stage))
    return counted(counts.problems, raisedOn(items))
  },
  'aspects.enterprise': async (stage: Stage) => {
    const { counts, items } = await visitsUnder(stage, liaisonOf(stage))
    return counted(counts.byAspect.length, [...new Set(raisedOn(items).map(({ aspect }) => aspect))])
  },
  taskForces: async ({ ask }: Stage) => {
    const { items } = await ask('leader', 'taskForces')
    return counted(items.length, [...new Set(items.map(({ leadUnit }) => leadUnit.id))])
  },
  thirdVisit,
  'style.found': async ({ ask, ids }: Stage) => {
    const { list, items } = await ask('leader', 'problemList', { params: { id: idIn(ids.list, 'rectification') } })
    return counted(list.items, items)
  },
  'style.rectified': (stage: Stage) => accepted(stage, 'rectification'),
  'style.channels': async ({ ask }: Stage) => {
    const { counts } = await ask('leader', 'channels')
    const { items } = await ask('leader', 'channels', { query: { purpose: STYLE } })
    return counted(counts.byPurpose.find(({ purpose }) => purpose === STYLE)?.count ?? 0, items)
  },
  'weak.transformed': (stage: Stage) => accepted(stage, 'weakOrganisation'),
  'campaign.inScope': async (stage: Stage) => {
    const { inScope } = await campaign(stage)
    return counted(inScope, await subjects(stage))
  },
  'campaign.reached': async (stage: Stage) => {
    const { reached } = await campaign(stage)
    return counted(reached, await subjects(stage, 'reached'))
  },
  'campaign.problems': async (stage: Stage) => counted((await campaign(stage)).problems, await problems(stage)),
  'campaign.solved': async (stage: Stage) => counted((await campaign(stage)).solved, await problems(stage, 'solved')),
  'campaign.open': async (stage: Stage) => counted((await campaign(stage)).open, await problems(stage, 'open')),
} satisfies Readonly<Record<string, (stage: Stage) => Promise<Reading>>>
/** Where a figure of this article is read from. */
export type Source = keyof typeof READ

/** Every figure of the article, as the product's pages compute it. @throws Error for a source that there is not */
export const figuresOf = (stage: Stage): Promise<Figure[]> =>
  checkFigures(stage.story.figures, (source) => {
    const read: ((stage: Stage) => Promise<Reading>) | undefined = READ[source]
    if (read === undefined) throw new Error(`没有“${source}”这个数字。`)
    return read(stage)
  })

const liaisonOf = ({ story }: Stage) => ({ targetKind: 'enterprise' as const, tag: story.told.liaisonTag })

const campaign = async ({ ask, ids }: Stage) =>
  (await ask('leader', 'campaign', { params: { id: ids.campaign } })).figures
const subjects = async ({ ask, ids }: Stage, state?: 'reached') =>
  (await ask('leader', 'campaignSubjects', { params: { id: ids.campaign }, query: { ...(state && { state }) } })).items
const problems = async ({ ask, ids }: Stage, state?: 'solved' | 'open') =>
  (await ask('leader', 'campaignProblems', { params: { id: ids.campaign }, query: { ...(state && { state }) } })).items

async function covered({ ask }: Stage, kind: LiaisonTargetKind): Promise<Reading> {
  const coverage = await ask('leader', 'liaisonCoverage')
  return counted(coverage.covered[kind], (await ask('leader', 'liaisonTargets', { query: { kind, gap: 'no' } })).items)
}

async function accepted({ ask, ids }: Stage, kind: ListKind): Promise<Reading> {
  const id = idIn(ids.list, kind)
  const { list, items } = await ask('leader', 'problemList', { params: { id: id } })
  return counted(
    list.accepted,
    items.filter((item) => item.accepted),
  )
}

/** Which visit found all finished: its rows are the visits up to it, and each case it was about is closed now. */
async function thirdVisit({ ask, ids, story }: Stage): Promise<Reading> {
  const visit = await ask('leader', 'visit', { params: { id: ids.verifying } })
  const { items } = await ask('leader', 'visits', { query: { target: visit.target.id, to: visit.on } })
  const { problems } = story.told.thirdVisit
  const against =
    visit.purpose !== 'verify'
      ? '这次上门不是看收尾'
      : visit.cases.filter(({ closed, ordinal }) => closed && ordinal === visit.ordinal).length !== problems.length
        ? `不是 ${problems.length} 个问题都已办结`
        : undefined
  return { ...counted(visit.ordinal, items), against }
}
