import { routes } from '@banjie/contract'
import type { Server } from '#kernel/http'
import { asksOf, decide, putAsk, readAsk, withdrawAsk } from './ask.ts'
import { askPreviewOf, burdenRowsOf, burdensOf } from './burden.ts'
import { calendarOf, monthOfAll, previewOf, savingsOf } from './calendar.ts'
import { limitVersions, putLimit } from './limit.ts'
import { cancelContact, completeContact, joinContact, mergeContact, planContact, recordContact } from './plan.ts'
import { endQuiet, putQuiet } from './quiet.ts'

/** Contacts with enterprises, do-not-disturb, and what is asked of the grass roots. */
export function contactRoutes({ serve }: Server): void {
  serve(routes.contactMonth, ({ tx, by, query }) => monthOfAll(tx, query, by))
  serve(routes.contactCalendar, ({ tx, by, params, query }) => calendarOf(tx, params.id, query, by))
  serve(routes.contactPreview, ({ tx, by, query }) =>
    previewOf(tx, { ...query, statutory: query.statutory === 'true' }, by),
  )
  serve(routes.newContactPlan, ({ tx, by, body }) => planContact(tx, body, by))
  serve(routes.recordContact, ({ tx, by, body }) => recordContact(tx, body, by))
  serve(routes.joinContact, ({ tx, by, params, body }) => joinContact(tx, params.id, body, by))
  serve(routes.mergeContact, ({ tx, by, params, body }) => mergeContact(tx, params.id, body.planId, by))
  serve(routes.contactDone, ({ tx, by, params, body }) => completeContact(tx, params.id, body.on, by))
  serve(routes.cancelContact, ({ tx, by, params, body }) => cancelContact(tx, params.id, body.reason, by))
  serve(routes.newDoNotDisturb, ({ tx, by, body }) => putQuiet(tx, body, by))
  serve(routes.endDoNotDisturb, ({ tx, by, params, body }) => endQuiet(tx, params.id, body.reason, by))
  serve(routes.contactSavings, ({ tx, by, query }) => savingsOf(tx, query, by))
  serve(routes.contactLimits, async ({ tx }) => ({ items: await limitVersions(tx) }))
  serve(routes.newContactLimit, ({ tx, by, body }) => putLimit(tx, body, by))
  serve(routes.burdens, ({ tx, by, query }) => burdensOf(tx, query.day, by))
  serve(routes.burdenRows, ({ tx, by, params, query }) => burdenRowsOf(tx, params.id, query.day, by))
  serve(routes.asks, async ({ tx, by, query }) => ({ items: await asksOf(tx, query.state, by) }))
  serve(routes.askPreview, ({ tx, by, body }) => askPreviewOf(tx, body, by))
  serve(routes.newAsk, ({ tx, by, body }) => putAsk(tx, body, by))
  serve(routes.agreeAsk, ({ tx, by, params, body }) => decide(tx, params.id, { state: 'sent', note: body.note }, by))
  serve(routes.declineAsk, ({ tx, by, params, body }) =>
    decide(tx, params.id, { state: 'declined', note: body.reason }, by),
  )
  serve(routes.withdrawAsk, ({ tx, by, params, body }) => withdrawAsk(tx, params.id, body.reason, by))
  serve(routes.readAsk, ({ tx, by, params }) => readAsk(tx, params.id, by))
}
