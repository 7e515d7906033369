import { Day, routes } from '@banjie/contract'
import type { Engine } from '#case'
import { fileFormOf } from '#kernel/form'
import { parse, type Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { readCellsInWorker } from '#ledger'
import { dayOf } from '#org'
import { allDrives, claimFigure, driveView, dropClaim, keepDrive, noteDrive } from './drive.ts'
import { allForums, keepForum } from './forum.ts'
import { addOpinions } from './opinion.ts'
import { issueSheets, issuesOf, returnSheets, sheetsOf, TAKERS } from './questionnaire.ts'
import { readQuestionnaire } from './questionnaire-file.ts'
import { importSheets } from './questionnaire-import.ts'
import { channelRegister, channelTests, keepChannel, publicChannels, refuseUnless, testChannel } from './register.ts'
import { sourceView } from './source.ts'

/** Channels, drives with their questionnaires, forums, and the source of a case. */
export function channelRoutes(server: Server, engine: Engine, store: Store): void {
  const { serve } = server
  serve(routes.channels, ({ tx, by, query }) => channelRegister(tx, query, by))
  serve(routes.newChannel, ({ tx, by, body }) => keepChannel(tx, null, body, by))
  serve(routes.editChannel, ({ tx, by, params, body }) => keepChannel(tx, params.id, body, by))
  serve(routes.testChannel, ({ tx, by, params, body }) => testChannel(tx, params.id, body, by))
  serve(routes.channelTests, async ({ tx, by, params }) => ({ items: await channelTests(tx, params.id, by) }))
  serve(routes.publicChannels, async ({ tx, by }) => ({ items: await publicChannels(tx, by.at) }))
  serve(routes.forums, async ({ tx, by, query }) => ({ items: await allForums(tx, query, by) }))
  serve(routes.newForum, ({ tx, by, body }) => keepForum(tx, null, body, by))
  serve(routes.editForum, ({ tx, by, params, body }) => keepForum(tx, params.id, body, by))
  serve(routes.caseSource, async ({ tx, by, params }) => sourceView(tx, await engine.get(tx, params.id, by)))
  driveRoutes(server, engine)
  questionnaireRoutes(server, engine, store)
}

function driveRoutes({ serve }: Server, engine: Engine): void {
  serve(routes.drives, async ({ tx, by }) => ({ items: await allDrives(tx, by) }))
  serve(routes.newDrive, ({ tx, by, body }) => keepDrive(tx, engine, null, body, by))
  serve(routes.drive, ({ tx, by, params }) => driveView(tx, engine, params.id, by))
  serve(routes.editDrive, ({ tx, by, params, body }) => keepDrive(tx, engine, params.id, body, by))
  serve(routes.noteDrive, ({ tx, by, params, body }) => noteDrive(tx, engine, { ...params, ...body }, by))
  serve(routes.claimFigure, ({ tx, by, params, body }) => claimFigure(tx, engine, params.id, body, by))
  serve(routes.dropClaim, ({ tx, by, params }) => dropClaim(tx, engine, params.id, params.claim, by))
  serve(routes.addOpinions, async ({ tx, by, params, body }) => {
    const cases = await addOpinions(tx, engine, params.id, body.opinions, by)
    return { opened: cases.length, items: cases.map(({ id, number }) => ({ id, number })) }
  })
}

function questionnaireRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store): void {
  serve(routes.issues, async ({ tx, params }) => ({ items: await issuesOf(tx, params.id) }))
  serve(routes.issueSheets, ({ tx, by, params, body }) => issueSheets(tx, params.id, body, by))
  serve(routes.sheets, async ({ tx, by, params, query }) => ({
    items: await sheetsOf(tx, params.id, query.valid, by),
  }))
  serve(routes.returnSheets, async ({ tx, by, params, body }) => ({
    items: await returnSheets(tx, params.id, body, by),
  }))
  // Reads the file before it opens a transaction: nobody waits for a spreadsheet.
  serveRaw(routes.importSheets, async ({ tenant, by, params, request }) => {
    refuseUnless(by, TAKERS)
    const { fields, upload } = await fileFormOf(request)
    const file = readQuestionnaire(await readCellsInWorker(upload.name, upload.data))
    const on = parse(Day, fields['on'] || dayOf(by.at), 'on')
    const given = { file, fileName: upload.name.slice(0, 200), dryRun: fields['dryRun'] !== 'false', on }
    return store.tx(tenant, (tx) => importSheets(tx, engine, params.id, given, by))
  })
}
