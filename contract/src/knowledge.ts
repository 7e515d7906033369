import { z } from 'zod'
import { CaseId, Day, Instant, UnitId } from './brand.ts'
import { label, lines } from './field.ts'
import { INPUT } from './input.ts'
import { optionalText, text } from './shape.ts'
import { idsOf, KNOWLEDGE_KIND, KNOWLEDGE_STATE, Light, REPLY_CHANNEL } from './term.ts'

/** A device's word on an entry (有用/没用): one a day. */
export const KnowledgeVote = z.object({ useful: z.boolean() }).meta({ id: 'KnowledgeVote' })

/** What is said in a knowledge entry (知识条目); approved by somebody who did not write it, and never offered after its last day. */
export const KnowledgeText = z
  .object({
    kind: z.enum(idsOf(KNOWLEDGE_KIND)).default('question'),
    title: text(100),
    phrasings: z.array(text(100)).max(20).default([]).meta({ description: '群众可能的问法' }),
    text: text(5000),
    category: optionalText(60),
    ownerUnitId: UnitId.optional().meta({ description: 'Who keeps it right; the intake office if absent' }),
    source: text(200).meta({ description: 'Document number, or where it was said' }),
    sourceUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
    validFrom: Day,
    expiresOn: Day,
    public: z.boolean().default(true),
  })
  .meta({ id: 'KnowledgeText' })
export type KnowledgeText = z.output<typeof KnowledgeText>

/** An entry (知识条目) as it is offered: approved, in force, with how often it was used and found useful. */
export const Knowledge = z
  .object({
    id: z.string(),
    kind: z.enum(idsOf(KNOWLEDGE_KIND)),
    title: z.string(),
    text: z.string(),
    category: z.string().nullable(),
    source: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    owner: z.string().nullable(),
    expiresOn: Day.nullable(),
    version: z.number().int(),
    used: z.number().int(),
    useful: z.number().int(),
    useless: z.number().int(),
  })
  .meta({ id: 'Knowledge' })
export type Knowledge = z.input<typeof Knowledge>

const WaitingText = z.object({
  ...{ title: z.string(), phrasings: z.array(z.string()), text: z.string(), category: z.string().nullable() },
  ...{ source: z.string().nullable(), sourceUrl: z.string().nullable(), ownerUnitId: UnitId.nullable() },
  kind: z.enum(idsOf(KNOWLEDGE_KIND)),
  validFrom: Day.nullable(),
  expiresOn: Day.nullable(),
  public: z.boolean(),
  author: z.string(),
  at: Instant,
  mine: z.boolean().meta({ description: 'Written by the caller, who cannot approve it' }),
})

/** An entry on the keeper's table: also what is drafted, expired or withdrawn, and what is waiting for approval. */
export const KnowledgeEntry = Knowledge.extend({
  phrasings: z.array(z.string()),
  ownerUnitId: UnitId.nullable(),
  validFrom: Day.nullable(),
  public: z.boolean(),
  state: z.enum(idsOf(KNOWLEDGE_STATE)),
  stateLabel: z.string(),
  light: Light.meta({ description: 'Red: expired; yellow: within thirty days' }),
  approver: z.string().nullable(),
  fromCase: z.string().nullable().meta({ description: 'Number of the case whose public answer it was' }),
  waiting: WaitingText.nullable(),
}).meta({ id: 'KnowledgeEntry' })
export type KnowledgeEntry = z.input<typeof KnowledgeEntry>

/** An entry with everything that was done to it. */
export const KnowledgeFile = KnowledgeEntry.extend({
  history: z.array(
    z.object({
      at: Instant,
      by: z.string(),
      action: z.string(),
      label: z.string(),
      version: z.number().int(),
      note: z.string().nullable(),
      title: z.string(),
      text: z.string(),
    }),
  ),
}).meta({ id: 'KnowledgeFile' })

/** What may be changed when a public answer becomes an entry. */
export const KnowledgeFromCase = z
  .object({
    title: optionalText(100),
    text: optionalText(5000),
    source: optionalText(200),
    expiresOn: Day,
    ownerUnitId: UnitId.optional(),
  })
  .meta({ id: 'KnowledgeFromCase' })

/** Facts and inputs of a review (到期复核): an entry that is about to expire is a case of its owner. */
export const ReviewFacts = z.looseObject({
  title: text(80),
  content: text(2000),
  knowledgeId: z.string(),
  expiresOn: Day,
  confidential: z.boolean().default(false),
})
export const REVIEW = {
  renew: z.object({
    expiresOn: Day.meta(label('新的有效期至')),
    basis: text(500).meta(lines('核对了什么（文件是否仍有效、办法是否有变）')),
  }),
  retire: z.object({ reason: text(500).meta(lines('停用理由')) }),
  settled: z.object({ reason: text(500).meta(lines('说明')) }),
} as const

/** A place in a text that may not go out (脱敏位置). `must`: publication is refused while it stands. */
const MaskedSpot = z.object({
  at: z.number().int().meta({ description: 'Characters before it' }),
  word: z.string(),
  as: z.string(),
  kind: z.string(),
  must: z.boolean(),
})
const ProposedText = z.object({ text: z.string(), spots: z.array(MaskedSpot) })
/** What would be published of a case (公开稿): de-identified, with every masked place. */
export const Publication = z
  .object({
    title: ProposedText,
    question: ProposedText,
    answer: ProposedText,
    publishable: z.boolean(),
    why: z.string().nullable(),
    correction: z
      .object({ text: z.string(), reason: z.string(), author: z.string(), at: Instant })
      .nullable()
      .meta({ description: 'A correction that waits for a second person' }),
  })
  .meta({ id: 'Publication' })

/** One text for many (答复多件): each case gets its own answer, its own beginning and its own part; at most 500 in one call. */
export const AnswerMany = INPUT.draftAnswer
  .pick({ text: true, promisedOn: true, basis: true, alternatives: true, knowledgeId: true, checked: true })
  .extend({
    template: optionalText(1000).meta({
      description: '开头，可用 {称呼} {反映日期} {事项} {编号} {地点} {个人说明} {答复}',
    }),
    outcome: INPUT.draftAnswer.shape.outcome.default('explained'),
    items: z
      .array(z.object({ id: z.string().min(1).max(40), personal: optionalText(1000) }))
      .min(1)
      .max(500, 'answer.too_many')
      .meta({ description: 'Id or number of each case, and what is said to this person alone' }),
  })
  .meta({ id: 'AnswerMany' })
export type AnswerMany = z.output<typeof AnswerMany>

/** What became of each case of many (逐件结果): a refused one holds up no other. */
export const EachOutcome = z
  .object({
    id: z.string(),
    number: z.string().nullable(),
    ok: z.boolean(),
    stage: z.string().nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'EachOutcome' })
export type EachOutcome = z.input<typeof EachOutcome>

/** Personal parts (个人说明) for many merged cases of a problem: all or none. */
export const PersonalParts = z
  .object({
    items: z
      .array(z.object({ number: text(40), text: text(1000) }))
      .min(1)
      .max(500, 'answer.too_many'),
  })
  .meta({ id: 'PersonalParts' })

/** Answers to each person of a merged problem (并案答复), as they would go out. */
export const MergedAnswers = z
  .object({
    items: z.array(
      z.object({
        id: CaseId,
        number: z.string(),
        title: z.string(),
        text: z.string(),
        personal: z.string().nullable(),
        lacking: z.array(z.string()),
        channel: z.enum(idsOf(REPLY_CHANNEL)),
        channelLabel: z.string(),
        answered: z.boolean(),
      }),
    ),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
    lacking: z.array(z.object({ number: z.string(), fields: z.array(z.string()) })),
  })
  .meta({ id: 'MergedAnswers' })
