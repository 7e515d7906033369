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

test('titles, older years and contacts are registered, corrected and ended from the page of the enterprise', {
  skip,
}, async () => {
  const { id } = await must('supervisor', 'POST', '/api/v1/enterprises', { name: '资质公司', chain: '装备' })
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/enterprises/${id}`)
  const save = page.getByRole('button', { name: '保存' })
  await page.getByRole('button', { name: '登记资质' }).click()
  await page.getByLabel('资质名称').fill('专精特新中小企业')
  await page.getByLabel('自', { exact: true }).fill('2024-01-01')
  await page.getByLabel('来源').fill('省工信厅公告')
  await sound(page, 'the form of a title')
  await save.click()
  await page.getByRole('row', { name: /专精特新中小企业.*2024-01-01.*有效.*省工信厅公告/ }).waitFor()
  const tags = page.getByRole('list', { name: '标签' })
  await tags.getByText('专精特新中小企业').waitFor()
  await page.getByRole('button', { name: '结束资质 专精特新中小企业' }).click()
  await page.getByLabel('最后一天').fill('2023-12-31')
  await page.getByRole('button', { name: '结束', exact: true }).click()
  await page.getByText(/结束日早于开始日/).waitFor()
  await page.getByLabel('最后一天').fill('2025-12-31')
  await page.getByRole('button', { name: '结束', exact: true }).click()
  await page.getByRole('row', { name: /专精特新中小企业.*2025-12-31.*已到期/ }).waitFor()
  assert.equal(await tags.getByText('专精特新中小企业').count(), 0, 'a title that is over is no tag')
  for (const year of ['2026', '2025']) {
    await page.getByRole('button', { name: '登记年度' }).click()
    assert.equal(await page.getByLabel('年度', { exact: true }).inputValue(), year)
    await page.getByLabel('规上').selectOption('yes')
    await page.getByLabel('从业人数').fill('120')
    await page.getByLabel('来源').fill('统计局名录')
    await save.click()
    await page.getByRole('row', { name: new RegExp(`${year} 年.*规上.*120`) }).waitFor()
  }
  await page.getByRole('button', { name: '修改 2025 年' }).click()
  await page.getByLabel('规上').selectOption('no')
  await sound(page, 'the form of a year')
  await save.click()
  await page.getByRole('row', { name: /2025 年.*否.*120/ }).waitFor()
  await page.getByRole('button', { name: '登记联系人' }).click()
  await page.getByLabel('姓名 1').fill('王经理')
  await page.getByLabel('电话 1').fill('13900000011')
  await sound(page, 'the form of contacts')
  await save.click()
  await page.getByLabel('查看联系人的原因').fill('更换联系人')
  await page.getByRole('button', { name: '查看联系人' }).click()
  await page.getByRole('button', { name: '增减联系人' }).click()
  await page.getByRole('button', { name: '再加一名' }).click()
  await page.getByLabel('姓名 2').fill('李主任')
  await page.getByRole('button', { name: '删去联系人 1' }).click()
  await save.click()
  await page.getByText('登记了 1 名联系人').waitFor()
  const now = await must('supervisor', 'POST', `/api/v1/enterprises/${id}/actions/reveal`, { reason: '核对' })
  assert.deepEqual(now['items'], [{ name: '李主任' }])
  const firm = await must('supervisor', 'GET', `/api/v1/enterprises/${id}`)
  assert.partialDeepStrictEqual(firm, { chain: '装备', aboveScale: true, contacts: 1 })
  await page.setViewportSize({ width: 1440, height: 900 })
  await sound(page, 'the page of an enterprise at 1440')
})
