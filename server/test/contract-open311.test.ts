import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, document, call, noneLeftOut } = await conformance()

test('a key is issued, listed and revoked, by the administrator alone', async () => {
  const { body } = await call('newOpen311Key', 'admin', routes.newOpen311Key.path, {
    ...{ name: '随手拍小程序', owner: '示例公司', rights: ['file'] },
  })
  await call('open311Keys', 'admin', routes.open311Keys.path)
  await call('revokeOpen311Key', 'admin', routes.revokeOpen311Key.path.replace(':id', body.id))
  for (const account of ['clerk', 'dispatcher', 'leader'])
    assert.equal((await w.call(account, 'GET', routes.open311Keys.path)).status, 403)
  assert.equal((await w.call(null, 'GET', routes.open311Keys.path)).status, 401)
})

test('the secret is told once: a repeated request gets the key without it', async () => {
  const headers = { 'idempotency-key': '0199c0de-0000-7000-8000-000000000001' }
  const key = { name: '重发', owner: '示例公司' }
  const first = await w.call('admin', 'POST', routes.newOpen311Key.path, key, headers)
  const again = await w.call('admin', 'POST', routes.newOpen311Key.path, key, headers)
  assert.deepEqual([again.body.id, again.body.secret], [first.body.id, ''])
  assert.ok(first.body.secret.length > 30)
})

test('the open interface follows its own specification and stands outside this document', () => {
  assert.deepEqual(
    Object.keys(document.paths).filter((path) => path.startsWith('/open311/')),
    [],
  )
})

noneLeftOut('open311')
