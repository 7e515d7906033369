import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { barriers, isTooWide, openBrowser, openWindow } from './browser.ts'
import { type World, world } from './world.ts'

/** The merge desk and the hot issues, as the dispatcher uses them. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false

before(async () => {
  w = await world()
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  for (const tail of ['老人受不了', '请来看看', '已经一周', '孩子感冒了', '物业不管'])
    await w.file(`翠湖花园暖气不热，室温只有十四度，${tail}。`, {
      contact: { phone: `139000010${tail.length}${tail.charCodeAt(0)}` },
    })
  await w.file('咨询新生儿医保参保需要哪些材料。')
  const facts = { title: '翠湖花园供热不达标', content: '翠湖花园暖气不热，室温十四度。', aspect: '民生保障' }
  await w.call('dispatcher', 'POST', '/api/v1/cases', { type: 'problem', facts })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

async function openPage(path: string, width: number, dark = false): Promise<Page> {
  const page = await openWindow(browser, { width, dark })
  const [name = '', value = ''] = (await w.cookie('dispatcher')).split('=')
  await page.context().addCookies([{ name, value, url: base }])
  await page.goto(base + path)
  return page
}
const counter = (page: Page) => page.locator('.merge-count')

test('by the keyboard alone: J and X choose an opinion, M merges it into the chosen problem, and it is undone', {
  skip,
}, async () => {
  const page = await openPage('/w/merge', 1440)
  await page.getByText('翠湖花园供热不达标').click()
  await page.locator('.opinion').first().waitFor()
  await page.locator('h1').click()
  for (const key of ['j', 'x', 'j', 'x', 'm']) await page.keyboard.press(key)
  await page.getByText('已把 2 件并入「翠湖花园供热不达标」').waitFor()
  await counter(page).getByText('已归并 2').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByText('已撤销').waitFor()
  await counter(page).getByText('已归并 0').waitFor()
  await page.context().close()
})

test('a suggested group is merged with one press, one voice is taken out again, on a phone by two tabs', {
  skip,
}, async () => {
  const page = await openPage('/w/merge', 390)
  await page.getByRole('button', { name: '找出相似的' }).click()
  await page.getByText('5 件').first().waitFor()
  assert.deepEqual(await barriers(page), [], 'groups')
  await page.getByRole('button', { name: '并入「翠湖花园供热不达标」' }).click()
  await page.getByText('已把 5 件并入「翠湖花园供热不达标」').waitFor()
  await page.getByRole('button', { name: '问题', exact: true }).click()
  await page.getByRole('button', { name: '5 件' }).click()
  await page.locator('.voices .row-check input').first().check()
  await page.getByRole('button', { name: /移出 1 件/ }).click()
  await page.getByText('已从「翠湖花园供热不达标」移出 1 件').waitFor()
  await counter(page).getByText('已归并 4').waitFor()
  await page.context().close()
})

test('neither page shuts anybody out or runs off the screen, on a phone or a desk, by day or by night', {
  skip,
}, async () => {
  for (const [width, dark] of [
    [390, false],
    [1440, true],
  ] as const)
    for (const [path, landmark] of [
      ['/w/merge?merged=all', '.opinion'],
      ['/w/merge?tab=problems', '.problem'],
      ['/w/hot?least=3', '.hot'],
    ] as const) {
      const page = await openPage(path, width, dark)
      await page.locator(landmark).first().waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
      assert.deepEqual(await barriers(page), [], `${path} at ${width}`)
      assert.equal(await isTooWide(page), false, `${path} at ${width}`)
      await page.context().close()
    }
})
