import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ROUTE_GROUPS, type Route, type RouteName, routes } from '@banjie/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Furnishing, type Reply, type World, world } from './world.ts'

export const inDocument = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}')

/** The document as another system reads it, and every answer held against it by a validator that knows nothing of our contract. */
export interface Conformance {
  readonly w: World
  // biome-ignore lint/suspicious/noExplicitAny: a document from outside
  readonly document: any
  /** Fails unless the answer has the promised status and the documented shape. */
  conforms(name: RouteName, reply: Reply): Reply
  call(name: RouteName, account: string | null, url: string, body?: unknown): Promise<Reply>
  /** The last test of the file: every route of the group was called. */
  noneLeftOut(group: keyof typeof ROUTE_GROUPS): void
}

/** Sets up a small district for the file's tests and holds every answer against the OpenAPI document. */
export async function conformance(more: Furnishing = {}): Promise<Conformance> {
  const w = await world(undefined, more)
  after(() => w.close())
  const { body: document } = await w.call(null, 'GET', '/api/openapi.json')
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'doc', ...document })
  const exercised = new Set<RouteName>()

  function conforms(name: RouteName, reply: Reply): Reply {
    const route: Route = routes[name]
    exercised.add(name)
    assert.equal(reply.status, route.status, `${name}: ${JSON.stringify(reply.body).slice(0, 300)}`)
    if (route.response === undefined) return reply
    const place = `doc#/paths/${inDocument(route.path).replaceAll('/', '~1')}/${route.method.toLowerCase()}/responses/${route.status}/content/application~1json/schema`
    const validate = ajv.getSchema(place.replaceAll('{', '%7B').replaceAll('}', '%7D'))
    assert.ok(validate, `${name}: no schema at ${place}`)
    assert.ok(validate(reply.body), `${name}: ${ajv.errorsText(validate.errors)}`)
    return reply
  }
  return {
    ...{ w, document, conforms },
    call: async (name, account, url, body) => conforms(name, await w.call(account, routes[name].method, url, body)),
    noneLeftOut(group) {
      test('no route was left out', () => {
        const names = Object.keys(ROUTE_GROUPS[group])
        assert.ok(names.length > 0)
        assert.deepEqual(
          names.filter((name) => !exercised.has(name as RouteName)),
          [],
        )
      })
    },
  }
}
