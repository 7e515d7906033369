import { z } from 'zod'
import { Instant, ObligationId } from './brand.ts'
import { CaseRow, NamedPerson } from './case.ts'
import { pageOf } from './shape.ts'
import { Channel, idsOf, OBLIGATION_FORM } from './term.ts'

/**
 * A row of the ledger (台账一行) in any of the three forms of what is owed: a case (once), a period of a duty (recurring), a target or task
 * (by quantity). `type` is the case type, or `period`, `checkIn`, `channelTest`, `target`, `task`; what only a case has is null or empty on the others.
 */
export const LedgerItem = CaseRow.extend({
  id: z.uuid(),
  form: z.enum(idsOf(OBLIGATION_FORM)),
  number: z.string().nullable().meta({ description: 'A case has one' }),
  channel: Channel.nullable(),
  owners: z.array(NamedPerson).meta({ description: 'Who owes it (责任人)' }),
  checker: z.string().nullable().meta({ description: 'Who checks (定查)' }),
  progress: z.string().nullable().meta({ description: '0/2次; 9/13处' }),
  subjectId: z
    .uuid()
    .nullable()
    .meta({ description: 'What a duty is toward, or the target a task or check-in belongs to' }),
  explanation: z.string().nullable().meta({ description: 'Why a period was missed, in the words of who owed it' }),
}).meta({ id: 'LedgerItem' })
export type LedgerItem = z.infer<typeof LedgerItem>
export const LedgerItemPage = pageOf(LedgerItem).meta({ id: 'LedgerItemPage' })

/** An obligation that is no case (责任): how it stands, what was said about it, and what the caller may do. */
export const Obligation = LedgerItem.extend({
  id: ObligationId,
  explained: z.object({ at: Instant, by: z.string() }).nullable(),
  cleared: z.object({ at: Instant, by: z.string(), note: z.string() }).nullable(),
  may: z.object({ explain: z.boolean(), clear: z.boolean() }),
}).meta({ id: 'Obligation' })
export type Obligation = z.infer<typeof Obligation>
