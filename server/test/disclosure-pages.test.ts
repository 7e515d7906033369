import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import qrcode from 'qrcode'
import sharp from 'sharp'
import { barriers, isTooWide, openBrowser, signedIn } from './browser.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The desk's pages of disclosures, notices and items for the media, in a real browser. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must, bring } = storyteller(() => w)

before(async () => {
  // The browser fills in today's date; the house must live on the same day.
  w = await world(new Date().toISOString())
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width = 1440) => signedIn(browser, base, account, { width })

test('a unit writes one of the four on a phone, its head publishes it at the desk, and everybody reads it', {
  skip,
}, async () => {
  const duty = { unitId: await w.unit('water'), trade: 'water', obligedFrom: '2026-01-01' }
  const { id } = await must('supervisor', 'POST', '/api/v1/disclosures', duty)
  const phone = await signIn('handler', 390)
  await phone.goto(`${base}/w/disclosures`)
  await phone.getByRole('link', { name: '区水务局' }).first().click()
  await phone.getByRole('button', { name: '写收费标准' }).click()
  const form = phone.getByRole('region', { name: '写收费标准' })
  await form.getByLabel('内容').fill('居民 2.35 元/吨。')
  await form.getByLabel('依据文件').fill('供水价格文件')
  assert.deepEqual(await barriers(phone), [])
  assert.equal(await isTooWide(phone), false)
  await form.getByRole('button', { name: '提交审核' }).click()
  await phone.getByText('写的人不能审核自己的').waitFor()
  assert.equal(await phone.getByRole('button', { name: '审核通过并公开' }).count(), 0)

  const desk = await signIn('head')
  await desk.goto(`${base}/w/disclosures/${id}`)
  await desk.getByRole('button', { name: '审核通过并公开' }).click()
  await desk.getByText('✓ 第 1 版').waitFor()
  assert.deepEqual(await barriers(desk), [])
  await desk.goto(`${base}/open/disclosures/${id}`)
  await desk.getByText('居民 2.35 元/吨。').waitFor()
  assert.deepEqual(await barriers(desk), [])
  await desk.goto(`${base}/open/disclosures`)
  assert.deepEqual(await barriers(desk), [])
})

test('a notice is written for two kinds of organisations', { skip }, async () => {
  const page = await signIn('handler', 390)
  await page.goto(`${base}/w/public-notices`)
  await page.getByRole('button', { name: '拟写' }).click()
  await page.getByLabel('标题').fill('致企业和学校')
  await page.getByLabel('企业', { exact: true }).check()
  await page.getByLabel('学校').check()
  await page.getByLabel('内容').fill('冬季用水请防冻。')
  await page.getByLabel('依据文件').fill('供水告知')
  assert.deepEqual(await barriers(page), [])
  assert.equal(await isTooWide(page), false)
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('致 企业、学校').waitFor()
})

test('an item for the media: proposed text, a poster and a cover of the right size with every word and a readable code', {
  skip,
}, async () => {
  const title = '南塔小区三号楼门前水管漏水已经修好，路面也恢复了通行'
  await w.act('supervisor', await bring('answered'), 'publishAnswer')
  const page = await signIn('clerk')
  // Whatever is written on the canvas, as one text.
  await page.addInitScript(() => {
    const { prototype } = CanvasRenderingContext2D
    const { fillText } = prototype
    const written: string[] = []
    Object.assign(globalThis, { written })
    prototype.fillText = function (this: CanvasRenderingContext2D, text: string, x: number, y: number) {
      written.push(text)
      fillText.call(this, text, x, y)
    }
  })
  await page.goto(`${base}/w/media`)
  await page.getByRole('button', { name: '制作宣传件' }).click()
  await page.getByLabel('宣传什么').click()
  await page.getByRole('option').first().click()
  await page.getByLabel('标题').fill(title)
  const brief = await page.getByLabel('150 字短文').inputValue()
  assert.match(brief, /区水务局已经答复：已更换破损水管/)
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('button', { name: '做成宣传件' }).click()
  const { items } = await must('clerk', 'GET', '/api/v1/media-items')
  const link = `${base}/m/${items[0]?.code ?? (await madeCode(page))}`
  for (const [shape, width, height] of [
    ['竖版', 1080, 1440],
    ['横版', 900, 500],
  ] as const) {
    await page.getByRole('button', { name: new RegExp(shape) }).click()
    const button = page.getByRole('button', { name: '下载图片' })
    await page.waitForFunction(() => !document.querySelector('.media-picture > .button')?.hasAttribute('disabled'))
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
    const picture = readFileSync(await file.path())
    const { width: wide, height: high, format } = await sharp(picture).metadata()
    assert.deepEqual([wide, high, format], [width, height, 'png'])
    const place = shape === '竖版' ? { left: 720, top: 1070, size: 280 } : { left: 652, top: 122, size: 200 }
    assert.equal(await codeIn(picture, place, link), true, `${shape}: the code leads to ${link}`)
  }
  const words = (await page.evaluate(() => (globalThis as unknown as { written: string[] }).written)).join('')
  assert.ok(words.includes(title), `no line of the title is lost: ${words}`)
  assert.ok(words.replaceAll(/\s/g, '').includes(brief.replaceAll(/\s/g, '')), 'no line of the text is lost')
  await page.setViewportSize({ width: 390, height: 844 })
  assert.equal(await isTooWide(page), false)
})

const madeCode = async (page: Page) =>
  (
    await page
      .getByText(/^\/m\//)
      .first()
      .textContent()
  )?.slice(3) ?? ''

/** True if every module of the code for `link` is where it should be. */
async function codeIn(
  picture: Buffer,
  { left, top, size }: { readonly left: number; readonly top: number; readonly size: number },
  link: string,
): Promise<boolean> {
  const { modules } = qrcode.create(link, { errorCorrectionLevel: 'M' })
  const { data, info } = await sharp(picture)
    .extract({ left, top, width: size, height: size })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const step = size / (modules.size + 4)
  const at = (row: number, column: number) =>
    data[Math.floor((row + 2.5) * step) * size * info.channels + Math.floor((column + 2.5) * step) * info.channels] ?? 0
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (at(row, column) < 128 !== (modules.get(row, column) === 1)) return false
  return true
}
