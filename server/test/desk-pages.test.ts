import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { barriers, isTooWide, openBrowser, signedIn } from './browser.ts'
import { type World, world } from './world.ts'

/** The pages beside the cases, as the leader and the administrator use them. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const cases = { kept: '', late: '', open: '' }

before(async () => {
  w = await world()
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const [kept, late] = [await inHand(), await inHand()]
  await answer(kept)
  w.setNow('2026-03-12T09:30:00+08:00')
  await answer(late)
  const open = await inHand()
  const numberOf = async (id: string) => (await w.call('leader', 'GET', `/api/v1/cases/${id}`)).body.case.number
  Object.assign(cases, { kept: await numberOf(kept), late: await numberOf(late), open: await numberOf(open) })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

async function inHand(): Promise<string> {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  return id
}
async function answer(id: string): Promise<void> {
  const quantities = [{ kind: 'length', value: '120', unit: 'm', qualifier: 'about' }]
  await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved', quantities })
  await w.act('head', id, 'approveAnswer')
}

const signIn = (account: string, width: number, dark = false) => signedIn(browser, base, account, { width, dark })
/** The number as it is read aloud. */
const spaced = (number: string) => number.replace(/^(..)(\d{8})(\d{6})(\d)$/, '$1 $2 $3 $4')

test('the leader goes from a unit’s on-time rate to its cases, sees which one was late, and opens it', {
  skip,
}, async () => {
  const page = await signIn('leader', 1440)
  await page.getByRole('link', { name: '统计' }).click()
  await page.goto(`${base}/w/figures?month=2026-03`)
  await page.getByRole('link', { name: '区水务局，按时办结率 50.0%，看是哪些事项' }).click()
  const dialog = page.getByRole('dialog', { name: '区水务局 · 按时办结率 50.0%' })
  await dialog.getByRole('table').waitFor()
  const rowOf = (number: string) => dialog.getByRole('row').filter({ hasText: spaced(number) })
  assert.match((await rowOf(cases.kept).textContent()) ?? '', /✓ 计入/)
  assert.match((await rowOf(cases.late).textContent()) ?? '', /✕ 未计入/)
  assert.equal(await rowOf(cases.open).count(), 0, 'what is still in time is not counted')
  assert.deepEqual(await barriers(page), [])
  await rowOf(cases.late).getByRole('link').click()
  await page.waitForURL(`**/w/c/${cases.late}`)
  await page.goBack()
  await dialog.getByRole('button', { name: '关闭' }).click()
  await dialog.waitFor({ state: 'detached' })
  // Nothing to divide by is a dash, and a formula is told where the column is focused.
  assert.match(
    (await page
      .getByRole('row', { name: /^区水务局/ })
      .first()
      .textContent()) ?? '',
    /—/,
  )
  await page.getByRole('button', { name: '退单率' }).focus()
  await page.getByText('承办单位申请过退单的事项 ÷ 全部').first().waitFor()
  await page
    .getByRole('link', { name: '约 240 米' })
    .or(page.getByRole('link', { name: '约240米' }))
    .first()
    .waitFor()
})

test('a leader freezes a month that is over and is told what that means; a handler has no such page', {
  skip,
}, async () => {
  const page = await signIn('leader', 390)
  await page.goto(`${base}/w/figures?month=2026-02`)
  await page.getByRole('button', { name: '封存' }).click()
  assert.match((await page.getByRole('group', { name: '请确认' }).textContent()) ?? '', /封存后不能撤销/)
  await page.getByRole('button', { name: '确认封存' }).click()
  await page.getByText('由区长封存。').waitFor()
  await page.getByText('封存以后没有变化。').waitFor()
  const other = await signIn('handler', 1440)
  await other.goto(`${base}/w/admin/rules`)
  await other.getByText('您的岗位不使用这个页面。').waitFor()
  assert.equal(await other.getByRole('link', { name: '统计' }).count(), 0)
})

test('the administrator tries a holiday notice, sees whose dates move, and is told how many people hear of it before it is done', {
  skip,
}, async () => {
  const page = await signIn('admin', 1440)
  const due = async () =>
    (await w.call('leader', 'GET', `/api/v1/cases/${cases.open}/clocks`)).body.items.find(
      ({ kind }: { kind: string }) => kind === 'handle',
    ).dueAt
  const told = await due()
  await page.goto(`${base}/w/admin/calendar?year=2026`)
  await page.getByLabel('放假日').fill('3月16日至3月17日 临时放假')
  await page.getByLabel('依据').fill('假设的通知')
  assert.equal(await page.locator('.month .is-off').count(), 2, 'the year shows the days as they are typed')
  await page.getByRole('button', { name: '试算' }).click()
  const row = page
    .getByRole('row')
    .filter({ hasText: spaced(cases.open) })
    .filter({ hasText: '办理' })
    .first()
  assert.match((await row.textContent()) ?? '', /3月19日.*3月23日.*会后移/)
  assert.equal(await due(), told, 'a trial moves nothing')
  await page.getByRole('button', { name: '执行', exact: true }).click()
  assert.match((await page.getByRole('group', { name: '请确认' }).textContent()) ?? '', /其中 1 位诉求人/)
  await page.getByRole('button', { name: '确认执行' }).click()
  await page.getByRole('heading', { name: /已变动的期限/ }).waitFor()
  await page.waitForLoadState('networkidle')
  assert.ok(await page.getByRole('heading', { name: /已变动的期限/ }).isVisible(), 'what was done stays to be read')
  assert.match(await due(), /^2026-03-23/)
})

/** Chooses the one option that is found by a word. */
async function choose(page: Page, label: string, word: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(word)
  await page
    .getByRole('option', { name: new RegExp(word) })
    .first()
    .click()
}

test('a head tries a handover: the sheet shows what the person owes before anything moves', { skip }, async () => {
  const page = await signIn('head', 1440)
  await page.getByRole('link', { name: '人员移交' }).click()
  await choose(page, '移交人', '水务经办')
  await choose(page, '接收人', '水务局长')
  await page.getByLabel('移交日期').fill('2026-03-12')
  await page.getByLabel('事由').fill('岗位调整')
  await page.getByRole('button', { name: '试算' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: spaced(cases.open) })
    .waitFor()
  await page.getByRole('button', { name: '移交', exact: true }).click()
  assert.match(
    (await page.getByRole('group', { name: '请确认' }).textContent()) ?? '',
    /水务经办的 \d 件在办事项.*移交水务局长/,
  )
  await page.getByRole('button', { name: '确认移交' }).click()
  await page.getByText('水务经办已移交水务局长').waitFor()
  const { handler } = (await w.call('leader', 'GET', `/api/v1/cases/${cases.open}`)).body.case
  assert.equal(handler.name, '水务局长')
})

test('a new version of the rules changes one limit and carries over all others', { skip }, async () => {
  const page = await signIn('admin', 1440)
  await page.getByRole('link', { name: '办理规则' }).click()
  await page.getByLabel('版本号').fill('2027-01')
  await page.getByLabel('生效日期').fill('2027-01-01')
  await page.getByLabel('依据').fill('假设的文件')
  await page.getByRole('button', { name: '增加一项改动' }).click()
  await page.getByLabel('改动 1：数量').fill('4')
  await page.getByRole('button', { name: '发布' }).click()
  await page.getByText(/办理（一般）4 个工作日。在办事项不变/).waitFor()
  await page.getByRole('button', { name: '确认发布' }).click()
  await page.waitForURL('**/w/admin/rules?version=2027-01')
  const { items } = (await w.call('admin', 'GET', '/api/v1/rule-sets')).body
  const [before, now] = ['2026-02', '2027-01'].map((version) =>
    items.find((set: { version: string }) => set.version === version),
  )
  const { cluster: _, ...kept } = before.rules
  assert.deepEqual(now.rules, {
    ...kept,
    limits: { ...kept.limits, handle: { ...kept.limits.handle, any: { amount: 4, unit: 'workingDay' } } },
  })
})

test('a reorganisation shows whose cases, rows and people go where before it is done', { skip }, async () => {
  const page = await signIn('admin', 1440)
  await page.getByRole('link', { name: '机构改革' }).click()
  await choose(page, '撤销的单位', '区水务局')
  await page.getByLabel('生效日期').fill('2026-03-12')
  await page.getByLabel('依据').fill('改革方案')
  await page.getByRole('radio', { name: '新设单位' }).check({ force: true })
  await page.getByLabel('新单位名称').fill('区水利局')
  await page.getByLabel('新单位代码').fill('hydro')
  await page.getByRole('button', { name: '试算' }).click()
  const sheet = page.getByRole('region', { name: '区水务局', exact: true })
  await sheet
    .getByRole('row')
    .filter({ hasText: spaced(cases.open) })
    .filter({ hasText: '区水利局' })
    .waitFor()
  await sheet.getByRole('row').filter({ hasText: 'F001' }).waitFor()
  await sheet.getByRole('row').filter({ hasText: '水务局长' }).waitFor()
  await page.getByRole('button', { name: '执行', exact: true }).click()
  await page.getByRole('button', { name: '暂不执行' }).click()
  const units = (await w.call('admin', 'GET', '/api/v1/units')).body.items
  assert.ok(
    units.every(({ code }: { code: string }) => code !== 'hydro'),
    'a trial sets up no unit',
  )
})

const PAGES = [
  ['leader', '/w/figures?month=2026-03', '指标表'],
  ['leader', '/w/figures?from=2026-03-01&to=2026-03-31&by=category', '指标表'],
  ['admin', '/w/admin/calendar?year=2026', '2026年全年'],
  ['admin', '/w/admin/reorganise', '承接单位 1'],
  ['admin', '/w/admin/rules', '发布新版本'],
  ['head', '/w/handover', '无人承办'],
] as const

test('no page shuts anybody out or runs off the screen, on a phone or a desk, by day or by night', {
  skip,
}, async () => {
  for (const [width, dark] of [
    [390, false],
    [1440, true],
  ] as const)
    for (const account of new Set(PAGES.map(([of]) => of))) {
      const page = await signIn(account, width, dark)
      for (const [, path, landmark] of PAGES.filter(([of]) => of === account)) {
        await page.goto(base + path)
        await page
          .getByLabel(landmark)
          .or(page.getByRole('group', { name: landmark }))
          .first()
          .waitFor()
        await page.waitForLoadState('networkidle')
        assert.deepEqual(await barriers(page), [], `${path} at ${width}`)
        assert.equal(await isTooWide(page), false, `${path} at ${width}`)
      }
      await page.context().close()
    }
})
