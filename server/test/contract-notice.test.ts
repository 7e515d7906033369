import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkToken } from '../src/notice/signature.ts'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()

test('somebody follows a number, confirms and leaves; another joins in', async () => {
  const { number, pickupCode, id } = await w.file()
  const path = `/api/v1/public/appeals/${number}`
  const { body } = await call('subscribe', null, `${path}/subscriptions?code=${pickupCode}`, { email: 'a@example.cn' })
  const { secret } = await w.app.directory.byId(w.tenant)
  const link = (purpose: 'confirm' | 'manage') => `/api/v1/public/subscriptions/${linkToken(secret, purpose, body.id)}`
  await call('confirmSubscription', null, `${link('confirm')}/confirmation`)
  await call('unsubscribe', null, `${link('manage')}/unsubscribe`)
  await call('endSubscription', null, link('manage'))
  await call('joinIn', null, `${path}/me-too`, { contact: { phone: '13800138000' } })
  const { body: counts } = await call('meTooCounts', 'clerk', `/api/v1/me-too?ids=${id}`)
  assert.equal(counts.items[0].count, 1)
})

test('the administrator reads the outbox: what waits for a way out that is not set up says so', async () => {
  const { body } = await call('outbox', 'admin', '/api/v1/outbox?state=unset')
  assert.equal(body.items[0].what, '确认邮箱')
  assert.equal(body.counts.unset, 1)
  assert.deepEqual(
    body.senders.map((one: { configured: boolean }) => one.configured),
    [false, false, true],
  )
  assert.equal((await w.call('clerk', 'GET', '/api/v1/outbox')).body.code, 'forbidden')
  await w.app.store.tx(w.tenant, async (tx) => {
    const { markFailed } = await import('../src/kernel/outbox.sql.ts')
    await markFailed(tx, body.items[0].id, '连不上邮件服务器', true)
  })
  await call('retryOutbox', 'admin', `/api/v1/outbox/${body.items[0].id}/retry`)
})

noneLeftOut('notice')
