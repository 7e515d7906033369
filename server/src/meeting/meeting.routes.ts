import { routes } from '@banjie/contract'
import type { BlobStore } from '#kernel/blob'
import { findBlob } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { checkDecision, originsOf } from './decision.ts'
import { dictionaries, publishDictionary } from './dictionary.ts'
import { getInstruction, instructionOf, instructionsOf, recordInstruction } from './instruction.ts'
import { keepMeeting, type MeetingParts, meetingOf, meetingsOf } from './meeting.ts'
import { approveMinutes, draftMinutes, issueMinutes, returnMinutes } from './minutes.ts'

/** Meetings, minutes, decisions; leaders' instructions. */
export function meetingRoutes(
  { serve, serveRaw }: Server,
  { engine, listeners }: MeetingParts,
  { store, blobs }: { readonly store: Store; readonly blobs: BlobStore },
): void {
  const parts = { engine, listeners }
  serve(routes.meetingDictionaries, async ({ tx }) => ({ items: await dictionaries(tx) }))
  serve(routes.newMeetingDictionary, ({ tx, by, body }) => publishDictionary(tx, body, by))
  serve(routes.meetings, ({ tx, by, query: { waits, ...filter } }) =>
    meetingsOf(tx, { ...filter, checker: waits === undefined ? undefined : by.personId }, by),
  )
  serve(routes.newMeeting, async ({ tx, by, body }) =>
    meetingOf(tx, engine, await keepMeeting(tx, parts, undefined, body, by), by),
  )
  serve(routes.meeting, ({ tx, by, params }) => meetingOf(tx, engine, params.id, by))
  serve(routes.editMeeting, async ({ tx, by, params, body }) =>
    meetingOf(tx, engine, await keepMeeting(tx, parts, params.id, body, by), by),
  )
  serve(routes.draftMinutes, async ({ tx, by, params, body }) => {
    await draftMinutes(tx, engine, params.id, body, by)
    return meetingOf(tx, engine, params.id, by)
  })
  serve(routes.approveMinutes, async ({ tx, by, params }) => {
    await approveMinutes(tx, params.id, by)
    return meetingOf(tx, engine, params.id, by)
  })
  serve(routes.returnMinutes, async ({ tx, by, params, body }) => {
    await returnMinutes(tx, params.id, body.reason, by)
    return meetingOf(tx, engine, params.id, by)
  })
  serve(routes.issueMinutes, async ({ tx, by, params }) => {
    await issueMinutes(tx, engine, params.id, by)
    return meetingOf(tx, engine, params.id, by)
  })
  serve(routes.checkDecision, ({ tx, by, params, body }) => checkDecision(tx, engine, params.id, body, by))
  serve(routes.caseOrigins, async ({ tx, by, params }) => ({ items: await originsOf(tx, engine, params.id, by) }))
  serve(routes.instructions, ({ tx, by, query }) => instructionsOf(tx, engine, query, by))
  serve(routes.newInstruction, async ({ tx, by, body }) =>
    instructionOf(tx, engine, await recordInstruction(tx, engine, body, by), by),
  )
  serveRaw(routes.instructionImage, async ({ tenant, by, params, reply }) => {
    const image = await store.tx(
      tenant,
      async (tx) => {
        const { imageId } = await getInstruction(tx, params.id, by)
        return imageId === null ? undefined : findBlob(tx, imageId)
      },
      { readOnly: true },
    )
    if (image === undefined) throw new Fault('instruction.no_image')
    return reply.type(image.mediaType).header('cache-control', 'private, max-age=3600').send(blobs.read(image))
  })
}
