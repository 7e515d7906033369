import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of policies: from a rule that is typed to money that is paid, the next version, the end; and needs that are answered. */
const NOW = '2026-03-04T09:40:00+08:00'
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  for (const [name, size, chain] of [
    ['河畔机械公司', 'small', '装备制造'],
    ['远山食品公司', 'small', '农产品加工'],
    ['高坡材料公司', 'large', '装备制造'],
  ] as const) {
    const years = [{ year: 2025, size, aboveScale: true, source: '统计局' }]
    await must('supervisor', 'POST', '/api/v1/enterprises', { name, chain, years })
  }
  const { items } = await must('supervisor', 'GET', '/api/v1/enterprises?limit=50')
  const [mill] = items.filter(({ name }: Row) => name === '河畔机械公司')
  const need = { kind: 'workers', words: '缺焊工十二名', on: '2026-03-03' }
  await must('handler', 'POST', `/api/v1/enterprises/${mill.id}/needs`, need)
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})
const signIn = (account: string, width: number) => signedIn(browser, base, account, { width, height: 844, now: NOW })

test('a policy is drafted with two conditions, counted while it is typed, published by another, told and paid', {
  skip,
}, async () => {
  const page = await signIn('handler', 390)
  await page.goto(`${base}/w/policies/new`)
  await page.getByLabel('政策名称').fill('装备制造稳岗补贴')
  await page.getByLabel('文号').fill('河政发〔2026〕2号')
  await page.getByLabel('发文单位').fill('小河区人民政府')
  await page.getByLabel('扶持内容').fill('每户2万元')
  await page.getByLabel('每户金额').fill('2')
  const first = page.getByRole('group', { name: '条件1' })
  await first.getByLabel('依据条款').fill('第三条')
  await page.getByText('今天符合 2 户，不符合 1 户，缺数据 0 户').waitFor()
  await page.getByRole('button', { name: '加一条条件' }).click()
  const second = page.getByRole('group', { name: '条件2' })
  await second.getByLabel('看什么').selectOption('chain')
  await second.getByLabel('取值').fill('装备制造')
  await second.getByLabel('依据条款').fill('第四条')
  await page.getByText('今天符合 1 户，不符合 2 户，缺数据 0 户；如 河畔机械公司').waitFor()
  await sound(page, 'the form of a policy')
  await page.getByRole('button', { name: '起草', exact: true }).click()
  await page.getByRole('heading', { name: '装备制造稳岗补贴' }).waitFor()
  const { pathname } = new URL(page.url())

  const wide = await signIn('head', 1440)
  await wide.goto(`${base}${pathname}`)
  await wide.getByRole('button', { name: '发布第1版' }).click()
  await wide.getByRole('link', { name: '河畔机械公司' }).waitFor()
  await sound(wide, 'a policy in force')

  await page.reload()
  await page.getByRole('button', { name: '告知' }).click()
  await page.getByText('已告知').waitFor()
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByLabel('收款账户末四位').fill('6688')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '兑现' }).click()
  await page.getByLabel('兑现金额').fill('2')
  await page.getByLabel('凭证号').fill('稳岗1')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText(/2026-03-04 2万元（0 天）/).waitFor()
  await sound(page, 'a policy that was paid, on a phone')
})

test('the next version opens with what is in force, waits for another, and the policy is ended with its reason', {
  skip,
}, async () => {
  const page = await signIn('handler', 1440)
  await page.goto(`${base}/w/policies`)
  await page.getByRole('link', { name: '装备制造稳岗补贴' }).click()
  await page.getByRole('link', { name: '起草下一版' }).click()
  await page.getByText('今天符合 1 户，不符合 2 户，缺数据 0 户').waitFor()
  await page.getByLabel('扶持内容').fill('每户3万元')
  await page.getByLabel('每户金额').fill('3')
  await page.getByLabel('执行起').fill('2026-07-01')
  await sound(page, 'the form of the next version')
  await page.getByRole('button', { name: '起草', exact: true }).click()
  await page.getByRole('region', { name: '历次版本' }).getByText('等待另一人发布').waitFor()
  await page.getByRole('link', { name: '修改草稿' }).waitFor()

  const other = await signIn('head', 390)
  await other.goto(page.url())
  await other.getByRole('button', { name: '发布第2版' }).click()
  await other.getByText('每户2万元').first().waitFor()
  await other.getByRole('button', { name: '停止执行' }).click()
  await other.getByLabel('原因').fill('资金用完')
  await sound(other, 'the form that ends a policy')
  await other.getByRole('button', { name: '停止执行', exact: true }).last().click()
  await other.getByText('已停止').first().waitFor()
})

test('a need that nobody has answered waits on the page of policies until somebody does', { skip }, async () => {
  const page = await signIn('handler', 390)
  await page.goto(`${base}/w/policies`)
  const box = page.getByRole('region', { name: '待答复的企业需求' })
  await box.getByText('缺焊工十二名').waitFor()
  await box.getByRole('button', { name: '答复' }).click()
  await box.getByLabel('怎么办的').fill('人社局专场招聘到位')
  await sound(page, '/w/policies with a need')
  await box.getByRole('button', { name: '答复', exact: true }).click()
  await box.waitFor({ state: 'detached' })
})
