import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** The pages of enterprises. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  await must('supervisor', 'POST', '/api/v1/enterprises', {
    ...{ name: '河畔机械公司', uscc: '91210104MA0QXY126Q', chain: '装备', industry: '通用设备制造' },
    ...{ partyOrganisation: 'joint', contacts: [{ name: '王经理', role: '办公室', phone: '13900000001' }] },
    years: [{ year: 2026, size: 'medium', aboveScale: true, source: '统计局' }],
  })
  const table =
    '企业名称,月份,工业总产值（万元）,利润总额（万元）\n河畔机械公司,2025-01,100,-2\n河畔机械公司,2026-01,160,3\n河畔机械公司,2026-02,120,2'
  const sent = await upload(
    w,
    'handler',
    '/api/v1/enterprise-figure-imports',
    { name: '二月月报.csv', data: table },
    { dryRun: 'false' },
  )
  assert.equal(sent.status, 200)
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})
const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('an enterprise is registered; a doubtful code asks for the licence', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/enterprises`)
  await page.getByRole('link', { name: '河畔机械公司' }).waitFor()
  await sound(page, '/w/enterprises')
  await page.getByRole('button', { name: '登记企业' }).click()
  await page.getByLabel('名称', { exact: true }).fill('早年公司')
  await page.getByLabel('统一社会信用代码').fill('91350211M0000XUF46')
  await sound(page, 'the form of an enterprise')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText(/校验位不符/).waitFor()
  await page.getByLabel('已核对执照').fill('已核对营业执照原件')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '早年公司' }).waitFor()
  await page.getByText(/督查员注明：已核对营业执照原件/).waitFor()
})

test('the one page of an enterprise fits in the hand', { skip }, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/enterprises?q=河畔`)
  await page.getByRole('link', { name: '河畔机械公司' }).click()
  await page.getByRole('heading', { name: '河畔机械公司' }).waitFor()
  await page.getByText('160万元').waitFor()
  await sound(page, '/w/enterprises/:id')
  await page.getByLabel('查看联系人的原因').fill('约定走访')
  await page.getByRole('button', { name: '查看联系人' }).click()
  await page.getByRole('link', { name: '13900000001' }).waitFor()
})

test('growth leads from a figure to its enterprises', { skip }, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/enterprises/growth`)
  await page.getByRole('link', { name: '扭亏为盈' }).click()
  await page.getByRole('cell', { name: '160万元' }).waitFor()
  await sound(page, '/w/enterprises/growth')
})

test('a list is read on trial, its doubtful row confirmed, and stored', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/enterprises/import`)
  const buffer = Buffer.from('企业名称,统一社会信用代码\n再早公司,91350211M0000XUF47')
  await page.locator('input[type=file]').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer })
  await page.getByText('须逐行确认').waitFor()
  await sound(page, '/w/enterprises/import')
  await page.getByLabel('已核对第 2 行').check()
  await page.getByRole('button', { name: '写入', exact: true }).click()
  await page.getByRole('button', { name: '确认写入' }).click()
  await page.getByRole('link', { name: '再早公司' }).waitFor()
})
