import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type World, world } from './world.ts'

/** The pages of meetings, instructions and rosters, at the desk and in the hand. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false

before(async () => {
  w = await world('2026-09-28T09:00:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-09-28T09:00:00+08:00' })
/** Chooses in a field that is searched by typing. */
async function pick(page: Page, label: string, words: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(words)
  await page.getByRole('option', { name: words }).first().click()
}

test('a meeting is recorded, its minutes drafted, approved by another, issued, and the task knows where it comes from', {
  skip,
}, async () => {
  const page = await signIn('dispatcher', 1440)
  await page.goto(`${base}/w/meetings`)
  await page.getByText('还没有这样的会议。点“登记会议”记第一次。').waitFor()
  await sound(page, '/w/meetings, empty')
  await page.getByRole('button', { name: '登记会议' }).click()
  await page.getByLabel('会议名称').fill('供水调度会')
  await page.getByLabel('种类').selectOption({ label: '调度会' })
  await page.getByLabel('地点').fill('三楼会议室')
  await pick(page, '主持人', '区长')
  await page.getByLabel('议题').fill('南塔小区供水')
  await sound(page, 'the form of a meeting')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '起草纪要' }).click()
  await page.getByLabel('纪要正文').fill('会议研究了南塔小区供水。')
  await page.getByRole('button', { name: '加一项议定事项' }).click()
  await page.getByLabel('议定内容').fill('更换南塔小区供水管线')
  await pick(page, '承办单位', '区水务局')
  await pick(page, '承办人', '水务经办')
  await pick(page, '查验人', '督查员')
  await sound(page, 'the form of minutes')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('审定人不能是起草人').waitFor()
  assert.equal(await page.getByRole('button', { name: '审定' }).count(), 0)
  const address = page.url()

  const leader = await signIn('leader', 390)
  await leader.goto(address)
  await leader.getByRole('button', { name: '审定' }).click()
  await leader.getByRole('button', { name: '确认审定' }).click()
  await leader.getByText('纪要已审定。').waitFor()
  await sound(leader, '/w/meetings/:id')

  await page.reload()
  await page.getByRole('button', { name: '印发' }).click()
  await page.getByRole('button', { name: '确认印发' }).click()
  await page.getByText('专题会议纪要〔2026〕1号').first().waitFor()
  await sound(page, '/w/meetings/:id, issued')
  await page.getByRole('link', { name: '打印纪要' }).click()
  await page.getByText('一、更换南塔小区供水管线。').waitFor()
  await sound(page, '/w/meetings/:id/minutes')
  await page.goto(address)
  await page.getByRole('link', { name: /^XB/ }).click()
  await page.getByRole('region', { name: '来由' }).getByRole('link', { name: '供水调度会' }).waitFor()
})

test('an instruction is recorded; what is only to be read asks for no owner', { skip }, async () => {
  const page = await signIn('clerk', 390)
  await page.goto(`${base}/w/instructions`)
  await page.getByText('还没有登记批示。').waitFor()
  await page.getByRole('button', { name: '登记批示' }).click()
  await pick(page, '批示领导', '区长')
  await page.getByLabel('来文标题').fill('关于供水管线的报告')
  await page.getByLabel('批示原文').fill('请水务局阅处。')
  await page.getByLabel('批示种类').selectOption({ label: '阅' })
  assert.equal(await page.getByLabel('承办单位').count(), 0)
  await page.getByLabel('批示种类').selectOption({ label: '请阅处' })
  await pick(page, '承办单位', '区水务局')
  await sound(page, 'the form of an instruction')
  await page.getByRole('button', { name: '登记并交办' }).click()
  await page.getByText('请水务局阅处。').waitFor()
  await page.getByRole('link', { name: /^XB/ }).waitFor()
  await sound(page, '/w/instructions')
})

test('a head sets up a post, fills the month by turns, and swaps a shift; what nobody has taken is red', {
  skip,
}, async () => {
  const page = await signIn('head', 1440)
  await page.goto(`${base}/w/roster`)
  await page.getByText('还没有值班岗。点“设值班岗”，再按轮次排班。').waitFor()
  await page.getByRole('button', { name: '设值班岗' }).click()
  await page.getByLabel('岗位名称').fill('水务值班室')
  await page.getByLabel('值班电话').fill('024-86420001')
  await sound(page, 'the form of a post')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('没有人值班').waitFor()
  await page.getByText('■ 空班 3').waitFor()
  await page.getByRole('link', { name: '下月' }).click()
  await page.getByText('■ 空班 31').waitFor()
  await page.getByRole('button', { name: '轮流排班' }).click()
  await page.getByRole('button', { name: '排班', exact: true }).click({ trial: true })
  await sound(page, 'the form of turns')
  await page.getByRole('button', { name: '排班', exact: true }).click()
  await page.getByText('■ 空班').first().waitFor({ state: 'detached' })
  await page.getByText('国庆节').first().waitFor()
  await page.getByRole('button', { name: /2026-10-08 全天/ }).click()
  await page.getByLabel('对调的班').fill('10-09')
  await page.getByRole('option', { name: /2026-10-09/ }).click()
  await page.getByLabel('原因').fill('家中有事')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: /调班记录/ }).waitFor()
  await sound(page, '/w/roster')
  const phone = await signIn('head', 390)
  await phone.goto(`${base}/w/roster?month=2026-10`)
  await phone.getByText('国庆节').first().waitFor()
  await sound(phone, '/w/roster in the hand')
})

test('a call and overtime are written down in the hand', { skip }, async () => {
  const page = await signIn('handler', 390)
  await page.goto(`${base}/w/roster?tab=calls`)
  await page.getByRole('button', { name: '记一个电话' }).click()
  await page.getByLabel('什么事').fill('站前路爆管')
  await page.getByLabel('怎么处理的').fill('已通知抢修队')
  await page.getByLabel('需要继续办，同时立件').check()
  await sound(page, 'the form of a call')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: '站前路爆管' }).waitFor()
  await sound(page, '/w/roster?tab=calls')
  await page.getByRole('tab', { name: '加班' }).click()
  await page.getByRole('button', { name: '记加班' }).click()
  await page.getByLabel('日期').fill('2026-09-27')
  await page.getByLabel('为什么').fill('抢修供水主管')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: '抢修供水主管' }).waitFor()
  await sound(page, '/w/roster?tab=overtime')
})
