import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type World, world } from './world.ts'

/** The battle map on the desk: drafted, refused, completed, published, checked in on. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false

before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number, dark = false) => signedIn(browser, base, account, { width, dark })

let target = ''
test('a plan is drafted at the desk, and is not published before the four are fixed', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/plan`)
  await page.getByText('编制新的作战图').click()
  await page.getByLabel('年度').fill('2026')
  await page.getByLabel('名称').fill('民生作战图')
  await page.getByRole('button', { name: '开始编制' }).click()
  await page.getByLabel('加领域').fill('城市品质')
  await page.getByRole('button', { name: '加入' }).click()
  await page.getByRole('button', { name: '加目标' }).click()
  await page.getByLabel('目标', { exact: true }).fill('背街小巷')
  await page.getByLabel('种类').selectOption('objects')
  await page.getByLabel('数量').fill('2')
  await page.getByRole('button', { name: '加入作战图' }).click()
  await page.getByText('请写明计量单位').waitFor()
  await page.getByLabel('单位', { exact: true }).fill('条')
  await page.getByLabel('验收词').fill('路平、草绿')
  await page.getByLabel('对象').fill('北一巷\n北二巷')
  await page.getByRole('button', { name: '加入作战图' }).click()
  await page.getByRole('button', { name: '公布', exact: true }).click()
  await page.getByRole('button', { name: '确认公布' }).click()
  await page.getByText('“背街小巷”缺定人、定责、定查').waitFor()
  await sound(page, 'the drafted plan')

  await page.getByRole('link', { name: '背街小巷' }).click()
  await page.getByRole('button', { name: '修改' }).click()
  for (const [label, typed] of [
    ['责任单位', '区水务局'],
    ['责任人', '水务经办'],
    ['由谁检查', '督查室'],
  ] as const) {
    await page.getByLabel(label).fill(typed)
    await page.getByRole('option', { name: typed }).first().click()
  }
  await page.getByLabel('职责').fill('逐条改造')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('督查室每月点检').waitFor()
  target = page.url()
  await page.getByRole('link', { name: '2026 年民生作战图' }).click()
  await page.getByRole('button', { name: '公布', exact: true }).click()
  await page.getByRole('button', { name: '确认公布' }).click()
  await page.getByText('已公布', { exact: true }).waitFor()
  await page.context().close()
})

test('whoever answers for it checks in on a phone, and the count follows', { skip }, async () => {
  const page = await signIn('handler', 390)
  await page.goto(target)
  await page.getByText('0/2条').first().waitFor()
  await page.getByLabel('路平').check()
  await page.getByLabel('草绿').check()
  await page.getByRole('button', { name: '提交点检' }).click()
  await page.getByText('须有佐证').waitFor()
  await page.getByLabel('佐证').fill('四方验收单')
  await page.getByRole('button', { name: '提交点检' }).click()
  await page.getByText('1/2条').first().waitFor()
  await sound(page, 'a target on a phone')
  await page.goto(`${base}/w/plan`)
  await page.getByText('1/2条').waitFor()
  await sound(page, 'the plan on a phone')
  await page.context().close()
})

test('a leader reads it in the dark, from a figure down to the rows', { skip }, async () => {
  const page = await signIn('leader', 1440, true)
  await page.goto(`${base}/w/plan`)
  await page.getByRole('link', { name: /正常/ }).click()
  await page.getByText('只看“正常”的目标').waitFor()
  await page.getByRole('link', { name: '背街小巷' }).click()
  await page.getByRole('cell', { name: '四方验收单' }).waitFor()
  await sound(page, 'a target in the dark')
  await page.context().close()
})
