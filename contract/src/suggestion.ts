import { z } from 'zod'
import { Location, Phone } from './appeal.ts'
import { CaseId, UnitId } from './brand.ts'
import { optionalText, text } from './shape.ts'
import { CONFIDENCE, DRAFT_KIND, idsOf, Urgency } from './term.ts'

/** What somebody is typing (正在登记的内容), before it is a case. */
export const SuggestionRequest = z
  .object({
    title: optionalText(60),
    content: text(5000),
    location: Location.optional(),
    divisionCode: optionalText(12),
    /** Of whoever calls, to find what they reported before; only the intake office finds by it. */
    phone: Phone,
  })
  .meta({ id: 'SuggestionRequest' })

const confidence = z.enum(idsOf(CONFIDENCE))
const share = z.number().min(0).max(1)
const words = z.array(z.string())

const SuggestedCategory = z.object({ id: z.string(), label: z.string(), score: share, confidence, words })
const SuggestedUnit = z.object({
  id: UnitId,
  name: z.string(),
  score: share,
  confidence,
  words,
  times: z.number().int().meta({ description: 'How often such matters were dispatched there' }),
  basis: z.string().meta({ description: 'Row of the dispatch catalogue, or how often it was dispatched so' }),
})
const SuggestedUrgency = z.object({
  value: Urgency,
  confidence,
  words,
  calls: z.array(z.string()).meta({ description: 'Whom to call at once, for an emergency' }),
})

/** An earlier case that may be the same (是否反映过), and why it is thought so. */
export const SimilarCase = z
  .object({
    id: CaseId,
    number: z.string(),
    type: z.string(),
    title: z.string(),
    score: share,
    words,
    stage: z.string(),
    stageLabel: z.string(),
    unit: z.string().nullable(),
    closed: z.boolean(),
    samePlace: z.boolean(),
    samePerson: z.boolean(),
    daysApart: z.number().int(),
    answer: z.string().optional(),
    reasons: z.array(z.string()),
    /** What the caller may do with it now. */
    actions: z.array(z.enum(['supplement', 'merge'])),
  })
  .meta({ id: 'SimilarCase' })

/** The same place and matter again after it was closed (复发). */
export const Recurrence = z
  .object({
    months: z.number().int().meta({ description: 'Looked back so far' }),
    times: z.number().int(),
    earlier: z.array(
      z.object({
        number: z.string(),
        title: z.string(),
        unit: z.string().nullable(),
        round: z.number().int(),
        daysSinceClosed: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Recurrence' })

/** How far the past has been read (学习进度). */
const Learning = z.object({ ready: z.boolean(), share, cases: z.number().int(), lessons: z.number().int() })

/** How often the category suggested first was the one the person then gave (命中), of the latest thousand at most. */
const Hits = z.object({ confidence, right: z.number().int(), of: z.number().int() })

/** The same, how good the suggestions were, and whether a machine may be asked for drafts (是否开通机器草稿). */
export const SuggestionState = Learning.extend({ drafts: z.boolean(), hits: z.array(Hits) }).meta({
  id: 'SuggestionState',
})

/** Suggestions (智能建议): they only fill in a form; a person decides. */
export const Suggestion = z
  .object({
    categories: z.array(SuggestedCategory),
    units: z.array(SuggestedUnit),
    urgency: SuggestedUrgency,
    similar: z.array(SimilarCase),
    recurrence: Recurrence.optional(),
    learning: Learning,
  })
  .meta({ id: 'Suggestion' })

/** What anybody may know of a similar report (类似情况): no number, no words of another person. */
export const PublicSimilar = z
  .object({
    items: z.array(
      z.object({
        token: z.string().meta({ description: 'For “me too”; says nothing by itself' }),
        category: z.string(),
        place: z.string(),
        daysAgo: z.number().int(),
        stageLabel: z.string(),
        open: z.boolean(),
        /** Only of a listed problem, or where the answer was published. */
        title: z.string().optional(),
        answer: z.string().optional(),
        answerNumber: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'PublicSimilar' })
export const PublicSimilarRequest = z
  .object({ content: text(5000), location: Location.optional() })
  .meta({ id: 'PublicSimilarRequest' })

export const DraftRequest = z.object({ kind: z.enum(idsOf(DRAFT_KIND)) }).meta({ id: 'DraftRequest' })
/** A machine's draft (机器草稿): it is shown to a person and stored nowhere. */
export const Draft = z.object({ text: z.string(), mark: z.string(), model: z.string() }).meta({ id: 'Draft' })
