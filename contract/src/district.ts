import { z } from 'zod'
import { optionalText, text } from './shape.ts'
import { Channel, idsOf, KNOWLEDGE_KIND, Role, UnitKind } from './term.ts'

const code = text(60)

/** A district file (地区文件): everything a new installation needs to know about its district; one JSON file, loaded through the API. */
export const District = z
  .object({
    district: z.looseObject({
      id: code,
      name: text(60),
      city: optionalText(60),
      divisionCode: text(12),
      phone: optionalText(30),
    }),
    divisions: z.array(
      z.object({
        code: text(12),
        name: text(60),
        parentCode: text(12).nullable(),
        kind: z.enum(['district', 'street', 'community']),
      }),
    ),
    units: z.array(
      z.object({
        id: code,
        name: text(60),
        shortName: optionalText(30),
        kind: UnitKind,
        parentId: code.nullish(),
        divisionCode: text(12).nullish(),
        phone: text(30).nullish(),
        leaderId: code.nullish().meta({ description: '分管领导: code of a person' }),
      }),
    ),
    ranks: z.array(z.object({ id: code, name: text(30), level: z.number().int() })),
    people: z.array(
      z.object({
        id: code,
        name: text(50),
        unitId: code,
        post: text(60).nullish(),
        rankId: code.nullish(),
        account: code.nullish(),
        roles: z.array(Role).default([]),
      }),
    ),
    topics: z.array(
      z.object({
        id: code,
        label: text(60),
        parentId: code.nullish(),
        words: z.array(z.string()).default([]),
        class: z.enum(['complaint', 'help', 'consult', 'suggestion', 'complex']).nullish(),
        urgent: z.boolean().default(false),
      }),
    ),
    dispatchCatalogue: z.object({
      version: code,
      source: text(200),
      validFrom: z.iso.date(),
      rows: z.array(
        z.object({
          row: code,
          topicId: code,
          divisionCode: text(12).nullish(),
          leadUnitId: code,
          assistingUnitIds: z.array(code).default([]),
          basis: text(200),
        }),
      ),
    }),
    taskForces: z
      .array(
        z.object({
          id: code,
          name: text(60),
          subject: text(60),
          leadUnitId: code,
          memberUnitIds: z.array(code).default([]),
          charter: optionalText(2000),
          validFrom: z.iso.date(),
          validTo: z.iso.date().nullish(),
        }),
      )
      .optional(),
    channels: z
      .array(
        z.object({
          id: code,
          name: text(60),
          kind: Channel,
          unitId: code,
          place: optionalText(300),
          hours: optionalText(100),
          audience: optionalText(100),
          purpose: optionalText(60),
          testEveryDays: z.number().int().min(1).max(366).nullish(),
          validFrom: z.iso.date().optional(),
        }),
      )
      .optional(),
    answers: z
      .array(
        z.object({
          id: code,
          title: text(100),
          text: text(5000),
          topicId: code.nullish(),
          kind: z.enum(idsOf(KNOWLEDGE_KIND)).optional(),
          phrasings: z.array(text(100)).max(20).optional(),
          ownerUnitId: code.nullish(),
          source: text(200).nullish(),
          sourceUrl: z
            .url({ protocol: /^https?$/ })
            .max(500)
            .nullish(),
          validFrom: z.iso.date().nullish(),
          expiresOn: z.iso.date().nullish(),
          public: z.boolean().optional(),
        }),
      )
      .default([]),
  })
  .meta({ id: 'District' })
export type District = z.infer<typeof District>
