import { routes } from '@banjie/contract'
import { sightOf } from '#case'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Log } from '#kernel/log'
import type { Store } from '#kernel/store'
import type { TenantDirectory } from '#org'
import { type Assistant, draftFor } from './draft.ts'
import { type Listed, publicSimilar } from './public-similar.ts'
import { type SuggestionParts, suggestFor, suggestForCase } from './suggest.ts'

const DRAFTERS = ['clerk', 'dispatcher', 'handler', 'head'] as const
const READ = { readOnly: true } as const

/** Suggestions at intake, similar ones for staff and for anybody, drafts. */
export function suggestionRoutes(
  { serve, serveRaw }: Server,
  parts: SuggestionParts & {
    readonly store: Store
    readonly directory: TenantDirectory
    readonly assistant: Assistant | undefined
    readonly log: Log
    readonly listed: Listed
  },
): void {
  const { engine, memories, store, directory, assistant, log } = parts
  serve(routes.suggest, ({ tx, by, body }) => suggestFor(tx, parts, body, by))
  serve(routes.similarCases, async ({ tx, by, params }) =>
    suggestForCase(tx, parts, await engine.get(tx, params.id, by), by),
  )
  serve(routes.suggestionState, async ({ tx, by }) => {
    if (sightOf(by).kind === 'none') throw new Fault('forbidden')
    const { progress, hits } = memories.of(tx.tenant, by.at)
    return { ...progress, hits: [...hits], drafts: assistant !== undefined }
  })
  serve(
    routes.publicSimilar,
    async ({ tx, by, body }) => {
      const { secret } = await directory.byId(tx.tenant)
      return { items: await publicSimilar(tx, { ...parts, secret }, body, by) }
    },
    READ,
  )
  // Opens its own transaction: nobody holds one while another house thinks.
  serveRaw(routes.draftText, async ({ tenant, by, params, body }) => {
    if (!DRAFTERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
    const kase = await store.tx(tenant, async (tx) => {
      const found = await engine.get(tx, params.id, by)
      if (assistant !== undefined)
        await audit(tx, by, { action: 'draft', objectKind: 'case', objectId: found.id, note: body.kind })
      return found
    })
    return draftFor(assistant, kase, body.kind, log)
  })
}
