import { ANSWER_FIELD } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { CaseState } from '../engine/state.ts'

const BRACES = /[{｛]([^{}｛｝\n]{0,30})[}｝]/g
const FIELDS: ReadonlySet<string> = new Set(Object.values(ANSWER_FIELD))
const bracesIn = (text: string) => [...text.matchAll(BRACES)].map((match) => match[0])

/** What the problem's answer begins with where nobody wrote a beginning. */
const USUAL = '您于{反映日期}反映的“{事项}”，已与同类诉求并案办理（{问题编号}）。'
/** The same where nothing was merged. */
export const USUAL_OF_ITS_OWN = '您于{反映日期}反映的“{事项}”（{编号}），答复如下。'
/** A name is kept in `party` alone: whoever opens the answer with number and code is addressed by it there. */
export const SALUTATION = '诉求人'

/** @throws Fault 'answer.unfilled' naming the braces that nobody has filled in */
export function refuseUnfilled(text: string): void {
  const places = bracesIn(text)
  if (places.length > 0) throw new Fault('answer.unfilled', { places: [...new Set(places)].join('、') })
}

/** @throws Fault 'answer.unknown_field' for a field that no answer could fill */
export function refuseUnknownFields(template: string): void {
  const unknown = bracesIn(template).filter((place) => !FIELDS.has(place.slice(1, -1)))
  if (unknown.length > 0)
    throw new Fault('answer.unknown_field', {
      places: unknown.join('、'),
      allowed: [...FIELDS].map((field) => `{${field}}`).join(' '),
    })
}

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })
export const personalOf = ({ facts }: CaseState) => (facts['personal'] as string | undefined) ?? null
export const templateOf = ({ facts }: CaseState) => (facts['template'] as string | undefined) ?? USUAL

/** What a person's answer is made of: its beginning, the answer that everybody gets, and what is said to this person alone. */
interface Parts {
  readonly template: string
  readonly answer: string | null
  readonly problem: string | null
  readonly personal: string | null
}
/** Whether a template names a field, in half-width or full-width braces. */
export const mentions = (template: string, field: string) =>
  template.includes(`{${field}}`) || template.includes(`｛${field}｝`)

/** One person's answer (一人一答): the beginning filled in, what is said to this person alone, and the answer itself. */
export function filledIn(
  { template, answer, problem, personal }: Parts,
  kase: CaseState,
): { text: string; lacking: readonly string[] } {
  const values: Readonly<Record<string, string | null>> = {
    [ANSWER_FIELD.salutation]: SALUTATION,
    [ANSWER_FIELD.receivedOn]: DAY.format(kase.receivedAt),
    [ANSWER_FIELD.matter]: kase.title,
    [ANSWER_FIELD.number]: kase.number,
    [ANSWER_FIELD.place]: kase.address,
    [ANSWER_FIELD.personal]: personal,
    [ANSWER_FIELD.problem]: problem,
    [ANSWER_FIELD.answer]: answer,
  }
  const lacking: string[] = []
  const opening = template.replaceAll(BRACES, (place, field: string) => {
    const value = values[field]
    if (value != null) return value
    lacking.push(field)
    return place
  })
  const parts = [
    opening,
    ...(mentions(template, ANSWER_FIELD.personal) ? [] : [personal ?? '']),
    ...(mentions(template, ANSWER_FIELD.answer) ? [] : [answer ?? '']),
  ]
  return { text: parts.filter((part) => part !== '').join('\n'), lacking: [...new Set(lacking)] }
}

/** A merged person's answer (并案答复), from the problem. */
export const composed = (problem: CaseState, kase: CaseState) =>
  filledIn(
    { template: templateOf(problem), answer: problem.answer, problem: problem.number, personal: personalOf(kase) },
    kase,
  )

const SHOWN = 5
/** @throws Fault 'answer.merged_lacking' naming whose answer lacks what: nothing goes out with a gap in it */
export function refuseLacking(problem: CaseState, cases: readonly CaseState[]): void {
  const gaps = cases
    .map((kase) => ({ number: kase.number, lacking: composed(problem, kase).lacking }))
    .filter(({ lacking }) => lacking.length > 0)
  if (gaps.length === 0) return
  const places = gaps.slice(0, SHOWN).map(({ number, lacking }) => `${number} 缺${lacking.join('、')}`)
  throw new Fault('answer.merged_lacking', {
    count: gaps.length,
    places: places.join('；') + (gaps.length > SHOWN ? ' 等' : ''),
  })
}
