import { after, before, test } from 'node:test'
import { MONEY_UNIT } from '@banjie/contract'
import { openBrowser, openWindow, signedIn, sound } from './browser.ts'
import { type Firm, platformVisitors } from './firm.ts'
import { postOffice } from './outside.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of an enterprise on a phone without script, and the box of a meeting from which its questions come. */
const NOW = '2026-03-02T09:30:00+08:00'
let w: World
let office: Awaited<ReturnType<typeof postOffice>>
let base = ''
let one: Firm
let meeting = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)
const { firm, codeTo } = platformVisitors(
  () => w,
  () => office,
  NOW,
)

before(async () => {
  office = await postOffice()
  w = await world(NOW, {
    outlets: {
      ...{ smtpUrl: office.url, mailFrom: '办结 <banjie@district.example>' },
      ...{ smsWebhook: undefined, allowLoopback: true },
    },
  })
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  one = await firm()
  const unitId = await w.unit('water')
  const sheet = await must('supervisor', 'GET', `/api/v1/enterprises/${one.id}`)
  await must('supervisor', 'PUT', `/api/v1/enterprises/${one.id}`, {
    ...{ name: one.name, uscc: one.uscc, basedOn: sheet['updatedAt'] },
    years: [{ year: 2025, size: 'small', aboveScale: false, source: '统计局' }],
  })
  const policy = await must('handler', 'POST', '/api/v1/policies', {
    ...{
      title: '小微企业稳岗补贴',
      documentNo: '河政发〔2026〕2号',
      issuer: '小河区人民政府',
      validFrom: '2026-01-01',
    },
    ...{ benefit: '每户2万元', fen: 2 * MONEY_UNIT.万元, mode: 'auto', unitId, payWithin: 10 },
    rule: { all: [{ fact: 'size', in: ['small'], year: 'last', cite: '第三条' }] },
  })
  await must('head', 'POST', `/api/v1/policies/${policy['id']}/versions/1/actions/publish`, {})
  const promise = await must('supervisor', 'POST', '/api/v1/promises', {
    ...{ enterpriseId: one.id, kind: 'land', words: '交付平整好的地块', unitId, cause: 'procedure' },
    ...{ basis: '投资协议第八条', measures: '年内交付', deadline: '2026-12-31' },
    source: { no: '河协议〔2025〕3号', on: '2025-09-01', by: '区政府' },
  })
  await must('handler', 'POST', `/api/v1/promises/${promise['id']}/actions/keep`, { evidence: '交接书' })
  const { items } = await must('dispatcher', 'GET', '/api/v1/people')
  const chairId = items.find(({ name }: Row) => name === '区长')['id']
  const facts = { title: '企业家联席会', kind: 'joint', on: '2026-03-02', at: '09:00', place: '三楼会议室', chairId }
  meeting = (await must('dispatcher', 'POST', '/api/v1/meetings', { ...facts, targetIds: [one.id] }))['id']
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
  await office.close()
})

test('a question that was asked at a meeting is written down there, and read by the enterprise on its phone', {
  skip,
}, async () => {
  const desk = await signedIn(browser, base, 'dispatcher', { width: 1440, now: NOW })
  await desk.goto(`${base}/w/meetings/${meeting}`)
  await desk.getByRole('button', { name: '登记企业提出的问题' }).click()
  await desk.getByRole('textbox', { name: '提出的问题' }).fill('厂区用电容量不够，新线开不起来。')
  await sound(desk, 'the form of an issue')
  await desk.getByRole('button', { name: '登记', exact: true }).click()
  await desk.getByText('1 件，1 件未答复').waitFor()
  await desk.getByRole('region', { name: '企业提出的问题' }).getByText('厂区用电容量不够').waitFor()
  await sound(desk, 'a meeting with an issue')
})

test('a person of the enterprise signs in with a code by mail, confirms a policy, says what was received and files a demand, all without script', {
  skip,
}, async () => {
  const page = await openWindow(browser, { width: 390, height: 844, javaScript: false })
  await page.goto(`${base}/e/`)
  await page.getByLabel('统一社会信用代码').fill(one.uscc)
  await page.getByLabel('邮箱或手机号').fill(one.address)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByLabel('验证码').fill(await codeTo(one))
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: one.name }).waitFor()
  await page.getByText('厂区用电容量不够').waitFor()
  await page.getByLabel('收款账户末四位').fill('6688')
  await page.getByRole('button', { name: '确认享受' }).click()
  await page.getByText('已确认，承办单位会按期兑现。').waitFor()
  await page.getByText('您说了算').waitFor()
  await page.getByLabel('收到了', { exact: true }).check()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('谢谢，这件事销号了。').waitFor()
  await page.getByRole('link', { name: '提诉求' }).click()
  await page.getByRole('textbox', { name: '要解决什么事' }).fill('园区公交末班车太早，夜班工人回不了家。')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('已收到，下面是编号和期限。').waitFor()
})

test('the pages of an enterprise are for everybody, at any width', { skip }, async () => {
  for (const width of [390, 1440]) {
    const page = await openWindow(browser, { width })
    await page.goto(`${base}/e/sign-in`)
    await sound(page, `/e/sign-in at ${width}`)
    await page.getByLabel('统一社会信用代码').fill(one.uscc)
    await page.getByLabel('邮箱或手机号').fill(one.address)
    await page.getByRole('button', { name: '获取验证码' }).click()
    await sound(page, `the code at ${width}`)
    await page.getByLabel('验证码').fill(await codeTo(one))
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: one.name }).waitFor()
    await sound(page, `/e/ at ${width}`)
    await page.getByRole('link', { name: /用电容量/ }).click()
    await page.getByRole('heading', { name: '经过' }).waitFor()
    await sound(page, `a demand at ${width}`)
    await page.goto(`${base}/e/demands/new`)
    await sound(page, `a new demand at ${width}`)
  }
})
