import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The red list on the desk: from a row to what it is about, where it is explained and cleared. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must, at } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const { items } = await must('supervisor', 'GET', '/api/v1/people')
  const personId = items.find((one: { name: string }) => one.name === '区长').id
  const { id } = await must('supervisor', 'POST', '/api/v1/liaison-targets', {
    kind: 'enterprise',
    name: '河畔机械公司',
  })
  const bond = { targetId: id, personId, from: '2026-03-02', reason: '领导包保' }
  await must('supervisor', 'POST', '/api/v1/liaisons', bond)
  await must('supervisor', 'POST', '/api/v1/cadence-rules', {
    ...{ code: 'weekly', title: '每周走访', debtor: { kind: 'liaison' }, towardKind: 'enterprise', min: 1 },
    ...{ per: 'week', counts: ['onSite'], basis: '方案', validFrom: '2026-03-02' },
  })
  await at('2026-03-09T09:00:00+08:00')
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-09T09:40:00+08:00' })

test('on the phone a row says who owes what to whom until when, and leads to where it is explained', {
  skip,
}, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/c?light=red&sort=due`)
  const row = page.getByRole('link', { name: /每周走访：河畔机械公司/ })
  await row.getByText('03-08 前').waitFor()
  await row.getByText('未完成 0/1次').waitFor()
  await row.getByText(/^区长/).waitFor()
  await sound(page, '/w/c on a phone')
  await row.click()
  const box = page.getByRole('region', { name: '这项责任' })
  await box.getByText(/区长 · .*应于3月8日前完成/).waitFor()
  assert.equal(await box.getByRole('button', { name: '销账' }).count(), 0, 'nobody clears their own')
  await box.getByRole('button', { name: '说明原因' }).click()
  await box.getByLabel('为什么没有完成').fill('全周在省里开会。')
  await sound(page, 'the form of an explanation')
  await box.getByRole('button', { name: '保存' }).click()
  await box.getByText('说明：全周在省里开会。').waitFor()
})

test('whoever checks comes from the queue of the red list, accepts it, and the list is empty', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  const queue = page.getByRole('list', { name: '我的队列' }).getByRole('link', { name: /红灯清单/ })
  await queue.click()
  await page.getByRole('link', { name: '周期责任', exact: true }).waitFor()
  const current = page.getByRole('list', { name: '我的队列' }).locator('[aria-current]')
  assert.deepEqual(await current.locator('.queue-label').allTextContents(), ['红灯清单'])
  await page.getByRole('table').getByRole('link', { name: '周期责任', exact: true }).click()
  const box = page.getByRole('region', { name: '这项责任' })
  await box.getByRole('button', { name: '认可说明' }).click()
  await box.getByLabel(/意见/).fill('情况属实。')
  await box.getByRole('button', { name: '保存' }).click()
  await box.getByText('已销账：情况属实。').waitFor()
  await sound(page, '/w/liaison/:id with what was owed')
  await queue.click()
  await page.getByText('没有符合条件的事项。').waitFor()
})
