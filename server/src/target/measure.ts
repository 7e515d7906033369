import {
  type NewCheckIn,
  TARGET_KIND,
  type TargetDefinition,
  type TargetKind,
  type UnitId,
  withQualifier,
} from '@banjie/contract'
import { Fault } from '#kernel/fault'

/** What the check-ins say of one object. */
export interface ObjectTally {
  readonly name: string
  readonly unitId: UnitId | null
  readonly quantity: number
  readonly measured: number | null
  readonly words: readonly string[]
  readonly done: boolean
}
/** What the check-ins say of a target. */
export interface Tally {
  readonly quantity: number
  readonly objects: readonly ObjectTally[]
}

const THOUSANDTHS = 1000
/** Exact to the third decimal, as the quantities are. */
export const plus = (a: number, b: number) => (Math.round(a * THOUSANDTHS) + Math.round(b * THOUSANDTHS)) / THOUSANDTHS

/** Whether a value meets a standard; 余 is more than, all others are at least. */
const meets = (value: number, { value: wanted, qualifier }: Pick<TargetDefinition, 'value' | 'qualifier'>) =>
  qualifier === 'over' ? value > wanted : value >= wanted

const DONE: Readonly<Record<TargetKind, (object: ObjectTally, definition: TargetDefinition) => boolean>> = {
  count: () => false,
  objects: ({ done, words }, definition) =>
    definition.words.length === 0 ? done : definition.words.every((word) => words.includes(word)),
  threshold: ({ measured }, { each }) => each != null && measured !== null && meets(measured, each),
  eachHas: ({ quantity }, { each }) => each != null && meets(quantity, each),
  coverage: ({ done }) => done,
}
/** Whether an object is finished (对象完成); it follows from its check-ins and is never set. */
export const isDone = (object: ObjectTally, definition: TargetDefinition) => DONE[definition.kind](object, definition)

/** How much of a target is reached (完成数): a sum, the finished objects, or the units of which every object is finished. */
export function reachedOf(definition: TargetDefinition, { quantity, objects }: Tally): number {
  if (definition.kind === 'count') return quantity
  if (definition.kind !== 'coverage') return objects.filter((object) => isDone(object, definition)).length
  const units = Map.groupBy(objects, ({ unitId }) => unitId)
  return [...units.values()].filter((own) => own.every((object) => isDone(object, definition))).length
}
/** Share that is reached, 0 … 1; a target with 余 is not full until it is passed. */
export function shareOf(definition: TargetDefinition, reached: number): number {
  if (meets(reached, definition)) return 1
  return Math.min(reached / definition.value, definition.qualifier === 'over' ? 0.999 : 1)
}

/** 59条，每条路平、草绿、灯亮、门严; 14个，每个面积500平方米以上; 覆盖14个办事处. */
export function wordsOf({ kind, value, unit, qualifier, each, words }: TargetDefinition): string {
  const total = withQualifier(value, unit, qualifier)
  const own = each == null ? '' : `${each.what}${withQualifier(each.value, each.unit, each.qualifier)}`
  const WORDS: Readonly<Record<TargetKind, string>> = {
    count: total,
    objects: words.length === 0 ? total : `${total}，逐${unit}验收${words.join('、')}`,
    threshold: `${total}，每${unit}${own}`,
    eachHas: `${total}，每${unit}有${own}`,
    coverage: `覆盖${total}`,
  }
  return WORDS[kind]
}

/** How an object stands, in words: 620/500平方米; 1/2个; 路平 ✓ 草绿 –. */
export function standingOf(object: ObjectTally, definition: TargetDefinition): string {
  const { kind, each, words } = definition
  if (kind === 'threshold') return `${object.measured ?? '未测'}/${each?.value}${each?.unit}`
  if (kind === 'eachHas') return `${object.quantity}/${each?.value}${each?.unit}`
  if (words.length === 0) return object.done ? '已完成' : '未完成'
  return words.map((word) => `${word} ${object.words.includes(word) ? '✓' : '–'}`).join(' ')
}

const MORE_IS_FINE: readonly string[] = ['about', 'over', 'atLeast']
interface Bound {
  readonly value: number
  readonly unit: string
  readonly qualifier: string
}
/** @throws Fault 'checkIn.above_target' unless the qualifier allows more than the number says */
export function refuseAbove(words: string, bound: Bound, { reached, more }: { reached: number; more: number }): void {
  const over = plus(plus(reached, more), -bound.value)
  if (over > 0 && !MORE_IS_FINE.includes(bound.qualifier))
    throw new Fault('checkIn.above_target', { target: words, reached, more, over, unit: bound.unit })
}

type Field = 'quantity' | 'measured' | 'words' | 'done'
const isGiven: Readonly<Record<Field, (input: NewCheckIn) => boolean>> = {
  quantity: ({ quantity }) => quantity != null,
  measured: ({ measured }) => measured != null,
  words: ({ words }) => words.length > 0,
  done: ({ done }) => done,
}
const fieldOf = ({ kind, words }: TargetDefinition): Field =>
  kind === 'threshold'
    ? 'measured'
    : kind === 'count' || kind === 'eachHas'
      ? 'quantity'
      : words.length > 0
        ? 'words'
        : 'done'
const FIELD_WORD: Readonly<Record<Field, string>> = {
  quantity: '完成的数量',
  measured: '实测的数值',
  words: '通过的验收词',
  done: '“已完成”',
}
/** Whether a check-in counts anything, and not only tells. */
export const counts = (input: NewCheckIn) => Object.values(isGiven).some((given) => given(input))

/**
 * Holds a check-in against the target it is about.
 * @param object the object it names, with its tally; undefined where it names none
 * @throws Fault 'checkIn.object' | 'checkIn.wrong_measure' | 'checkIn.word_unknown' | 'checkIn.already' | 'checkIn.above_target'
 */
export function admit(
  definition: TargetDefinition,
  tally: Tally,
  object: ObjectTally | undefined,
  input: NewCheckIn,
): void {
  const { kind, words, each } = definition
  const wanted = fieldOf(definition)
  const others = Object.entries(isGiven).some(([field, given]) => field !== wanted && given(input))
  if (others || !isGiven[wanted](input))
    throw new Fault('checkIn.wrong_measure', { kind: TARGET_KIND[kind], wanted: FIELD_WORD[wanted] })
  if ((kind === 'count') !== (object === undefined)) throw new Fault('checkIn.object')
  const unknown = input.words.find((word) => !words.includes(word))
  if (unknown !== undefined) throw new Fault('checkIn.word_unknown', { word: unknown, words: words.join('、') })
  const more = input.quantity ?? 0
  if (object === undefined) {
    refuseAbove(`目标是${wordsOf(definition)}`, definition, { reached: tally.quantity, more })
  } else if (kind === 'eachHas' && each != null) {
    const words = `“${object.name}”的目标是${withQualifier(each.value, each.unit, each.qualifier)}`
    refuseAbove(words, each, { reached: object.quantity, more })
  } else if (kind !== 'threshold' && isDone(object, definition)) {
    // A measured value may be measured again; what is finished is finished once.
    throw new Fault('checkIn.already', { name: object.name })
  }
}

interface Named {
  readonly unitId?: UnitId | null | undefined
}
/** @throws Fault 'target.no_objects' | 'target.too_many_objects' unless the qualifier allows more */
export function refuseAboveObjects(
  definition: TargetDefinition,
  known: readonly Named[],
  more: readonly Named[],
): void {
  const { kind, value, qualifier } = definition
  if (kind === 'count') throw new Fault('target.no_objects')
  const sized = (rows: readonly Named[]) =>
    kind === 'coverage' ? new Set(rows.map(({ unitId }) => unitId)).size : rows.length
  const [before, after] = [sized(known), sized([...known, ...more])]
  if (after > value && !MORE_IS_FINE.includes(qualifier))
    throw new Fault('target.too_many_objects', { target: wordsOf(definition), known: before, more: after - before })
}
