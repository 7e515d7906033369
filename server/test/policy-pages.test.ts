import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** Policies at the desk, from the rule that is typed to the money that arrives. */
const NOW = '2026-03-04T09:40:00+08:00'
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)
const firms: Record<string, string> = {}

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  for (const [name, size, party] of [
    ['河畔机械公司', 'small', 'own'],
    ['远山食品公司', 'small', null],
    ['高塔重工公司', 'large', 'none'],
  ] as const) {
    const years = [{ year: 2025, size, aboveScale: true, source: '统计局' }]
    const { id } = await must('supervisor', 'POST', '/api/v1/enterprises', { name, years, partyOrganisation: party })
    firms[name] = id
  }
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})
const signIn = (account: string, width: number) => signedIn(browser, base, account, { width, height: 844, now: NOW })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

test('a policy with a rule of two conditions is drafted on a phone; its page says who is eligible, why, and whose data are missing', {
  skip,
}, async () => {
  const phone = await signIn('handler', 390)
  await phone.goto(`${base}/w/policies`)
  await phone.getByText('还没有政策').waitFor()
  await phone.getByRole('link', { name: '起草政策' }).click()
  await phone.getByLabel('政策名称').fill('党建场所补助')
  await phone.getByLabel('文号').fill('河政发〔2026〕2号')
  await phone.getByLabel('发文单位').fill('小河区人民政府')
  await phone.getByLabel('扶持内容').fill('每户2万元')
  await phone.getByLabel('每户金额').fill('2')
  await phone.getByLabel('执行起').fill('2026-03-01')
  const first = phone.getByRole('group', { name: '条件1' })
  await first.getByLabel('依据条款').fill('第二条')
  await press(phone, '加一条条件')
  const second = phone.getByRole('group', { name: '条件2' })
  await second.getByLabel('看什么').selectOption('party')
  await second.getByLabel('依据条款').fill('第三条')
  await phone.getByText('今天符合 1 户，不符合 1 户，缺数据 1 户').waitFor()
  await sound(phone, '/w/policies/new with two conditions')
  await press(phone, '起草')
  await phone.getByText(/起草，等另一人发布/).waitFor()
  await phone.getByText('发布后，符合的企业自动列在这里。').waitFor()

  const wide = await signIn('head', 1440)
  await wide.goto(`${base}/w/policies`)
  await wide.getByRole('link', { name: '党建场所补助' }).click()
  await press(wide, '发布第1版')
  const row = rowOf(wide, '河畔机械公司')
  await row.getByText('上年企业规模为小型、微型').waitFor()
  await row.getByText(/登记：单独组建（第三条）/).waitFor()
  await rowOf(wide, '远山食品公司').getByText('缺组织部门的党组织信息').waitFor()
  await sound(wide, '/w/policies/:id')
  await wide.goto(`${base}/w/enterprises/${firms['远山食品公司']}`)
  await wide.getByText(/缺组织部门的党组织信息，由部门补，不向企业要/).waitFor()
  await sound(wide, '/w/enterprises/:id with its policies')
})

test('the enterprise is told, confirms and is paid; the list of a day before that shows what stood then', {
  skip,
}, async () => {
  const page = await signIn('handler', 1440)
  await page.goto(`${base}/w/policies`)
  await page.getByRole('link', { name: '党建场所补助' }).click()
  await press(page, '告知河畔机械公司')
  await press(page, '确认：河畔机械公司')
  await page.getByLabel('收款账户末四位').fill('66')
  await press(page, '保存')
  await page.getByText('只记收款账户的末四位数字。').first().waitFor()
  await page.getByLabel('收款账户末四位').fill('6688')
  await press(page, '保存')
  w.setNow('2026-03-09T09:40:00+08:00')
  await page.clock.setFixedTime(new Date('2026-03-09T09:50:00+08:00'))
  await press(page, '兑现：河畔机械公司')
  await page.getByLabel('凭证号').fill('拨2026-001')
  await sound(page, 'the form of a payment')
  await press(page, '保存')
  await rowOf(page, '河畔机械公司').getByText('2026-03-09 兑现 2万元，用 5 天，凭证 拨2026-001').waitFor()
  await page.getByLabel('看哪一天的清单').fill('2026-03-08')
  await page.getByRole('heading', { name: /2026-03-08 的应享和已享/ }).waitFor()
  await rowOf(page, '河畔机械公司').getByText('2026-03-04 确认').waitFor()
  await sound(page, 'the list of a day that has passed')
})

test('the next version begins with what is in force, waits for its day, and the policy ends with a reason', {
  skip,
}, async () => {
  const phone = await signIn('handler', 390)
  const { items } = await must('handler', 'GET', '/api/v1/policies')
  const url = `${base}/w/policies/${items[0].id}`
  await phone.goto(url)
  await phone.getByRole('link', { name: '起草下一版' }).click()
  await phone.getByRole('heading', { name: '起草第2版' }).waitFor()
  await phone.getByLabel('扶持内容').fill('每户3万元')
  await phone.getByLabel('每户金额').fill('3')
  await phone.getByLabel('执行起').fill('2026-07-01')
  await phone.getByText(/今天符合 1 户/).waitFor()
  await sound(phone, '/w/policies/:id/next')
  await press(phone, '保存这一版')
  await phone.getByText(/第2版由.*起草，等另一人发布；拟自 2026-07-01 起执行/).waitFor()

  const wide = await signIn('head', 1440)
  await wide.goto(url)
  await press(wide, '发布第2版')
  await wide.getByText('第2版已发布，自 2026-07-01 起执行；在此之前按第1版。').waitFor()
  await wide.getByText('第1版（现行）').waitFor()

  await phone.reload()
  await press(phone, '停止执行')
  const form = phone.getByRole('region', { name: /停止执行/ })
  await form.getByLabel('停止的原因').fill('上级另有规定')
  await form.getByLabel('自哪一天停止').fill('2026-03-09')
  await sound(phone, 'the form that ends a policy')
  await form.getByRole('button', { name: '停止执行' }).click()
  await phone.getByText('已于 2026-03-09 停止执行：上级另有规定。已列入的照样兑现。').waitFor()
  await sound(phone, '/w/policies/:id that has ended')
})

test('a need is noted at the enterprise, stands in the queue and is answered there', { skip }, async () => {
  const page = await signIn('handler', 1440)
  await page.goto(`${base}/w/enterprises/${firms['高塔重工公司']}`)
  await press(page, '记下需求')
  await page.getByLabel('需求类别').selectOption('workers')
  await page.getByLabel('需要什么').fill('缺焊工12名')
  await press(page, '保存')
  await page.getByRole('button', { name: '答复：缺焊工12名' }).waitFor()
  const phone = await signIn('head', 390)
  await phone.goto(`${base}/w/needs`)
  await phone.getByRole('button', { name: '答复：缺焊工12名' }).waitFor()
  await sound(phone, '/w/needs on a phone')
  await press(phone, '答复：缺焊工12名')
  await phone.getByLabel('怎么答复的').fill('专场招聘到位')
  await sound(phone, 'the answer to a need')
  await press(phone, '办结')
  await phone.getByText('没有等答复的需求').waitFor()
  await phone.getByLabel('状态').selectOption('met')
  await phone.getByText('已满足：专场招聘到位').waitFor()
  await page.reload()
  await page.getByText(/已满足：专场招聘到位/).waitFor()
  const { items } = await must('leader', 'GET', '/api/v1/enterprise-needs')
  assert.deepEqual(
    items.map(({ state, mayAnswer }: Row) => [state, mayAnswer]),
    [['met', false]],
  )
})
