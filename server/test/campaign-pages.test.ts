import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of campaigns: the owner's view of who is missing, and the visit that closes the gap. */
let w: World
let base = ''
let id = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const { items } = await must('supervisor', 'GET', '/api/v1/people')
  const personOf = (name: string) => items.find((one: { name: string }) => one.name === name).id
  const targets = ['河畔机械公司', '远山食品公司', '石桥纺织公司'].map((name) => ({ kind: 'enterprise', name }))
  const bulk = await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets })
  const [mill, foods] = bulk['items']
  const bond = { targetId: foods.id, personId: personOf('区长'), from: '2026-03-02', reason: '领导包保' }
  await must('supervisor', 'POST', '/api/v1/liaisons', bond)
  const owner = { ownerUnitId: await w.unit('water'), ownerId: personOf('水务局长') }
  const campaign = {
    ...{ title: '“万人进万企”活动', tag: '万人进万企', banner: '有求必应，无事不扰', ...owner },
    ...{ checkUnitId: await w.unit('supervision'), from: '2026-03-02', to: '2026-05-31' },
    scope: { by: 'kind', kinds: ['enterprise'] },
  }
  id = (await must('supervisor', 'POST', '/api/v1/campaigns', campaign))['id']
  await must('leader', 'POST', '/api/v1/visits', {
    ...{ clientId: randomUUID(), targetId: mill.id, kind: 'onSite', on: '2026-03-03', tags: ['万人进万企'] },
    ...{ officials: [personOf('区长')], problems: [{ content: '门前道路积水，货车进不来。' }] },
  })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('a leader sees who is missing, goes there, and the bar moves by itself', { skip }, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/campaigns`)
  await page.getByText('已对接 1/3 33%').waitFor()
  await sound(page, '/w/campaigns')
  await page.getByRole('link', { name: '“万人进万企”活动' }).click()
  await page.getByRole('heading', { name: /尚未对接/ }).waitFor()
  await page.getByRole('row', { name: /远山食品公司.*区长/ }).waitFor()
  await page.getByRole('row', { name: /门前道路积水/ }).waitFor()
  await sound(page, '/w/campaigns/:id')
  await page.getByRole('link', { name: '远山食品公司' }).click()
  await page.getByRole('button', { name: '记走访' }).click()
  const tick = page.getByLabel('“万人进万企”活动')
  await tick.waitFor()
  assert.equal(await tick.isChecked(), true, 'the campaign whose scope fits is ticked already')
  await page.getByLabel('情况').fill('看生产线，无问题。')
  await sound(page, 'the form of a visit with campaigns')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('第 1 次 · 2026-03-04').waitFor()
  await page.goto(`${base}/w/campaigns/${id}`)
  await page.getByText('已对接 2/3 66%').waitFor()
  await page.goto(`${base}/w/campaigns/${id}?show=visits`)
  await page.getByRole('row', { name: /看生产线/ }).waitFor()
  await sound(page, 'the visits of a campaign')
})

test('the supervisor starts a campaign and publishes a result whose figures nobody typed', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/campaigns/${id}`)
  await page.getByRole('button', { name: '发布阶段性成果' }).click()
  await page.getByLabel('做法和成效').fill('区领导带头走访，问题当场交办。')
  await sound(page, 'the form of a result')
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page
    .getByText(/截至 2026-03-04，应对接 3 个，已对接 2 个；走访 2 次、2 人次；收集问题 1 条/)
    .last()
    .waitFor()
  await sound(page, '/w/campaigns/:id at 1440')
  await page.goto(`${base}/w/campaigns`)
  await page.getByRole('button', { name: '发起活动' }).click()
  await page.getByLabel('名称').fill('“人人都是软环境”活动')
  assert.equal(await page.getByLabel('标签', { exact: true }).inputValue(), '人人都是软环境')
  for (const [label, words, option] of [
    ['牵头单位', '供热', /区供热办/],
    ['负责人', '主任', /供热主任/],
    ['由谁检查', '督查', /督查室/],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(words)
    await page.getByRole('option', { name: option }).click()
  }
  await page.getByLabel('范围', { exact: true }).selectOption('list')
  await sound(page, 'the form of a campaign')
  await page.getByRole('button', { name: '发起', exact: true }).click()
  await page.getByText('范围内还没有对象').waitFor()
  await page.getByRole('button', { name: '补充名单' }).click()
  await page.getByLabel('对象', { exact: true }).fill('石桥')
  await page.getByRole('option', { name: /石桥纺织公司/ }).click()
  await page.getByRole('button', { name: '补充', exact: true }).click()
  await page.getByText('已对接 0/1 0%').waitFor()
  await sound(page, 'a campaign with a list')
})

test('a forgotten tag is added to a visit, and the case page counts the case for a campaign and takes it out', {
  skip,
}, async () => {
  const { items } = await must('supervisor', 'GET', '/api/v1/visits')
  const visited = items.find((one: { tags: string[] }) => one.tags.includes('万人进万企')).target.id
  const owner = { ownerUnitId: await w.unit('water'), checkUnitId: await w.unit('supervision') }
  const people = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const ownerId = people.find((one: { name: string }) => one.name === '水务局长').id
  const more = { from: '2026-03-01', to: '2026-05-31', scope: { by: 'kind', kinds: ['enterprise'] } }
  await must('supervisor', 'POST', '/api/v1/campaigns', {
    title: '排水整治',
    tag: '排水整治',
    ...owner,
    ownerId,
    ...more,
  })
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/liaison/${visited}`)
  await page
    .getByRole('button', { name: /^补记活动/ })
    .first()
    .click()
  await page.getByLabel('排水整治').check()
  await sound(page, 'the form of a forgotten tag')
  await page.getByRole('button', { name: '补记', exact: true }).click()
  await page.getByText('已补记，走访和反映的问题都记入活动').waitFor()

  const { number } = await w.file('排水口堵塞，雨后积水。')
  await page.goto(`${base}/w/c/${number}`)
  const box = page.getByRole('region', { name: '所属活动' })
  await box.getByRole('button', { name: '记入活动' }).click()
  await box.getByLabel('活动', { exact: true }).selectOption({ label: '排水整治' })
  await sound(page, 'the form of a campaign on the case page')
  await box.getByRole('button', { name: '记入', exact: true }).click()
  await box.getByRole('link', { name: '排水整治' }).waitFor()
  await box.getByRole('button', { name: '移出“排水整治”' }).click()
  await box.getByLabel('原因').fill('误记')
  await box.getByRole('button', { name: '移出', exact: true }).click()
  await box.getByText('还没有记入活动。').waitFor()
  await sound(page, '/w/c/:number with campaigns')
})

test('a meeting is ticked for the campaigns of its day, and the campaign opens it', { skip }, async () => {
  const page = await signIn('dispatcher', 1440)
  await page.goto(`${base}/w/meetings`)
  await page.getByRole('button', { name: '登记会议' }).click()
  await page.getByLabel('会议名称').fill('企业排水调度会')
  await page.getByLabel('地点').fill('三楼会议室')
  await page.getByLabel('主持人', { exact: true }).fill('区长')
  await page.getByRole('option', { name: '区长' }).first().click()
  await page.getByLabel('“万人进万企”活动').check()
  await sound(page, 'the form of a meeting with campaigns')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('link', { name: '万人进万企' }).waitFor()
  await page.goto(`${base}/w/campaigns/${id}`)
  await page.getByRole('link', { name: /会议\s*1/ }).click()
  await page.getByRole('link', { name: '企业排水调度会' }).waitFor()
  await sound(page, 'the meetings of a campaign')
})
