import { routes } from '@banjie/contract'
import type { Server } from '#kernel/http'
import { dayOf } from '#org'
import {
  disclosureGaps,
  disclosureOf,
  disclosureRegister,
  keepBody,
  publicDisclosures,
  submitDisclosure,
} from './body.ts'
import { type MediaSubjects, makeMediaItem, mediaItems, mediaProposal, mediaSubjects, mediaVisits } from './media.ts'
import { draftNotice, noticesInForce, publicNotices, submitNotice, withdrawNotice } from './public-notice.ts'
import { reviewedText } from './public-text.ts'

/** Disclosures, notices to kinds of organisations, items for the district's own media. */
export function disclosureRoutes({ serve }: Server, subjects: MediaSubjects): void {
  serve(routes.disclosures, ({ tx, by, query }) => disclosureRegister(tx, query, by))
  serve(routes.disclosureGaps, async ({ tx, by, query }) => ({ items: await disclosureGaps(tx, query, dayOf(by.at)) }))
  serve(routes.newObligedBody, ({ tx, by, body }) => keepBody(tx, null, body, by))
  serve(routes.disclosure, ({ tx, by, params }) => disclosureOf(tx, params.id, by))
  serve(routes.editObligedBody, ({ tx, by, params, body }) => keepBody(tx, params.id, body, by))
  serve(routes.submitDisclosure, ({ tx, by, params, body }) => submitDisclosure(tx, params.id, body, by))
  serve(routes.publicDisclosures, async ({ tx, by, query }) => ({
    items: await publicDisclosures(tx, query, dayOf(by.at)),
  }))
  serve(routes.publishText, ({ tx, by, params, body }) =>
    reviewedText(tx, { id: params.id, state: 'published', note: body.note ?? null }, by),
  )
  serve(routes.returnText, ({ tx, by, params, body }) =>
    reviewedText(tx, { id: params.id, state: 'returned', note: body.reason }, by),
  )
  serve(routes.publicNotices, async ({ tx, by }) => ({ items: await publicNotices(tx, by) }))
  serve(routes.newPublicNotice, ({ tx, by, body }) => draftNotice(tx, body, by))
  serve(routes.submitNotice, ({ tx, by, params, body }) => submitNotice(tx, params.id, body, by))
  serve(routes.withdrawNotice, ({ tx, by, params, body }) => withdrawNotice(tx, params.id, body.reason, by))
  serve(routes.noticesInForce, async ({ tx, by, query }) => ({
    items: await noticesInForce(tx, query.audience, dayOf(by.at)),
  }))
  serve(routes.mediaSubjects, async ({ tx, by }) => ({ items: await mediaSubjects(tx, subjects, by) }))
  serve(routes.mediaProposal, ({ tx, by, params, query }) => mediaProposal(tx, subjects, { ...params, ...query }, by))
  serve(routes.mediaItems, async ({ tx, by }) => ({ items: await mediaItems(tx, by) }))
  serve(routes.newMediaItem, ({ tx, by, body }) => makeMediaItem(tx, subjects, body, by))
  serve(routes.mediaVisits, ({ tx, by, params }) => mediaVisits(tx, params.id, by))
}
