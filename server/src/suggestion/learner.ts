import type { UnitId, Urgency } from '@banjie/contract'
import type { z } from 'zod'
import { screen, type Topic } from '#case'
import { type Confidence, createClassifier, folded, type Label, wordsOf } from '#text'
import { createUnitMemory, type RankedUnit } from './unit-memory.ts'

type UrgencyValue = z.infer<typeof Urgency>

/** What a person decided about a report (一次人工认定): the lesson of one event. */
export interface Lesson {
  readonly title: string
  readonly content: string
  readonly division: string | null
  /** The category the case has since, and whether this event gave it. */
  readonly category: string | null
  readonly gaveCategory: boolean
  readonly unit: UnitId | null
  readonly urgency: UrgencyValue | null
}
export interface Written {
  readonly title?: string | undefined
  readonly content: string
}
export interface RankedTopic {
  readonly topic: Topic
  readonly score: number
  readonly confidence: Confidence
  readonly words: readonly string[]
}
export interface LearnedUrgency {
  readonly value: UrgencyValue
  readonly confidence: Confidence
  readonly words: readonly string[]
  readonly calls: readonly string[]
}

/** What is learned from the clerks (在线学习): categories, units, urgency. Lost with the process, made again from the events. */
export interface Learner {
  learn(lesson: Lesson): void
  rankTopics(text: Written, topics: readonly Topic[]): RankedTopic[]
  rankUnits(
    text: Written,
    asked: { category: string | null; division: string | null; proposed: UnitId | undefined },
  ): RankedUnit[]
  urgencyOf(text: Written, topic: RankedTopic | undefined): LearnedUrgency
  readonly lessons: number
}

/** After so many lessons of a category what they say counts half. */
const HALF = 3
/** After so many the dictionary has lost a quarter of its say; it never loses more than half. */
const LONG = 30
/** A dictionary's word is a hint, no experience: “sure” is said only of what was learned. */
const DICTIONARY = 0.75
const MEASURED_LABELS = 7
/** Margin to likelihood, as the classifier has it. */
const SLOPE = 3
/** What is less likely only distracts. */
const LEAST_SCORE = 0.08
const LEAST_SHARE = 0.2
/** Nobody is told “urgent” on less. */
const URGENT_SCORE = 0.8
const LEAST_URGENT = 5

export function createLearner(): Learner {
  const categories = createClassifier()
  const urgencies = createClassifier()
  const units = createUnitMemory()
  const taught = new Map<string, number>()
  const pressed = new Map<string, number>()
  let lessons = 0

  return {
    learn({ title, content, division, category, gaveCategory, unit, urgency }) {
      const text = { title, body: content }
      if (gaveCategory && category !== null) {
        categories.learn(text, category)
        taught.set(category, (taught.get(category) ?? 0) + 1)
      }
      if (unit !== null) units.learn({ unit, category, division, words: wordSet({ title, content }) })
      if (urgency !== null) {
        urgencies.learn(text, urgency)
        pressed.set(urgency, (pressed.get(urgency) ?? 0) + 1)
      }
      lessons++
    },
    rankTopics(text, topics) {
      const learned = sharpened(categories.classify(asWritten(text)))
      const told = byDictionary(text, topics)
      const ranked = topics.flatMap((topic) => {
        const lessons = taught.get(topic.id) ?? 0
        const heard = 1 - lessons / (lessons + LONG) / 2
        const label = learned.get(topic.id)
        const hint = told.get(topic.id)
        // Two witnesses who agree are surer than either; the dictionary is heard less the more was learned.
        const score = 1 - (1 - experienceOf(lessons) * (label?.score ?? 0)) * (1 - heard * (hint?.score ?? 0))
        const words = [...new Set([...(hint?.words ?? []), ...(label?.words ?? [])])]
        return words.length === 0 ? [] : [{ topic, score, words }]
      })
      const whole = Math.max(
        1,
        ranked.reduce((sum, { score }) => sum + score, 0),
      )
      return ranked
        .map(({ score, ...one }) => ({
          ...one,
          score: score / whole,
          confidence: categories.confidence(score / whole),
        }))
        .sort((a, b) => b.score - a.score)
        .filter(({ score }, _, [best]) => score >= LEAST_SCORE && score >= LEAST_SHARE * (best?.score ?? 0))
    },
    rankUnits: (text, { category, division, proposed }) =>
      units.rank({ category, division, words: wordSet(text) }, proposed),
    urgencyOf(text, topic) {
      const emergencies = screen(`${text.title ?? ''}\n${text.content}`)
      if (emergencies.length > 0)
        return {
          ...{ value: 'critical', confidence: 'sure' },
          words: [...new Set(emergencies.flatMap(({ words }) => words))],
          calls: [...new Set(emergencies.map(({ label, call }) => `${label}：${call}`))],
        }
      const [first] = urgencies.classify(asWritten(text))
      if (
        first !== undefined &&
        first.label !== 'normal' &&
        first.score >= URGENT_SCORE &&
        (pressed.get(first.label) ?? 0) >= LEAST_URGENT &&
        first.words.length > 0
      )
        return { value: first.label as UrgencyValue, confidence: 'likely', words: first.words, calls: [] }
      if (topic?.topic.urgent === true && topic.confidence !== 'unsure')
        return { value: 'urgent', confidence: topic.confidence, words: topic.words, calls: [] }
      return { value: 'normal', confidence: 'likely', words: [], calls: [] }
    },
    get lessons() {
      return lessons
    },
  }
}

const asWritten = ({ title, content }: Written) => ({ title, body: content })
const wordSet = ({ title, content }: Written) =>
  new Set(wordsOf(`${title ?? ''}\n${content}`).filter((word) => word.length > 1))
const experienceOf = (count: number) => count / (count + HALF)

/**
 * The likelihoods as they would be among seven labels, where the steps of confidence were measured: among forty the unlikely ones together would
 * outweigh the right one.
 */
function sharpened(labels: readonly Label[]): Map<string, Label> {
  const power = 1 + Math.max(0, Math.log(labels.length / MEASURED_LABELS)) / SLOPE
  const sharp = labels.map((label) => ({ ...label, score: label.score ** power }))
  const whole = sharp.reduce((sum, { score }) => sum + score, 0)
  return new Map(sharp.map((label) => [label.label, { ...label, score: label.score / whole }]))
}

/** Topics whose own words (类别词) are in the text; the longer and the more, the likelier, second-level ones before their parents. */
function byDictionary(text: Written, topics: readonly Topic[]): Map<string, { score: number; words: string[] }> {
  const tidy = folded(`${text.title ?? ''}\n${text.content}`)
  const hits = topics.flatMap(({ id, label, words, parentId }) => {
    const found = [...new Set([label, ...words])].filter((word) => word.length > 1 && tidy.includes(folded(word)))
    const weight = found.reduce((sum, word) => sum + word.length, 0) + (parentId === null ? 0 : 0.5)
    return found.length === 0 ? [] : [{ id, weight, words: found }]
  })
  const whole = hits.reduce((sum, { weight }) => sum + weight * weight, 0)
  return new Map(hits.map(({ id, weight, words }) => [id, { score: (DICTIONARY * weight * weight) / whole, words }]))
}
