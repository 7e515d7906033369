import { randomUUID } from 'node:crypto'
import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { districtOf, HEAD } from '../replay/district.ts'
import { inTurn, nameOf } from '../replay/pattern.ts'
import { type PlayOptions, playSteps } from '../replay/play.ts'
import { type AddStep, type Asking, at, idIn, type Step } from '../replay/stage.ts'
import type { Story } from './story.ts'

export interface Stage extends Asking {
  readonly story: Story
  readonly add: AddStep
  readonly unit: Map<string, string>
  /** People by name. */
  readonly person: Map<string, string>
  readonly big: string[]
  readonly continued: string[]
  readonly enterprises: string[]
}
const FEN_OF_YI = 10_000_000_000
const DAY_MS = 86_400_000
const [CHIEF, SECRETARY] = ['副区级领导{n}', '正处级领导{n}']
const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const times = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Leaders of the two ranks that the mechanism names, as many as there are big projects. */
const cadre = (count: number) =>
  times(count).flatMap((i) => [
    { id: `chief-${i}`, name: nameOf(CHIEF ?? '', i), unitId: 'government', rankId: 'deputy-district', roles: [] },
    { id: `secretary-${i}`, name: nameOf(SECRETARY ?? '', i), unitId: 'government', rankId: 'division', roles: [] },
  ])

/** Plays the mechanism's first weeks (重放项目服务机制): projects with their officers, weekly and monthly visits, what was begun early; through the API. */
export async function replay(house: House, story: Story, options: PlayOptions): Promise<Stage> {
  const ask = callerOf(house.app, options.password)
  const { year } = story
  await ask('admin', 'setDistrict', { body: districtOf(story.district, cadre(year.big.count)) })
  const steps: Step[] = []
  const stage: Stage = {
    ...{ ask, story, unit: new Map(), person: new Map(), big: [], continued: [], enterprises: [] },
    add: ({ weight = 1, ...step }) => void steps.push({ ...step, weight }),
  }
  for (const { id, code } of (await ask('supervisor', 'units')).items) stage.unit.set(code, id)
  for (const { id, name } of (await ask('supervisor', 'people')).items) stage.person.set(name, id)
  stage.add({ at: at(year.from, '08:30'), what: '发布规则', run: () => rules(stage) })
  stage.add({ at: at(year.from, '09:00'), what: '登记亿元项目', run: () => bigProjects(stage), weight: 12 })
  stage.add({ at: at(year.from, '10:00'), what: '联系重点企业', run: () => enterprises(stage), weight: 20 })
  planContinued(stage)
  planProjectVisits(stage)
  planEnterpriseVisits(stage)
  for (const day of year.forums) stage.add({ at: at(day, '14:00'), what: '监督员座谈会', run: () => forum(stage, day) })
  stage.add({ at: at(year.until, '10:00'), what: '统计局月报', run: () => statistics(stage) })
  stage.add({ at: at(year.until, '23:00'), what: '期末', run: async () => undefined })
  await playSteps(house, steps, options.progress)
  return stage
}

async function rules({ ask, story: { year } }: Stage): Promise<void> {
  await ask('supervisor', 'newProjectRule', {
    body: {
      ...{ thresholdFen: FEN_OF_YI, chiefRank: 'deputy-district', secretaryRank: 'division', basis: year.mechanism },
      ...{ weeklyVisits: year.weeklyVisits, validFrom: year.from },
    },
  })
  await ask('supervisor', 'newCadenceRule', {
    body: {
      ...{ code: 'enterprise-month', title: '部门一把手每月到联系企业', debtor: { kind: 'liaison' } },
      ...{ towardKind: 'enterprise', min: year.enterprises.visitsAMonth, per: 'month', counts: ['onSite'] },
      ...{ basis: year.mechanism, validFrom: `${year.from.slice(0, 7)}-01` },
    },
  })
}

async function bigProjects({ ask, story: { district, year }, unit, person, big }: Stage): Promise<void> {
  const departments = district.units.filter(({ kind }) => kind === 'department')
  for (const i of times(year.big.count)) {
    const amountFen = Math.round((year.big.leastYi + i * year.big.stepYi) * FEN_OF_YI)
    const unitId = idIn(unit, inTurn(departments, i).id)
    const { id } = await ask('supervisor', 'newProject', {
      body: { name: nameOf(year.big.name, i), amountFen, unitId },
    })
    big.push(id)
    for (const [role, name] of [
      ['chief', CHIEF],
      ['secretary', SECRETARY],
    ] as const) {
      const personId = idIn(person, nameOf(name ?? '', i))
      const body = { role, personId, from: year.from, reason: year.mechanism }
      await ask('supervisor', 'appointOfficer', { params: { id }, body })
    }
  }
}

/** Whoever heads the department that looks after an enterprise, and whoever goes along. */
function visitors({ story: { district }, person }: Stage, i: number) {
  const { name, shortName } = inTurn(
    district.units.filter(({ kind }) => kind === 'department'),
    i,
  )
  return [idIn(person, `${shortName ?? name}${HEAD}`), idIn(person, `${shortName ?? name}经办`)]
}

async function enterprises(stage: Stage): Promise<void> {
  const { ask, story } = stage
  const { name, count } = story.year.enterprises
  for (const i of times(count)) {
    const { id } = await ask('supervisor', 'newLiaisonTarget', { body: { kind: 'enterprise', name: nameOf(name, i) } })
    stage.enterprises.push(id)
    const [personId = ''] = visitors(stage, i)
    const body = { targetId: id, personId, from: story.year.from, reason: '部门一把手联系重点企业' }
    await ask('supervisor', 'newLiaison', { body })
  }
}

/** Frozen by somebody else than who proposed it, before anything was begun; each begun so many days before that. */
function planContinued({ ask, add, story: { district, year }, unit, continued }: Stage): void {
  const { name, amountYi, frozenOn, startedOn, daysSaved } = year.continued
  const department = inTurn(
    district.units.filter(({ kind }) => kind === 'department'),
    0,
  ).id
  const dates = (saved: number, actualOn?: string) => ({
    stages: [{ stage: 'start' as const, expectedOn: dayAfter(startedOn, saved), ...(actualOn && { actualOn }) }],
  })
  for (const [i, saved] of daysSaved.entries()) {
    add({
      ...{ at: at(frozenOn, '09:00'), what: '冻结续建项目的预期开工日' },
      run: async () => {
        const amountFen = Math.round(amountYi * FEN_OF_YI)
        const body = { name: nameOf(name, i), amountFen, unitId: idIn(unit, department), type: 'continued' as const }
        const { id } = await ask('supervisor', 'newProject', { body })
        continued.push(id)
        await ask(`${department}-head`, 'setProjectStages', { params: { id }, body: dates(saved) })
        await ask(`${department}-head`, 'newBaseline', { params: { id }, body: { document: '项目调度会纪要' } })
        await ask('leader', 'decideBaseline', { params: { id, version: '1' as never }, body: { freeze: true } })
      },
    })
    add({
      ...{ at: at(startedOn, '16:00'), what: '续建项目开工' },
      run: async () => {
        const params = { id: continued[i] ?? '' }
        await ask(`${department}-head`, 'setProjectStages', { params, body: dates(saved, startedOn) })
      },
    })
  }
}

/** Every week both officers go to their project. */
function planProjectVisits({ ask, add, story: { year }, person, big }: Stage): void {
  const { from, until, weeklyVisits } = year
  for (let monday = from; dayAfter(monday, 6) <= until; monday = dayAfter(monday, 7))
    for (const turn of times(weeklyVisits)) {
      const on = dayAfter(monday, 3 + (turn % 2))
      const run = async () => {
        for (const [i, targetId] of big.entries()) {
          const officials = [CHIEF, SECRETARY].map((name) => idIn(person, nameOf(name ?? '', i)))
          const body = { clientId: randomUUID(), targetId, kind: 'onSite' as const, on, officials }
          await ask('supervisor', 'newVisit', { body })
        }
      }
      add({ at: at(on, '17:00'), what: '到项目现场', run, weight: 12 })
    }
}

/** Every month each enterprise is visited so often, early and late in it. */
function planEnterpriseVisits(stage: Stage): void {
  const { ask, add, story, enterprises: targets } = stage
  const { from, until, enterprises: wanted } = story.year
  const months = [...new Set([from, until].map((day) => day.slice(0, 7)))]
  for (const month of months)
    for (const turn of times(wanted.visitsAMonth)) {
      const on = `${month}-${String(10 + Math.floor((turn * 16) / wanted.visitsAMonth)).padStart(2, '0')}`
      const run = async () => {
        for (const [i, targetId] of targets.entries()) {
          const officials = visitors(stage, i).slice(0, wanted.officials)
          const body = { clientId: randomUUID(), targetId, kind: 'onSite' as const, on, officials }
          await ask('supervisor', 'newVisit', { body })
        }
      }
      add({ at: at(on, '17:30'), what: '到联系企业', run, weight: targets.length || 20 })
    }
}

export const AUDIENCE = '软环境建设监督员'
const forum = async ({ ask, unit }: Stage, heldOn: string) =>
  void (await ask('supervisor', 'newForum', {
    body: {
      ...{ kind: 'forum', title: `${AUDIENCE}座谈会（${heldOn}）`, heldOn, audience: AUDIENCE },
      unitIds: [idIn(unit, 'supervision')],
    },
  }))

const WAN_BEFORE = 100
const monthsBetween = (from: string, to: string) =>
  times(12)
    .map((i) => `${from.slice(0, 4)}-${String(i + 1).padStart(2, '0')}`)
    .filter((month) => month >= from && month <= to)
/** Output and profit of a month in 万元, by what the enterprise is to do; the first grew by half, the last shrank. */
function monthOf({ story: { year } }: Stage, i: number): { output: number; before: number; after: number } {
  const { grewByHalf, grewLess, turned, lossCut } = year.growth
  const output = i < grewByHalf ? 150 : i < grewByHalf + grewLess ? 110 : 90
  if (i < turned) return { output, before: -8, after: 2 }
  return i < turned + lossCut ? { output, before: -8, after: -3 } : { output, before: 5, after: 6 }
}
/** The bureau's table of both years (月报), as one file. */
async function statistics(stage: Stage): Promise<void> {
  const { ask, story } = stage
  const { enterprises: firms, growth } = story.year
  const lines = times(firms.count).flatMap((i) => {
    const { output, before, after } = monthOf(stage, i)
    return monthsBetween(growth.from, growth.to).flatMap((month) => {
      const past = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`
      const name = nameOf(firms.name, i)
      return [`${name},${past},${WAN_BEFORE},${before}`, `${name},${month},${output},${after}`]
    })
  })
  const table = ['企业名称,月份,工业总产值（万元）,利润总额（万元）', ...lines].join('\n')
  const form = new FormData()
  form.set('dryRun', 'false')
  form.set('file', new Blob([table]), '工业月报.csv')
  const { faults } = await ask('supervisor', 'importEnterpriseFigures', { form })
  if (faults[0]) throw new Error(`月报：${JSON.stringify(faults[0])}`)
}
