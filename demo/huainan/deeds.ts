import { inTurn, nameOf } from '../replay/pattern.ts'
import { actOn, at, idIn, inLanes, type Step } from '../replay/stage.ts'
import type { Stage } from './replay.ts'
import type { StoryWork } from './story.ts'

const LANES = 4
const DAY_MS = 86_400_000
const CONTACTED = { reached: true, channel: 'visit', note: '已约定现场查看。' }
const CONTENT = { reached: true, satisfied: true, solved: true, grade: 5 }
/** Whom the call-back reaches; a number that nobody has. */
const phoneOf = (i: number) => `1390000${String(i).padStart(4, '0')}`
const later = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** Cases of one day on their way (办理), each by its unit. */
interface Brought {
  readonly id: string
  readonly unit: string
}
const byUnit = async (brought: readonly Brought[], run: (unit: string, ids: string[]) => Promise<void>) => {
  for (const [unit, own] of Map.groupBy(brought, (one) => one.unit))
    await run(
      unit,
      own.map(({ id }) => id),
    )
}
async function takeInHand(stage: Stage, brought: readonly Brought[]): Promise<void> {
  await actOn(stage, 'clerk', 'accept', { ids: brought.map(({ id }) => id) })
  await byUnit(brought, async (unit, ids) => {
    await actOn(stage, 'dispatcher', 'dispatch', { ids, input: { leadUnitId: idIn(stage.ids.unit, unit) } })
    await actOn(stage, `${unit}-handler`, 'sign', { ids })
    await actOn(stage, `${unit}-handler`, 'contact', { ids, input: CONTACTED })
  })
}
async function close(stage: Stage, brought: readonly Brought[]): Promise<void> {
  const ids = brought.map(({ id }) => id)
  await actOn(stage, 'caller', 'callBack', { ids, input: CONTENT })
  await actOn(stage, 'caller', 'close', { ids })
}

/** What the departments find themselves (自行收集): brought in on a day, answered two days later, called back and closed on the third. */
export function foundOf(stage: Stage): Step[] {
  const {
    firms,
    found: { count, on, units, words },
  } = stage.story.told
  return on.flatMap((day, n): Step[] => {
    const brought: Brought[] = []
    const own = Array.from({ length: count }, (_, i) => i).filter((i) => i % on.length === n)
    const weight = own.length
    const step = (days: number, time: string, what: string, run: () => Promise<void>): Step => ({
      ...{ at: at(later(day, days), time), what, weight, run },
    })
    const answer = { text: '已会同有关部门处理完毕，请继续监督。', outcome: 'solved' }
    return [
      step(0, '09:10', '主动发现问题', async () => {
        await inLanes(own, LANES, async (i) => {
          const unit = inTurn(units, i)
          const body = {
            ...{ type: 'appeal', channel: 'staffFound' as const },
            facts: { content: `${inTurn(words, i)}（第${i + 1}件）` },
            party: { kind: 'enterprise' as const, name: nameOf(firms.name, i % firms.count), phone: phoneOf(i) },
          }
          const { case: kase } = await stage.ask(`${unit}-handler`, 'openCase', { body })
          brought.push({ id: kase.id, unit })
        })
        await takeInHand(stage, brought)
      }),
      step(2, '10:00', '答复', () =>
        byUnit(brought, async (unit, ids) => {
          await actOn(stage, `${unit}-handler`, 'draftAnswer', { ids, input: answer })
          await actOn(stage, `${unit}-head`, 'approveAnswer', { ids })
        }),
      ),
      step(3, '10:00', '回访办结', () => close(stage, brought)),
    ]
  })
}

/** Works that leaders came upon (调研发现): what each brought about stands on its answer in figures. */
export const worksOf = (stage: Stage): Step[] =>
  stage.story.told.works.flatMap((work): Step[] => {
    const brought: Brought[] = []
    return [
      { at: at(work.on, '14:00'), what: work.title, weight: 1, run: () => begin(stage, work, brought) },
      { at: at(later(work.on, 2), '14:30'), what: work.title, weight: 1, run: () => finish(stage, work, brought) },
    ]
  })

async function begin(stage: Stage, { title, unit, outside }: StoryWork, brought: Brought[]): Promise<void> {
  const { case: kase } = await stage.ask('leader', 'openCase', {
    body: {
      type: 'appeal',
      channel: 'leaderResearch',
      facts: { content: title },
      party: { name: '现场群众', phone: phoneOf(0) },
    },
  })
  brought.push({ id: kase.id, unit })
  await takeInHand(stage, brought)
  if (outside === undefined) return
  const letter = { body: outside.body, letterNumber: outside.letter, text: outside.asks, days: 5 }
  await actOn(stage, `${unit}-handler`, 'coordinate', { ids: [kase.id], input: letter })
  const { items } = await stage.ask('supervisor', 'relatedCases', { params: { id: kase.id } })
  const tasks = items.filter(({ type }) => type === 'task').map(({ id }) => id)
  await actOn(stage, `${unit}-handler`, 'report', { ids: tasks, input: { text: outside.result } })
}
async function finish(
  stage: Stage,
  { unit, answer, quantities }: StoryWork,
  brought: readonly Brought[],
): Promise<void> {
  const ids = brought.map(({ id }) => id)
  await actOn(stage, `${unit}-handler`, 'draftAnswer', { ids, input: { text: answer, outcome: 'solved', quantities } })
  await actOn(stage, `${unit}-head`, 'approveAnswer', { ids })
  await close(stage, brought)
}
