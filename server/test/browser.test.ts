import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser } from './browser.ts'
import { type World, world } from './world.ts'

/** The two doors as people use them: a phone without JavaScript, a clerk's screen. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false

before(async () => {
  w = await world()
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

async function open(options: { width: number; javaScript?: boolean; dark?: boolean }): Promise<Page> {
  assert.ok(typeof browser !== 'string')
  const { width, javaScript = true, dark = false } = options
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    bypassCSP: true,
    locale: 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
  })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}
interface Axe {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
}
/** Serious and critical findings of axe on the page as it stands. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
    return violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
async function signIn(account: string, width: number): Promise<Page> {
  const page = await open({ width })
  await page.goto(`${base}/w/`)
  await page.getByLabel('账号').fill(account)
  await page.getByLabel('口令').fill('small-district')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('button', { name: '登录' }).waitFor({ state: 'detached' })
  return page
}
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

test('a citizen on a phone without JavaScript reports with a photo, tracks and rates', { skip }, async () => {
  const page = await open({ width: 390, javaScript: false })
  await page.goto(`${base}/`)
  await page.getByRole('link', { name: '我要反映' }).first().click()
  await page.getByRole('button', { name: '提交' }).click()
  assert.match(
    (await page.locator('main').textContent()) ?? '',
    /内容不能为空/,
    'an empty report is told what is missing',
  )
  await page.getByLabel('要反映什么').fill('南塔小区三号楼门前水管漏水，路面结冰，老人出门不便。')
  await page.getByLabel('照片').setInputFiles({
    name: '漏水.jpg',
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } })
      .jpeg()
      .toBuffer(),
  })
  await page.getByLabel('联系电话').fill('13900003333')
  await page.getByRole('button', { name: '提交' }).click()
  const receipt = (await page.locator('.receipt').textContent()) ?? ''
  assert.match(receipt, /最迟 .* 答复您/)
  const number = ((await page.locator('.receipt .big').first().textContent()) ?? '').replaceAll(/\s/g, '')
  const code = ((await page.locator('.receipt .code').textContent()) ?? '').trim()

  const { id } = (await w.call('dispatcher', 'GET', `/api/v1/cases/${number}`)).body.case
  await w.act('clerk', id, 'answerAtOnce', { category: 'pipe', text: '维修人员已到现场，今晚修好。' })
  await page.goto(`${base}/q`)
  await page.getByLabel('编号').fill(number)
  await page.getByLabel('取件码').fill(code.toLowerCase())
  await page.getByRole('button', { name: '查询' }).click()
  assert.match((await page.locator('main').textContent()) ?? '', /维修人员已到现场/)
  await page.getByLabel('解决了', { exact: false }).first().check()
  await page.locator('input[name=grade][value="5"]').check()
  await page.getByRole('button', { name: '提交评价' }).click()
  assert.match((await page.locator('main').textContent()) ?? '', /谢谢您的评价/)
})

test('a clerk signs in, opens the first case of the queue, accepts it and has the next before her', {
  skip,
}, async () => {
  await w.file('和平路路灯不亮，已经一个星期。')
  await w.file('暖气不热，室内只有十四度。')
  const page = await signIn('clerk', 1440)
  await page.getByText('和平路路灯不亮').first().click()
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('button', { name: '受理', exact: true }).first().click()
  await page.getByLabel(/事项类别/).fill('水管')
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.getByRole('button', { name: '受理', exact: true }).last().click()
  await page.getByRole('heading', { name: /暖气不热/ }).waitFor()
  assert.equal(await page.getByText('和平路路灯不亮').count(), 0, 'what is done has left the queue')
})

test('the dispatcher sees the unit that the catalogue proposes and hands the case over, at 390 px too', {
  skip,
}, async () => {
  const page = await signIn('dispatcher', 390)
  await page.goto(`${base}/w/q/toDispatch`)
  await page.getByText('和平路路灯不亮').first().click()
  await page.getByRole('button', { name: '交办', exact: true }).first().click()
  await page
    .getByText(/区水务局/)
    .first()
    .waitFor()
  assert.equal(await isTooWide(page), false)
  const answered = page.waitForResponse((reply) => reply.url().endsWith('/actions/dispatch'))
  await page.getByRole('button', { name: '交办', exact: true }).last().click()
  assert.equal((await answered).status(), 200)
  const { items } = (await w.call('dispatcher', 'GET', '/api/v1/ledger?stage=dispatched')).body
  assert.equal(items[0]?.leadUnit?.name, '区水务局')
})

test('no page of the portal shuts anybody out or runs off the screen', { skip }, async () => {
  const { number, pickupCode } = await w.file()
  for (const width of [390, 1440])
    for (const dark of [false, true]) {
      const page = await open({ width, dark })
      for (const path of ['/', '/r', '/q', `/q/${number}?code=${pickupCode}`, '/?elder=1']) {
        await page.goto(`${base}${path}`)
        assert.deepEqual(await barriers(page), [], `${path} at ${width}${dark ? ' dark' : ''}`)
        assert.equal(await isTooWide(page), false, `${path} at ${width}`)
      }
      await page.context().close()
    }
})
