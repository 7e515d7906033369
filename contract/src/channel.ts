import { z } from 'zod'
import { Contact, Location, Party } from './appeal.ts'
import { CaseId, ChannelId, Day, DriveId, ForumId, Instant, MediaItemId, PersonId, SheetId, UnitId } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { optionalText, text } from './shape.ts'
import { CaseSource, WebLink } from './source.ts'
import { CHANNEL_GROUP, CHANNEL_STATUS, Channel, DRIVE_LINE, DRIVE_STATUS, FORUM_KIND, idsOf, Urgency } from './term.ts'

const count = z.number().int()

/** What a channel's record says (渠道台账). `place` is where the public finds it: an address, a page, a public number. */
export const NewChannel = z
  .strictObject({
    name: text(60),
    kind: Channel,
    unitId: UnitId,
    personId: PersonId.nullish(),
    place: optionalText(300),
    hours: optionalText(100),
    audience: optionalText(100),
    purpose: optionalText(60).meta({ description: 'What it is for, e.g. 作风问题: channels are counted by it' }),
    testEveryDays: z.number().int().min(1).max(366).nullish(),
    status: z.enum(idsOf(CHANNEL_STATUS)).default('open'),
    validFrom: Day.optional().meta({ description: 'Today, if not given' }),
    validTo: Day.nullish(),
  })
  .meta({ id: 'NewChannel' })
export type NewChannel = z.infer<typeof NewChannel>

/** A test of a channel (渠道测试): somebody tried it. */
export const NewChannelTest = z
  .strictObject({ worked: z.boolean(), how: text(200), note: optionalText(500), at: Instant.optional() })
  .meta({ id: 'NewChannelTest' })
export type NewChannelTest = z.infer<typeof NewChannelTest>
export const ChannelTest = z
  .object({
    id: z.uuid(),
    at: Instant,
    by: z.string(),
    how: z.string(),
    worked: z.boolean(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ChannelTest' })

/** A channel (渠道) as its register shows it. `failing`: the last test did not work (失灵). */
export const ChannelRecord = z
  .object({
    id: ChannelId,
    code: z.string().nullable(),
    name: z.string(),
    kind: Channel,
    unit: Named,
    person: NamedPerson.nullable(),
    place: z.string().nullable(),
    hours: z.string().nullable(),
    audience: z.string().nullable(),
    purpose: z.string().nullable(),
    status: z.enum(idsOf(CHANNEL_STATUS)),
    validFrom: Day,
    validTo: Day.nullable(),
    testEveryDays: count.nullable(),
    lastTest: ChannelTest.nullable(),
    nextTestOn: Day.nullable(),
    testOverdue: z.boolean(),
    failing: z.boolean(),
    cases: count.meta({ description: 'Cases that came in through it' }),
  })
  .meta({ id: 'ChannelRecord' })
export type ChannelRecord = z.infer<typeof ChannelRecord>

/** Channels and how many there are of each sort; the counts are of the channels listed. */
export const ChannelRegister = z
  .object({
    items: z.array(ChannelRecord),
    counts: z.object({
      total: count,
      open: count,
      failing: count,
      testOverdue: count,
      byKind: z.array(z.object({ kind: Channel, label: z.string(), count })),
      byPurpose: z.array(z.object({ purpose: z.string().nullable(), count })),
    }),
  })
  .meta({ id: 'ChannelRegister' })
export type ChannelRegister = z.infer<typeof ChannelRegister>

/** A channel as the public sees it. */
export const PublicChannel = z
  .object({
    name: z.string(),
    kind: Channel,
    kindLabel: z.string(),
    unit: z.string(),
    place: z.string().nullable(),
    hours: z.string().nullable(),
    audience: z.string().nullable(),
    purpose: z.string().nullable(),
  })
  .meta({ id: 'PublicChannel' })
export type PublicChannel = z.infer<typeof PublicChannel>

/** There is no typed total anywhere: a total is the number of rows. */
const noTypedTotal = { total: z.never('drive.typed_total').optional() }

/** A collection drive (集中征集): both days included. */
export const NewDrive = z
  .strictObject({
    title: text(60),
    from: Day,
    to: Day,
    unitId: UnitId,
    audience: optionalText(100),
    topics: z.array(text(30)).max(30).default([]),
    channelIds: z.array(ChannelId).max(200).default([]),
    status: z.enum(idsOf(DRIVE_STATUS)).default('open'),
    published: z.boolean().default(false),
    ...noTypedTotal,
  })
  .refine(({ from, to }) => from <= to, { error: 'drive.reversed', path: ['to'] })
  .meta({ id: 'NewDrive' })
export type NewDrive = z.infer<typeof NewDrive>

export const DriveRow = z
  .object({
    id: DriveId,
    title: z.string(),
    from: Day,
    to: Day,
    unit: Named,
    audience: z.string().nullable(),
    topics: z.array(z.string()),
    status: z.enum(idsOf(DRIVE_STATUS)),
    published: z.boolean(),
    total: count,
    problems: count,
    answered: count,
    unanswered: count,
  })
  .meta({ id: 'DriveRow' })
export type DriveRow = z.infer<typeof DriveRow>

const DriveLine = z.enum(idsOf(DRIVE_LINE))

/** The figures of a drive (对账): every one is the number of rows behind it. */
export const DriveFigures = z
  .object({
    partial: z.boolean().meta({ description: 'True: only what the caller may see was counted' }),
    total: count,
    groups: z.array(
      z.object({
        group: z.enum(idsOf(CHANNEL_GROUP)),
        label: z.string(),
        count,
        kinds: z.array(z.object({ kind: Channel, label: z.string(), count })),
      }),
    ),
    channels: z
      .array(z.object({ channelId: ChannelId.nullable(), name: z.string(), kind: Channel.nullable(), count }))
      .meta({ description: 'By channel record; the last is 其他: cases without one' }),
    sheets: z.object({
      issued: count.meta({ description: 'Sheets handed out (张); never an addend of the total' }),
      returned: count,
      valid: count,
      void: count,
      opinions: count.meta({ description: 'Cases extracted from returned sheets' }),
    }),
    merged: count,
    unmerged: count,
    problems: z.array(
      z.object({
        id: CaseId,
        number: z.string(),
        title: z.string(),
        aspect: z.string().nullable(),
        stageLabel: z.string(),
        confidential: z.boolean(),
        count,
        answered: count,
      }),
    ),
    aspects: z.array(z.object({ aspect: z.string().nullable(), problems: count, count })),
    answered: count,
    declined: count.meta({ description: 'Of the answered: not accepted, with advice where to go' }),
    withdrawn: count,
    unanswered: count,
    perDay: z.array(z.object({ day: Day, count })),
  })
  .meta({ id: 'DriveFigures' })
export type DriveFigures = z.infer<typeof DriveFigures>

/** A figure that somebody else has stated (外部说法), beside ours; never used in a computation. */
export const NewClaim = z
  .strictObject({
    line: DriveLine,
    value: z.number().int().min(0).max(100_000_000),
    source: text(200),
    link: WebLink.optional(),
    statedOn: Day.optional(),
  })
  .meta({ id: 'NewClaim' })
export type NewClaim = z.infer<typeof NewClaim>

export const Drive = z
  .object({
    ...DriveRow.omit({ total: true, problems: true, answered: true, unanswered: true }).shape,
    channels: z.array(z.object({ id: ChannelId, name: z.string(), kind: Channel })),
    figures: DriveFigures,
    notes: z.array(z.object({ line: DriveLine, text: z.string(), by: z.string(), at: Instant })),
    claims: z.array(
      z.object({
        id: z.uuid(),
        line: DriveLine,
        value: count,
        computed: count,
        difference: count,
        source: z.string(),
        link: z.string().nullable(),
        statedOn: Day.nullable(),
        by: z.string(),
      }),
    ),
    unstated: z
      .object({
        source: z.string(),
        total: count.meta({ description: 'The total that the source states' }),
        given: z.array(z.object({ line: DriveLine, value: count })),
        rest: count.meta({ description: 'The stated total less the lines that the source gives' }),
        counted: count.meta({ description: 'What we have counted on the other lines' }),
        parts: z.array(z.object({ line: DriveLine, count })).meta({ description: 'Our own split of it' }),
      })
      .nullable()
      .meta({ description: 'What a source that states a total leaves open; null where nobody does' }),
  })
  .meta({ id: 'Drive' })
export type Drive = z.infer<typeof Drive>

/** An opinion (意见) of a drive: it becomes a case with an owner and a deadline like any other. */
export const NewOpinion = z.strictObject({
  content: text(5000),
  title: optionalText(60),
  category: optionalText(60),
  location: Location.optional(),
  divisionCode: optionalText(12),
  urgency: Urgency.optional(),
  anonymous: z.boolean().optional(),
  confidential: z.boolean().optional(),
  receivedAt: Instant.optional(),
  kind: Channel.optional().meta({ description: 'How it came; not needed with `channelId`, whose kind it is' }),
  channelId: ChannelId.optional(),
  sheet: optionalText(40).meta({ description: 'Number of a returned sheet' }),
  forumId: ForumId.optional(),
  link: WebLink.optional(),
  party: Party.partial({ kind: true }).extend(Contact.shape).optional(),
})
export type NewOpinion = z.infer<typeof NewOpinion>
export const NewOpinions = z
  .strictObject({ opinions: z.array(NewOpinion).min(1).max(500), ...noTypedTotal })
  .meta({ id: 'NewOpinions' })
export const OpinionsOpened = z
  .object({ opened: count, items: z.array(z.object({ id: CaseId, number: z.string() })) })
  .meta({ id: 'OpinionsOpened' })

/** Questionnaires handed out (发放问卷): how many sheets, by which unit, to whom, when. */
export const NewIssue = z
  .strictObject({
    quantity: z.number().int().min(1).max(1_000_000),
    recipients: text(100),
    unitId: UnitId,
    on: Day,
    ...noTypedTotal,
  })
  .meta({ id: 'NewIssue' })
export type NewIssue = z.infer<typeof NewIssue>
export const Issue = z
  .object({
    id: z.uuid(),
    quantity: count,
    recipients: z.string(),
    unit: Named,
    on: Day,
    by: z.string(),
  })
  .meta({ id: 'Issue' })

/** Questionnaires that came back (收回问卷), valid or void with the reason. */
export const ReturnedSheets = z
  .strictObject({
    sheets: z
      .array(
        z
          .strictObject({
            number: text(40),
            on: Day.optional(),
            valid: z.boolean().default(true),
            voidReason: optionalText(200),
          })
          .refine(({ valid, voidReason }) => valid || voidReason !== undefined, {
            error: 'questionnaire.void_reason',
            path: ['voidReason'],
          }),
      )
      .min(1)
      .max(500),
    ...noTypedTotal,
  })
  .meta({ id: 'ReturnedSheets' })
export type ReturnedSheets = z.infer<typeof ReturnedSheets>
export const Sheet = z
  .object({
    id: SheetId,
    number: z.string(),
    on: Day,
    valid: z.boolean(),
    voidReason: z.string().nullable(),
    opinions: count,
  })
  .meta({ id: 'Sheet' })

/** What reading a file of returned questionnaires found, or did (问卷导入). Stored only as a whole, and only without faults. */
export const SheetImport = z
  .object({
    dryRun: z.boolean(),
    fileName: z.string(),
    added: count,
    unchanged: count,
    void: count,
    opinions: count,
    issued: count,
    returned: count.meta({ description: 'Returned sheets after this file' }),
    opinionColumns: z.array(z.string()),
    unusedColumns: z.array(z.string()),
    faults: z.array(z.object({ row: count, column: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'SheetImport' })
export type SheetImport = z.infer<typeof SheetImport>

/** A forum, a leader's session at the window, field research or a series of visits (座谈调研). */
export const NewForum = z
  .strictObject({
    kind: z.enum(idsOf(FORUM_KIND)),
    title: text(80),
    heldOn: Day,
    place: optionalText(200),
    unitIds: z.array(UnitId).min(1).max(20),
    audience: optionalText(100),
    presidedBy: optionalText(60),
    driveId: DriveId.nullish(),
    note: optionalText(1000),
  })
  .meta({ id: 'NewForum' })
export type NewForum = z.infer<typeof NewForum>
export const Forum = z
  .object({
    id: ForumId,
    kind: z.enum(idsOf(FORUM_KIND)),
    title: z.string(),
    heldOn: Day,
    place: z.string().nullable(),
    units: z.array(Named),
    audience: z.string().nullable(),
    presidedBy: z.string().nullable(),
    drive: z.object({ id: DriveId, title: z.string() }).nullable(),
    note: z.string().nullable(),
    cases: count,
    answered: count,
  })
  .meta({ id: 'Forum' })
export type Forum = z.infer<typeof Forum>

/** The source of a case with its names. */
export const CaseSourceView = z
  .object({
    channel: z.object({ id: ChannelId, name: z.string() }).nullable(),
    drive: z.object({ id: DriveId, title: z.string() }).nullable(),
    sheet: z.object({ id: SheetId, number: z.string() }).nullable(),
    forum: z.object({ id: ForumId, title: z.string(), kind: z.enum(idsOf(FORUM_KIND)) }).nullable(),
    media: z.object({ id: MediaItemId, title: z.string() }).nullable(),
    link: CaseSource.shape.link.unwrap().nullable(),
  })
  .meta({ id: 'CaseSourceView' })
export type CaseSourceView = z.infer<typeof CaseSourceView>
