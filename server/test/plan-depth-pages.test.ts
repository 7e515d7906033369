import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** The battle map on the desk to its end: tables, delays on trial, orders, changes, problems, money, photos, paper. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

let plan = ''
const ids: Record<string, string> = {}
let target = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const [unitId, checkUnitId, heating] = [await w.unit('water'), await w.unit('supervision'), await w.unit('heating')]
  const people: Row[] = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const person = (name: string) => people.find((one) => one['name'] === name)!['id']
  const four = { unitId, personId: person('水务经办'), duty: '组织施工', checkUnitId, cadence: 'weekly' }
  plan = (await must('supervisor', 'POST', '/api/v1/plans', { year: 2026, title: '民生作战图' }))['id']
  const [field] = (await must('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name: '民生保障' }))['fields']
  const definition = { kind: 'count', value: 2000, unit: '平方米', startOn: '2026-03-02', dueOn: '2026-06-30' }
  const budget = { fen: 2_800_000_000, qualifier: 'over' }
  const body = { title: '少儿图书馆', definition: { ...definition, budget }, ...four }
  target = (await must('supervisor', 'POST', `/api/v1/plan-fields/${field.id}/targets`, body))['id']
  const put = async (name: string, more: object) => {
    const tree = await must('supervisor', 'POST', `/api/v1/targets/${target}/tasks`, { title: name, ...four, ...more })
    ids[name] = tree['fields'][0].targets[0].tasks.find((one: Row) => one['title'] === name).id
  }
  await put('设计', { days: 10, dueOn: '2026-04-30', milestones: [{ title: '出图', dueOn: '2026-04-15' }] })
  const works = { days: 30, dueOn: '2026-05-29', quantity: 2000, unit: '平方米', redLine: true }
  await put('施工', { ...works, after: [ids['设计']], budget: { fen: 2_000_000_000, source: '区级财政' } })
  const other = { unitId: heating, personId: person('供热经办') }
  await put('供热接入', { ...other, days: 5, dueOn: '2026-06-15', quantity: 1, unit: '处', after: [ids['施工']] })
  await must('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`)
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})

const signIn = (account: string, width: number) => signedIn(browser, base, account, { width })

test('a delay is rehearsed on the map before anything is changed', { skip }, async () => {
  for (const width of [1440, 390]) {
    const page = await signIn('head', width)
    await page.goto(`${base}/w/plan?plan=${plan}`)
    await page.getByText('未知悉', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: '后延预演' }).first().click()
    await page.getByLabel('工作日').fill('40')
    await page.getByText('1 条时间红线被突破').waitFor()
    await page.getByText('传递路径：设计 → 施工 → 供热接入').waitFor()
    await sound(page, `slip-${width}`)
    await page.getByLabel('怎样后延').selectOption('beginOn')
    await page.getByLabel('开工').fill('2026-03-04')
    await page.getByText('后延 2 个工作日在机动时间').waitFor()
    await page.context().close()
  }
})

test('the addressee opens a task and has thereby seen it; the duty tree shows who has not', { skip }, async () => {
  const page = await signIn('handler', 390)
  // Whoever has nothing more urgent lands where the orders wait.
  await page.getByRole('heading', { name: '待我知悉的任务' }).waitFor()
  await page.getByRole('link', { name: '设计' }).click()
  await page.getByText(/交办给水务经办，.* 知悉。/).waitFor()
  await sound(page, 'task-390')
  await page.context().close()
  for (const width of [1440, 390]) {
    const leader = await signIn('leader', width)
    await leader.goto(`${base}/w/plan/orders`)
    await leader.getByText('未知悉，已等 0 个工作日').first().waitFor()
    await leader.getByRole('heading', { name: '责任树' }).waitFor()
    await sound(leader, `duty-${width}`)
    await leader.context().close()
  }
})

test('the head proposes a change of a task, the leader finds it in a queue and approves', { skip }, async () => {
  const head = await signIn('head', 1440)
  await head.goto(`${base}/w/plan/tasks/${ids['施工']}`)
  await head.getByRole('button', { name: '报批变更' }).click()
  await head.getByLabel('工期').fill('34')
  await head.getByLabel('为什么变更').fill('汛期停工')
  await head.getByRole('button', { name: '报批', exact: true }).click()
  await head.getByText('工期 30 → 34').waitFor()
  await sound(head, 'task-changes-1440')
  await head.context().close()

  const wide = await signIn('leader', 1440)
  await wide.getByRole('heading', { name: '待批目标变更' }).waitFor()
  await wide.getByText('工期 30 → 34').waitFor()
  await sound(wide, 'changes-1440')
  await wide.context().close()
  const leader = await signIn('leader', 390)
  await leader.getByText('工期 30 → 34').waitFor()
  await sound(leader, 'changes-390')
  await leader.getByRole('button', { name: '批准' }).click()
  await leader.getByText('没有变更在等待批准').waitFor()
  await leader.context().close()
})

test('a problem and a payment are hung on the task, and the case leads back to it', { skip }, async () => {
  const { id, number } = await w.file('施工路段水管漏水')
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/plan/tasks/${ids['施工']}`)
  await page.getByRole('button', { name: '挂难点' }).click()
  await page.getByLabel('事项编号').fill(number)
  await page.getByRole('button', { name: '关联', exact: true }).click()
  await page.getByRole('button', { name: '取消关联' }).waitFor()
  await page.getByRole('button', { name: '登记支出' }).click()
  await page.getByLabel('金额').fill('5000000')
  await page.getByLabel('支付凭证').fill('财建〔2026〕12号')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('已支出 500 万元（25%）').waitFor()
  await sound(page, 'task-money-390')
  await page.goto(`${base}/w/c/${number}`)
  await page.getByRole('link', { name: '施工', exact: true }).click()
  await page.getByRole('heading', { name: /^施工/ }).waitFor()
  await page.context().close()
})

test('photos taken on a phone prove a check-in and are looked at there', { skip }, async () => {
  const page = await signIn('handler', 390)
  await page.goto(`${base}/w/plan/targets/${target}`)
  const photo = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  await page.getByLabel('现场照片').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByRole('button', { name: '去掉' }).waitFor()
  await page.getByLabel('新完成多少').fill('300')
  await page.getByRole('button', { name: '提交点检' }).click()
  await page.getByText('照片、录音 1 个').waitFor()
  const shown = page.locator('.plan-files img')
  await shown.scrollIntoViewIfNeeded()
  await page.waitForFunction(
    () => (document.querySelector('.plan-files img') as HTMLImageElement | null)?.naturalWidth === 80,
  )
  await sound(page, 'check-in-390')
  await page.context().close()
})

test('a table is read on trial, its faults are told by row and column, and a right one becomes a plan', {
  skip,
}, async () => {
  const cookie = await w.cookie('supervisor')
  const { raw } = await w.raw({ method: 'GET', url: `/api/v1/plans/${plan}/workbook`, headers: { cookie } })
  const page = await signIn('supervisor', 1440)
  await page.goto(`${base}/w/plan`)
  await page.getByText('编制新的作战图').click()
  await page.getByLabel('年度').fill('2027')
  await page.getByLabel('名称').fill('下一年')
  const input = page.locator('input[type=file]')
  await input.setInputFiles({ name: '错.csv', mimeType: 'text/csv', buffer: Buffer.from('层级,名称\n目标,悬空\n') })
  await page.getByText('缺少“数量”列').waitFor()
  await sound(page, 'import-1440')
  await input.setInputFiles({ name: '图.xlsx', mimeType: 'application/octet-stream', buffer: raw })
  await page.getByText('领域 1 个，目标 1 个，任务 3 项').waitFor()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.getByRole('heading', { name: /2027 年下一年/ }).waitFor()
  await page.getByRole('link', { name: '供热接入' }).waitFor()
  await page.context().close()
})

test('on paper the map is A3 across with every field, its red lines and nothing to press', { skip }, async () => {
  const page = await signIn('leader', 1440)
  await page.goto(`${base}/w/plan?plan=${plan}`)
  await page.getByRole('link', { name: '供热接入' }).waitFor()
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('button', { name: '后延预演' }).first().isVisible(), false)
  assert.equal(await page.locator('.gantt-line').first().isVisible(), true)
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
  // A3 across in points.
  assert.deepEqual([Math.round(Number(width)), Math.round(Number(height))], [1191, 842])
  await page.context().close()
})

test('a plan of five thousand tasks opens folded, and unfolds target by target', { skip }, async () => {
  const lines = ['层级,编号,名称,数量,单位,截止,工期,责任单位', '领域,,大领域,,,,,']
  for (let i = 0; i < 5000; i++) {
    if (i % 50 === 0) lines.push(`目标,t${i},目标${i / 50},1,件,2028-12-29,,`)
    lines.push(`任务,${i},任务${i},1,件,2028-12-29,1,`)
  }
  const file = { name: '大图.csv', data: lines.join('\n') }
  const { body } = await upload(w, 'supervisor', '/api/v1/plan-imports', file, {
    year: '2028',
    title: '大图',
    dryRun: 'false',
  })
  assert.equal(body.tasks, 5000, JSON.stringify(body).slice(0, 300))
  const page = await signIn('leader', 1440)
  await page.goto(`${base}/w/plan?plan=${body.planId}`)
  await page.getByRole('button', { name: '展开 50 项任务' }).first().waitFor()
  assert.equal(await page.locator('.plan-row').count(), 61, 'sixty targets and the head')
  await page.getByRole('button', { name: '展开 50 项任务' }).first().click()
  await page.getByRole('link', { name: '任务49', exact: true }).waitFor()
  await page.getByRole('button', { name: /再看 40 个目标/ }).click()
  await page.getByRole('link', { name: '目标99', exact: true }).waitFor()
  await page.context().close()
})
