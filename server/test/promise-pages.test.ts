import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of broken promises: from the list to one promise, a plan that another approves, a payment. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const { id } = await must('supervisor', 'POST', '/api/v1/enterprises', {
    name: '河畔机械公司',
    uscc: '91210104MA0QXY126Q',
  })
  await must('supervisor', 'POST', '/api/v1/promises', {
    ...{
      enterpriseId: id,
      kind: 'works',
      words: '支付泵站改造工程尾款',
      fen: 300_000_000,
      unitId: await w.unit('water'),
    },
    source: { no: '河合同〔2025〕12号', on: '2025-09-01', by: '区水务局' },
    ...{ cause: 'term', basis: '保障中小企业款项支付条例第九条', deliveredOn: '2025-12-01', measures: '列入年度预算' },
    deadline: '2026-12-31',
  })
  await w.file('厂区门前水管漏水', { party: { kind: 'enterprise', name: '河畔机械公司', uscc: '91210104MA0QXY126Q' } })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})
const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('a unit proposes instalments on a phone, a leader approves them, and a payment fills the first', {
  skip,
}, async () => {
  const phone = await signIn('handler', 390)
  await phone.goto(`${base}/w/promises`)
  await phone.getByRole('link', { name: '支付泵站改造工程尾款' }).waitFor()
  await sound(phone, '/w/promises on a phone')
  await phone.getByRole('link', { name: '支付泵站改造工程尾款' }).click()
  await phone.getByText(/次日起算，没有约定，按法定 30 个自然日/).waitFor()
  await phone.getByText(/法律不认可的理由/).waitFor()
  await phone.getByRole('button', { name: '报分期计划' }).click()
  await phone.getByLabel('第1期日期').fill('2026-06-30')
  await phone.getByLabel('第1期金额').fill('100')
  await phone.getByRole('button', { name: '加一期' }).click()
  await phone.getByLabel('第2期日期').fill('2026-12-31')
  await phone.getByLabel('第2期金额').fill('200')
  await phone.getByText('合计 300万元').waitFor()
  await phone.getByLabel('理由').fill('财政分期安排')
  await sound(phone, 'the form of a plan')
  await phone.getByRole('button', { name: '报批', exact: true }).click()
  await phone.getByText('待批准').waitFor()

  const wide = await signIn('leader', 1440)
  const { items } = await must('leader', 'GET', '/api/v1/promises')
  await wide.goto(`${base}/w/promises/${items[0].id}`)
  await wide.getByRole('button', { name: '批准' }).click()
  await wide.getByText(/第1期 2026-06-30/).waitFor()
  await sound(wide, '/w/promises/:id')

  await phone.reload()
  await phone.getByRole('button', { name: '登记付款' }).click()
  await phone.getByRole('textbox', { name: '金额', exact: true }).fill('40')
  await phone.getByLabel('凭证号').fill('凭0001')
  await phone.getByRole('button', { name: '保存' }).click()
  await phone.getByText('40万元 / 100万元 未到期').waitFor()
})

test('the backlog of enterprises leads from a bar to its matters', { skip }, async () => {
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/promises/backlog`)
  await page.getByRole('link', { name: /30天以内.*1 件/ }).click()
  await page.getByRole('link', { name: '厂区门前水管漏水' }).waitFor()
  await sound(page, '/w/promises/backlog')
})

test('an enterprise’s page shows what was promised to it', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  const { items } = await must('supervisor', 'GET', '/api/v1/liaison-targets?kind=enterprise')
  await page.goto(`${base}/w/enterprises/${items.find((one: Row) => one['name'] === '河畔机械公司').id}`)
  await page.getByRole('link', { name: '支付泵站改造工程尾款' }).waitFor()
  await sound(page, '/w/enterprises/:id with its promises')
})
