import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of contacts and of what the grass roots are asked, on the phone and at the desk. */
let w: World
let base = ''
let mill = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const target = { kind: 'enterprise', name: '河畔机械公司' }
  mill = (await must('supervisor', 'POST', '/api/v1/liaison-targets', target))['id']
  await must('head2', 'POST', '/api/v1/contact-plans', {
    ...{ targetId: mill, kind: 'visit', on: '2026-03-06', purpose: '看换热站' },
  })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('on the phone a planner finds the enterprise, sees who else is going, and goes along', { skip }, async () => {
  const page = await signIn('head', 390)
  await page.goto(`${base}/w/contacts`)
  await page.getByRole('searchbox', { name: '查找对象' }).fill('河畔')
  await sound(page, '/w/contacts')
  await page.getByRole('link', { name: '河畔机械公司' }).click()
  await page.getByText('区供热办：看换热站').waitFor()
  assert.equal(await page.getByRole('table').count(), 0, 'a phone has the list and no month')
  await sound(page, '/w/contacts/:id')
  await page.getByRole('button', { name: '计划接触' }).click()
  await page.getByText('前后 7 天内别的单位要去').waitFor()
  const join = page.getByRole('button', { name: '合并到这次' })
  assert.equal(await join.isDisabled(), true, 'first it is said what for')
  await page.getByLabel('来意').fill('了解用水')
  await sound(page, 'the form of a plan')
  await join.click()
  await page.getByText('合并 2 个单位').waitFor()
  await page.goto(`${base}/w/contacts`)
  await page.getByRole('link', { name: /合并少跑/ }).click()
  await page.getByText('区水务局：了解用水').waitFor()
  await sound(page, '/w/contacts?show=saved')
})

test('at the desk a month shows who comes when, and do-not-disturb stops whoever has no need', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/contacts/${mill}`)
  await page.getByRole('cell', { name: /走访 · 区供热办、区水务局/ }).waitFor()
  await page.getByRole('button', { name: '登记免打扰' }).click()
  await page.getByLabel('自哪天起').fill('2026-03-16')
  await page.getByLabel('至哪天').fill('2026-03-20')
  await page.getByLabel('企业怎么说的').fill('盘点期间不必来，有事我打电话')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('免打扰 2026-03-16 至 2026-03-20').waitFor()
  await sound(page, '/w/contacts/:id at the desk')
  await page.getByRole('button', { name: '18 日，计划接触' }).click()
  await page.getByLabel('来意').fill('走访')
  await page.getByText(/企业已说明 2026-03-16 至 2026-03-20 免打扰/).waitFor()
  assert.equal(await page.getByRole('button', { name: '保存计划' }).isDisabled(), true)
  await page.getByLabel('方式').selectOption('inspection')
  await page.getByLabel('法定检查').check()
  await page.getByLabel('法律依据').fill('消防法第五十三条')
  await sound(page, 'the form of a statutory check')
  await page.getByRole('button', { name: '保存计划' }).click()
  await page.getByText('（依据：消防法第五十三条）').waitFor()
  await page.goto(`${base}/w/liaison/${mill}`)
  await page.getByRole('link', { name: '接触日历' }).first().waitFor()
  await page.goto(`${base}/w/contacts`)
  await page.getByText(/上限：每户每月 3 次/).click()
  await page.getByRole('button', { name: '发布新一版' }).click()
  await page.getByLabel('每户每月接触（次）').fill('1')
  await page.getByLabel('依据').fill('区减负规定')
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('link', { name: /超过预算/ }).click()
  await page.getByRole('cell', { name: '2/1 ■ 超预算' }).waitFor()
  await sound(page, '/w/contacts?show=over')
})

test('above the cap the asker gives a reason, and a leader agrees on the phone', { skip }, async () => {
  const asker = await signIn('head', 1440)
  await asker.goto(`${base}/w/asks`)
  await asker.getByRole('button', { name: '向基层提要求' }).click()
  await asker.getByLabel('事项').fill('用水户统计表')
  await asker.getByLabel('发给').fill('南塔')
  await asker.getByRole('option', { name: '南塔街道办事处' }).click()
  await asker.getByText('加上这项都在上限之内').waitFor()
  await asker.getByLabel('每个单位要填的字段数').fill('80')
  await asker.getByText('■ 超上限').waitFor()
  assert.equal(await asker.getByRole('button', { name: '报请同意' }).isDisabled(), true)
  await asker.getByLabel('为何非发不可').fill('市局当天要')
  await sound(asker, 'the form of an ask')
  await asker.getByRole('button', { name: '报请同意' }).click()
  await asker.getByText('待同意 1').waitFor()
  const leader = await signIn('leader', 390)
  await leader.goto(`${base}/w/asks`)
  await leader.getByText('超上限的理由：市局当天要').waitFor()
  await sound(leader, '/w/asks')
  await leader.getByRole('button', { name: '同意发出' }).click()
  await leader.getByText('1 项、80 个字段：报表 1').waitFor()
  await leader.getByRole('link', { name: '南塔街道办事处' }).click()
  await leader.getByRole('cell', { name: '区水务局' }).waitFor()
  await sound(leader, '/w/asks?unit=')
})
