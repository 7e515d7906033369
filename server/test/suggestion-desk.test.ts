import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { barriers, openBrowser, signedIn } from './browser.ts'
import { type World, world } from './world.ts'

/** A clerk types; the desk suggests, and loses nothing. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const said = '南塔小区三号楼门前水管漏水，路面结冰'
let earlier = ''

before(async () => {
  w = await world()
  await w.app.jobs.runAll()
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const filed = await w.file(said, { location: { address: '南塔小区3号楼' } })
  earlier = filed.id
  await w.act('clerk', filed.id, 'accept', { category: 'pipe' })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

async function atIntake(width: number): Promise<Page> {
  const page = await signedIn(browser, base, 'clerk', { width })
  await page.goto(`${base}/w/new`)
  return page
}

for (const width of [1440, 390])
  test(`while typing at ${width}: the suggestion, one key to take it, a look at the earlier one, nothing lost`, {
    skip,
  }, async () => {
    const page = await atIntake(width)
    const words = page.getByLabel('诉求内容')
    await words.fill('漏水了')
    await page.waitForTimeout(800)
    assert.equal(await page.getByRole('region', { name: '建议' }).count(), 0, 'three characters are too few')
    await words.fill('南塔小区水管又漏水，路面结冰')
    const box = page.getByRole('region', { name: '建议' })
    await box.waitFor()
    assert.match((await box.textContent()) ?? '', /水管漏水.*(很有把握|较有把握|仅供参考)/)
    await words.press('Alt+Enter')
    await box.getByRole('button', { name: '已采用' }).waitFor()
    const list = page.getByRole('region', { name: '是否反映过' })
    assert.match((await list.textContent()) ?? '', /都提到：.*同一地点/)
    await list.getByRole('button', { name: /南塔小区三号楼/ }).click()
    await page.getByRole('dialog').getByText(said).first().waitFor()
    await page.getByRole('button', { name: '关闭' }).click()
    assert.equal(await words.inputValue(), '南塔小区水管又漏水，路面结冰')
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false)
    assert.deepEqual(await barriers(page), [])
    await page.context().close()
  })

test('what was typed goes to the earlier one instead of a second report', { skip }, async () => {
  const before = (await w.call('clerk', 'GET', '/api/v1/ledger?limit=200')).body.items.length
  const page = await atIntake(1440)
  await page.getByLabel('诉求内容').fill('南塔小区水管还在漏水，路面结冰，有人滑倒')
  await page.getByRole('button', { name: '补充到该件' }).click()
  await page.getByRole('button', { name: '确认补充到该件' }).click()
  await page.getByRole('heading', { name: '已补充到此件' }).waitFor()
  assert.equal((await w.call('clerk', 'GET', '/api/v1/ledger?limit=200')).body.items.length, before)
  const { items } = (await w.call('clerk', 'GET', `/api/v1/cases/${earlier}/events`)).body
  assert.equal(items.at(-1).input.text, '南塔小区水管还在漏水，路面结冰，有人滑倒')
  await page.context().close()
})
