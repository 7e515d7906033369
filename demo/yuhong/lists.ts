import { type Channel, FOUND_BY, type FoundBy, idsOf, type ListKind } from '../../contract/src/index.ts'
import { inTurn, nameOf } from '../replay/pattern.ts'
import { actOn, at, idIn, inLanes } from '../replay/stage.ts'
import { LANES } from './register.ts'
import type { Stage } from './stage.ts'

/** For what the channels of the style rectification are: they are counted by it. */
export const STYLE = '作风问题'

interface PlannedItem {
  readonly title: string
  readonly content: string
  readonly aspect: string
  readonly foundBy: FoundBy
  readonly unit: string
}
interface PlannedList {
  readonly kind: ListKind
  readonly title: string
  readonly openedOn: string
  readonly deadline: string
  readonly items: readonly PlannedItem[]
  /** So many of the items, from the first, are accepted on the list's last day. */
  readonly accepted: number
}

/** The two lists (清单): style problems with the channels to report them, and weak organisations. */
export function planLists(stage: Stage): void {
  const { style, weak } = stage.story.told
  const units = stage.story.district.units.filter(({ kind }) => kind === 'department').map(({ id }) => id)
  const ways = idsOf(FOUND_BY).flatMap((way) => Array.from({ length: style.found[way] ?? 0 }, () => way))
  planList(stage, {
    ...{ kind: 'rectification', ...style, accepted: style.rectified },
    items: ways.map((foundBy, i) => ({
      ...{ foundBy, aspect: inTurn(style.aspects, i), unit: inTurn(units, i), title: `作风问题第 ${i + 1} 项` },
      content: `办事群众反映“${inTurn(style.aspects, i)}”，第 ${i + 1} 项。`,
    })),
  })
  planList(stage, {
    ...{ kind: 'weakOrganisation', ...weak, accepted: weak.transformed },
    items: Array.from({ length: weak.count }, (_, i) => ({
      ...{
        foundBy: 'superior',
        aspect: '村党组织',
        unit: inTurn(units, -1 + units.length),
        title: nameOf(weak.name, i),
      },
      content: `${nameOf(weak.name, i)}组织生活不正常，列入整顿。`,
    })),
  })
  stage.add({
    ...{ at: at(style.openedOn, '10:00'), what: '建立反映渠道', weight: style.channels },
    run: () =>
      inLanes(
        Array.from({ length: style.channels }, (_, i) => i),
        LANES,
        (i) => openChannel(stage, i, units),
      ),
  })
}

const WAYS: readonly Channel[] = ['mail', 'hotline', 'wechat', 'window', 'app']
async function openChannel({ ask, ids, story }: Stage, i: number, units: readonly string[]): Promise<void> {
  const body = {
    ...{ name: `作风问题反映渠道 ${i + 1}`, kind: inTurn(WAYS, i), unitId: idIn(ids.unit, inTurn(units, i)) },
    ...{ place: `公开处 ${i + 1}`, hours: '工作日', audience: '所有人', purpose: STYLE },
    validFrom: story.told.style.openedOn,
  }
  await ask('supervisor', 'newChannel', { body })
}

function planList(stage: Stage, { items, accepted, ...list }: PlannedList): void {
  const { openedOn, deadline } = list
  const cases: { readonly id: string; readonly unit: string }[] = []
  const byUnit = async (role: string, action: string, input: object, some: typeof cases) => {
    for (const [unit, own] of Map.groupBy(some, (one) => one.unit))
      await actOn(stage, `${unit}-${role}`, action, { ids: own.map(({ id }) => id), input: { ...input } })
  }
  const day = (on: string, time: string, run: () => Promise<void>) =>
    stage.add({ at: at(on, time), what: list.title, weight: items.length, run })
  day(openedOn, '09:00', async () => {
    const id = await begin(stage, list, [...new Set(items.map(({ aspect }) => aspect))])
    stage.ids.list.set(list.kind, id)
    for (const item of items) cases.push({ id: await enlist(stage, id, deadline, item), unit: item.unit })
    await stage.ask('supervisor', 'turnProblemList', { params: { id, action: 'publish' }, body: { version: 1 } })
  })
  day(openedOn, '10:30', () => byUnit('handler', 'sign', {}, cases))
  const done = () => cases.slice(0, accepted)
  const answer = { text: '已整改到位，有台账和照片。', outcome: 'solved' }
  day(deadline, '09:00', () => byUnit('handler', 'draftAnswer', answer, done()))
  day(deadline, '11:00', () => byUnit('head', 'approveAnswer', {}, done()))
  day(deadline, '15:00', () =>
    actOn(stage, 'supervisor', 'strikeOff', {
      ids: done().map(({ id }) => id),
      input: { note: '现场查看，已整改到位。' },
    }),
  )
}

async function begin(
  { ask }: Stage,
  { kind, title, openedOn, deadline }: Pick<PlannedList, 'kind' | 'title' | 'openedOn' | 'deadline'>,
  aspects: string[],
): Promise<string> {
  const body = { kind, title, aspects, from: openedOn, to: deadline }
  const { id } = await ask('supervisor', 'newProblemList', { body })
  return id
}

async function enlist({ ask, ids }: Stage, list: string, deadline: string, item: PlannedItem): Promise<string> {
  const { title, content, aspect, foundBy, unit } = item
  const { id } = await ask('supervisor', 'enlist', {
    params: { id: list },
    body: {
      ...{ facts: { title, content }, aspect, foundBy, deadline, leadUnitId: idIn(ids.unit, unit) },
      ...{
        symptom: content,
        rootCause: '制度不全，管理不严。',
        measures: '立行立改，建立制度，公开电话。',
        reason: '梳理列入',
      },
    },
  })
  return id
}
