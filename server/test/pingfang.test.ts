import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { House } from '../../demo/house.ts'
import { checkFigures, type Figure } from '../../demo/pingfang/figures.ts'
import { planOf } from '../../demo/pingfang/opinions.ts'
import { replay } from '../../demo/pingfang/replay.ts'
import type { Stage } from '../../demo/pingfang/stage.ts'
import { readStory, refuseImpossible, type Story, totalOf } from '../../demo/pingfang/story.ts'
import { apportion } from '../../demo/replay/apportion.ts'
import { openBrowser } from './browser.ts'
import { houseOn, PASSWORD, QUIETLY } from './replayed.ts'

/** The drive of the article, replayed with other numbers: the same code, and the pages follow the file. */
const whole = readStory(join(import.meta.dirname, '../../demo/pingfang'))
const COUNTS: Readonly<Record<string, number>> = {
  'ch-leader': 3,
  'ch-portal': 12,
  'ch-app': 5,
  'ch-media': 2,
  'ch-staff': 2,
}
const KEPT = ['heat', 'parking', 'permit', 'window']

/** Passwords are made slowly on purpose; who has nothing to do here needs none. */
const isNeeded = ({ unitId, roles }: Story['district']['people'][number]) =>
  !roles.some((role) => role === 'handler' || role === 'head') ||
  [...whole.drive.problems.filter(({ id }) => KEPT.includes(id)), ...whole.drive.superior.items].some(
    ({ unit }) => unit === unitId,
  )

const small: Story = {
  ...whole,
  district: { ...whole.district, people: whole.district.people.filter(isNeeded) },
  drive: {
    ...whole.drive,
    to: '2018-03-30',
    channels: whole.drive.channels.map((channel) => ({ ...channel, count: COUNTS[channel.id] ?? 0 })),
    sessions: whole.drive.sessions.slice(0, 2),
    questionnaire: {
      ...whole.drive.questionnaire,
      issues: whole.drive.questionnaire.issues.map((issue, i) => ({ ...issue, quantity: [7, 5][i] ?? 1 })),
      ...{ returned: 9, valid: 7, opinions: 6, returnedOn: [4, 5] },
    },
    problems: whole.drive.problems.filter(({ id }) => KEPT.includes(id)),
    superior: {
      ...whole.drive.superior,
      items: whole.drive.superior.items.filter(({ id }) =>
        whole.drive.problems.some((problem) => KEPT.includes(problem.id) && problem.answersTo === id),
      ),
    },
  },
}

let house: House
let stage: Stage
let figures: Figure[]
const browser = await openBrowser()
before(async () => {
  house = await houseOn('2018-03-26')
  stage = await replay(house, small, QUIETLY)
  figures = await checkFigures(house.app, stage)
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
})

const drive = () => stage.ask('supervisor', 'drive', { params: { id: stage.ids.drive } })
const page = async (url: string) =>
  (await house.app.http.inject({ method: 'GET', url, headers: { host: 'localhost' } })).body

test('other numbers in the file: 3 at windows, 17 online, 6 from sheets and 4 from others are 30, merged into 4 problems, all answered', async () => {
  const { figures: shown, status } = await drive()
  assert.deepEqual(
    shown.groups.map(({ group, count }) => [group, count]),
    [
      ['window', 3],
      ['online', 17],
      ['questionnaire', 6],
      ['other', 4],
    ],
  )
  assert.deepEqual(shown.sheets, { issued: 12, returned: 9, valid: 7, void: 2, opinions: 6 })
  assert.partialDeepStrictEqual(shown, { total: 30, merged: 30, unmerged: 0, answered: 30, unanswered: 0 })
  assert.equal(shown.problems.length, 4)
  assert.equal(shown.aspects.length, 4)
  assert.equal(status, 'closed')
})

test('every figure is the same by the file, at the desk, on the public page, and in the rows behind it', () => {
  assert.ok(figures.length > 30, `only ${figures.length} figures were looked at`)
  assert.deepEqual(
    figures.filter(({ agrees }) => !agrees),
    [],
  )
})

test('a figure that is not what the file says is told', async () => {
  const louder = small.drive.channels.map((channel) => ({
    ...channel,
    count: channel.count + (channel.count > 0 ? 1 : 0),
  }))
  const wrong = await checkFigures(house.app, {
    ...stage,
    story: { ...small, drive: { ...small.drive, channels: louder } },
  })
  const names = wrong.filter(({ agrees }) => !agrees).map(({ name }) => name)
  for (const name of ['窗口当面', '网上', '其他来源', '意见合计', '有自己答复的意见'])
    assert.ok(names.includes(name), name)
  assert.ok(!names.includes('问卷提取'))
})

test('what the article leaves open is said: its rest beside ours, and that the split is our own', async () => {
  assert.deepEqual((await drive()).unstated, {
    ...{ source: small.drive.article[0]?.source, total: 2044, rest: 365, counted: 10 },
    given: [
      { line: 'window', value: 27 },
      { line: 'online', value: 1652 },
    ],
    parts: [
      { line: 'questionnaire', count: 6 },
      { line: 'other', count: 4 },
    ],
  })
  const shown = await page(`/open/drives/${stage.ids.drive}`)
  assert.match(shown, /2,044 − 27 − 1,652 = <b>365<\/b>/)
  assert.match(shown, /问卷提取 6 \+ 其他来源 4 = <b>10<\/b>，与上面相差 355/)
  assert.match(shown, /发放张数不计入意见合计/)
})

test('every number on the public page leads to as many rows, and none of them tells what was said', async () => {
  const shown = await page(`/open/drives/${stage.ids.drive}`)
  const links = [...shown.matchAll(/href="(\/open\/drives\/[^"]+\/rows\?[^"]*)">([\d,]+)</g)]
  assert.ok(links.length > 20, `${links.length} links`)
  const said = stage.plan.opinions.map(({ content }) => content.slice(0, 12))
  for (const [, address = '', number = ''] of links) {
    const rows = await page(address.replaceAll('&amp;', '&'))
    assert.equal(/data-total="(\d+)"/.exec(rows)?.[1], number.replaceAll(',', ''), decodeURIComponent(address))
    for (const words of said) assert.ok(!rows.includes(words), words)
  }
  const days = [...shown.matchAll(/href="(\/open\/drives\/[^"]+\/rows\?day=[^"]+)" aria-label="[^：]+：(\d+) 条"/g)]
  assert.equal(
    days.reduce((sum, [, , count]) => sum + Number(count), 0),
    30,
  )
})

test('the goal is reached once every item of the superior’s list and of our own is accepted', async () => {
  const [goal] = (await stage.ask('leader', 'goals')).items
  assert.partialDeepStrictEqual(goal, { title: '两个解决', items: 8, accepted: 8, reached: true })
  assert.equal(goal?.reachedAt?.slice(0, 10), '2018-07-21', 'the day after the last of our own was due')
})

test('at the desk every number of the drive’s page leads to a ledger with as many rows', {
  skip: typeof browser === 'string' ? browser : false,
}, async () => {
  assert.ok(typeof browser !== 'string')
  const base = await house.app.http.listen({ port: 0, host: '127.0.0.1' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  const desk = await context.newPage()
  await desk.goto(`${base}/w/drives/${stage.ids.drive}`)
  await desk.getByLabel('账号').fill('supervisor')
  await desk.getByLabel('口令').fill(PASSWORD)
  await desk.getByRole('button', { name: '登录' }).click()
  await desk.getByRole('heading', { name: small.drive.title }).waitFor()
  await desk.getByText('并成的问题').or(desk.getByText('归并成的问题')).first().waitFor()
  const links = await desk
    .locator('main a[href^="/w/c?"]')
    .evaluateAll((all) => all.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? ''] as const))
  const numbers = links.filter(([, text]) => /^[\d,]+$/.test(text))
  assert.ok(numbers.length > 20, `${numbers.length} numbers lead somewhere`)
  for (const [href, text] of numbers) {
    const query = Object.fromEntries(new URLSearchParams(href.split('?')[1]))
    const { total } = await stage.ask('supervisor', 'ledger', { query: { ...query, limit: 1 } })
    assert.equal(total.value, Number(text.replaceAll(',', '')), decodeURIComponent(href))
  }
  await context.close()
})

test('numbers that cannot be true at once are refused with a sentence about each', () => {
  const refused = (change: object) => () => refuseImpossible({ ...small, drive: { ...small.drive, ...change } })
  const sheets = { ...small.drive.questionnaire, returned: 13, valid: 14, opinions: 43 }
  assert.throws(
    refused({ questionnaire: sheets }),
    /收回 13 张，比发放的 12 张还多；有效 14 张，比收回的 13 张还多；14 张有效问卷写不下 43 条意见/,
  )
  assert.throws(
    refused({ channels: [], questionnaire: { ...sheets, returned: 0, valid: 0, opinions: 0 } }),
    /意见 0 条，比问题 4 个还少/,
  )
  assert.throws(refused({ sessions: [] }), /坐窗口有意见，却没有一场坐窗口/)
  assert.doesNotThrow(refused({}))
})

test('the whole file: 27 + 1,652 + 365 = 2,044 opinions, no two in the same words, each of the 29 problems spoken of', () => {
  const plan = planOf(whole)
  const said = [...plan.opinions, ...plan.sheets.flatMap((sheet) => sheet.said)]
  assert.equal(said.length, 2044)
  assert.equal(totalOf(whole.drive), 2044)
  assert.equal(new Set(said.map(({ content }) => content)).size, 2044)
  assert.equal(new Set(said.map(({ problem }) => problem)).size, 29)
  assert.deepEqual(planOf(whole), plan, 'the same file makes the same opinions')
})

test('parts by weight add up to the whole, whatever the weights', () => {
  for (const [count, weights] of [
    [365, [9, 6, 1]],
    [1, [1, 1, 1]],
    [0, [3, 2]],
    [2044, [0, 0.1, 7, 13]],
  ] as const)
    assert.equal(
      apportion(count, weights).reduce((sum, part) => sum + part, 0),
      count,
    )
  assert.deepEqual(apportion(10, [1, 1, 2]), [3, 2, 5])
})
