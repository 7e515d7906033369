import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import { menuOf } from '../../web/src/desk/menu.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

/** What each page of the menu reads first. */
const READS: Readonly<Record<string, readonly string[]>> = {
  '/w/c': ['/api/v1/ledger'],
  '/w/lists': [routes.problemLists.path, routes.goals.path],
  '/w/merge': [routes.opinions.path, routes.mergeCount.path, routes.problemsToMerge.path],
  '/w/hot': [`${routes.hotIssues.path}?days=7&least=5`],
  '/w/knowledge': [routes.knowledge.path],
  '/w/drives': [routes.drives.path],
  '/w/forums': [routes.forums.path],
  '/w/channels': [routes.channels.path],
  '/w/disclosures': [routes.disclosures.path, routes.disclosureGaps.path],
  '/w/public-notices': [routes.publicNotices.path],
  '/w/media': [routes.mediaItems.path],
  '/w/figures': [routes.indicators.path],
  '/w/intake/exceptions': [routes.serviceExceptions.path],
  '/w/admin/keys': [routes.open311Keys.path],
  '/w/admin/outbox': [routes.outbox.path],
  '/w/admin/rules': [routes.ruleSets.path],
}

test('what the menu offers to a role, that role may read', async () => {
  const found: string[] = []
  for (const account of [
    'clerk',
    'dispatcher',
    'window',
    'caller',
    'handler',
    'head',
    'supervisor',
    'leader',
    'auditor',
    'evaluator',
    'admin',
  ]) {
    const { body: session } = await w.call(account, 'GET', routes.session.path)
    const offered = new Set(menuOf(session).map(({ to }) => to))
    for (const [page, urls] of Object.entries(READS))
      for (const url of urls) {
        const { status, body } = await w.call(account, 'GET', url)
        if (offered.has(page) && status >= 400) found.push(`${account} ${page} ${url} ${status} ${body.code ?? ''}`)
      }
  }
  assert.deepEqual(found, [])
})

test('a head reads what came back by the items for the media, so the menu offers them', async () => {
  const { body: session } = await w.call('head', 'GET', routes.session.path)
  assert.equal((await w.call('head', 'GET', routes.mediaItems.path)).status, 200)
  assert.ok(menuOf(session).some(({ to }) => to === '/w/media'))
})
