import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of duties, as a leader holds them in the hand. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const { items } = await must('supervisor', 'GET', '/api/v1/people')
  const leader = items.find((one: { name: string }) => one.name === '区长').id
  for (const name of ['河畔机械公司', '远山食品公司']) {
    const { id } = await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name })
    if (name === '远山食品公司') continue
    const bond = { targetId: id, personId: leader, from: '2026-03-04', reason: '领导包保' }
    await must('supervisor', 'POST', '/api/v1/liaisons', bond)
  }
  await must('supervisor', 'POST', '/api/v1/cadence-rules', {
    ...{ code: 'weekly', title: '每周走访', debtor: { kind: 'liaison' }, towardKind: 'enterprise', min: 1 },
    ...{ per: 'week', counts: ['onSite'], basis: '方案', validFrom: '2026-03-02' },
  })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('a leader records the visit that is owed with one tap, a sentence and a problem', { skip }, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/duties`)
  await page.getByText('还差 1 次').waitFor()
  await sound(page, '/w/duties')
  await page.getByRole('listitem').getByRole('button', { name: '记走访' }).click()
  await page.getByLabel('情况').fill('与企业负责人看收尾。')
  await page.getByRole('button', { name: '反映了问题' }).click()
  await page.getByLabel('问题 1', { exact: true }).fill('门前道路积水，货车进不来。')
  await sound(page, 'the form of a visit')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('现在没有欠着的走访。').waitFor()
  await page.getByRole('link', { name: /已完成/ }).click()
  await page.getByRole('link', { name: '河畔机械公司' }).click()
  await page.getByText('第 1 次 · 2026-03-04 · 实地走访').waitFor()
  await page.getByRole('link', { name: /门前道路积水/ }).waitFor()
  await sound(page, '/w/liaison/:id')
})

test('the supervisor sees who is bound to what, and binds whoever is missing', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/liaison`)
  await page.getByRole('cell', { name: '区长' }).waitFor()
  await sound(page, '/w/liaison')
  await page.getByRole('link', { name: /无人主包保/ }).click()
  await page.getByRole('link', { name: '远山食品公司' }).click()
  await page.getByRole('button', { name: '确定包保人' }).click()
  await page.getByLabel('包保人', { exact: true }).fill('街道')
  await page.getByRole('option', { name: /街道主任/ }).click()
  await page.getByLabel('依据').fill('新增包保')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: '街道主任' }).waitFor()
  await page.goto(`${base}/w/liaison?gap=yes`)
  await page.getByText('没有这样的对象。').waitFor()
})

test('my duties hold the check-ins of the battle map and what is due there soon, and lead to where they are done', {
  skip,
}, async () => {
  const { items } = await must('supervisor', 'GET', '/api/v1/people')
  const leader = items.find((one: { name: string }) => one.name === '区长')
  const plan = (await must('supervisor', 'POST', '/api/v1/plans', { year: 2026, title: '全年作战图' }))['id']
  const [field] = (await must('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name: '民生保障' }))['fields']
  for (const [title, dueOn] of [
    ['背街小巷改造', '2026-03-13'],
    ['泵站改造', '2026-11-30'],
  ] as const)
    await must('supervisor', 'POST', `/api/v1/plan-fields/${field.id}/targets`, {
      ...{ title, unitId: leader.unitId, personId: leader.id, duty: '牵头', checkUnitId: await w.unit('supervision') },
      ...{ cadence: 'weekly', definition: { kind: 'count', value: 2, unit: '条', startOn: '2026-03-02', dueOn } },
    })
  await must('supervisor', 'POST', `/api/v1/plans/${plan}/actions/publish`)
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/duties`)
  const checks = page.getByRole('region', { name: '定期点检' })
  await checks.getByText('背街小巷改造').waitFor()
  assert.equal(await checks.getByRole('listitem').count(), 2)
  const soon = page.getByRole('region', { name: '10 个工作日内到期的目标和任务' })
  await soon.getByText('背街小巷改造').waitFor()
  assert.equal(await soon.getByText('泵站改造').count(), 0, 'what is due in autumn waits')
  await sound(page, '/w/duties with check-ins')
  await checks.getByRole('link', { name: /去点检：.*背街小巷改造/ }).click()
  await page.getByRole('region', { name: '点检', exact: true }).waitFor()
  await page.getByRole('heading', { name: '背街小巷改造' }).waitFor()
})

test('the visits page tells what was advanced or solved, and opens its problems', { skip }, async () => {
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/visits?from=2026-03-01&to=2026-03-04`)
  await page.getByRole('link', { name: /收集问题/ }).click()
  await page.getByRole('row', { name: /门前道路积水/ }).waitFor()
  await sound(page, 'the problems of visits')
  await page.getByRole('link', { name: /推进解决/ }).click()
  await page.getByText('这段时间没有这样的问题。').waitFor()
  await page.getByRole('link', { name: /^只看.*项目$/ }).click()
  await page.getByRole('link', { name: /项目（取消）$/ }).waitFor()
  await sound(page, 'the problems of projects')
})
