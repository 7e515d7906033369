import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const endpoint = createServer((_, reply) =>
  reply.setHeader('content-type', 'application/json').end('{"choices":[{"message":{"content":"水管漏水。"}}]}'),
)
await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
after(() => endpoint.close())
const { port } = endpoint.address() as AddressInfo
const assistant = { url: `http://127.0.0.1:${port}/v1`, model: 'local', timeoutMs: 5000 }
const { w, call, noneLeftOut } = await conformance({ assistant })

test('suggestions for a text, for a case, in public, and a draft', async () => {
  const { id } = await w.file('南塔小区三号楼水管漏水，路面结冰', { location: { address: '南塔小区3号楼' } })
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const typed = { content: '南塔小区水管又漏水了，路面结冰', location: { address: '南塔小区' } }
  const { body } = await call('suggest', 'clerk', routes.suggest.path, typed)
  assert.equal(body.categories[0].id, 'pipe')
  await call('similarCases', 'clerk', `/api/v1/cases/${id}/similar`)
  await call('suggestionState', 'clerk', routes.suggestionState.path)
  await call('publicSimilar', null, routes.publicSimilar.path, typed)
  await call('draftText', 'clerk', `/api/v1/cases/${id}/draft`, { kind: 'summary' })
})

noneLeftOut('suggestion')
