import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, signedIn, sound } from './browser.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The pages of broken promises: from the list to one promise, a plan that another approves, a payment. */
let w: World
let base = ''
const browser = await openBrowser()
const skip = typeof browser === 'string' ? browser : false
const { must } = storyteller(() => w)

before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
  base = await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  const { id } = await must('supervisor', 'POST', '/api/v1/enterprises', {
    name: '河畔机械公司',
    uscc: '91210104MA0QXY126Q',
  })
  await must('supervisor', 'POST', '/api/v1/promises', {
    ...{
      enterpriseId: id,
      kind: 'works',
      words: '支付泵站改造工程尾款',
      fen: 300_000_000,
      unitId: await w.unit('water'),
    },
    source: { no: '河合同〔2025〕12号', on: '2025-09-01', by: '区水务局' },
    ...{ cause: 'term', basis: '保障中小企业款项支付条例第九条', deliveredOn: '2025-12-01', measures: '列入年度预算' },
    deadline: '2026-12-31',
  })
  await w.file('厂区门前水管漏水', { party: { kind: 'enterprise', name: '河畔机械公司', uscc: '91210104MA0QXY126Q' } })
})
after(async () => {
  if (typeof browser !== 'string') await browser.close()
  await w.close()
})
const signIn = (account: string, width: number) =>
  signedIn(browser, base, account, { width, height: 844, now: '2026-03-04T09:40:00+08:00' })

test('a unit proposes instalments on a phone, a leader approves them, and a payment fills the first', {
  skip,
}, async () => {
  const phone = await signIn('handler', 390)
  await phone.goto(`${base}/w/promises`)
  await phone.getByRole('link', { name: '支付泵站改造工程尾款' }).waitFor()
  await sound(phone, '/w/promises on a phone')
  await phone.getByRole('link', { name: '支付泵站改造工程尾款' }).click()
  await phone.getByText(/次日起算，没有约定，按法定 30 个自然日/).waitFor()
  await phone.getByText(/法律不认可的理由/).waitFor()
  await phone.getByRole('button', { name: '报分期计划' }).click()
  await phone.getByLabel('第1期日期').fill('2026-06-30')
  await phone.getByLabel('第1期金额').fill('100')
  await phone.getByRole('button', { name: '加一期' }).click()
  await phone.getByLabel('第2期日期').fill('2026-12-31')
  await phone.getByLabel('第2期金额').fill('200')
  await phone.getByText('合计 300万元').waitFor()
  await phone.getByLabel('理由').fill('财政分期安排')
  await sound(phone, 'the form of a plan')
  await phone.getByRole('button', { name: '报批', exact: true }).click()
  await phone.getByText('待批准').waitFor()

  const wide = await signIn('leader', 1440)
  const { items } = await must('leader', 'GET', '/api/v1/promises')
  await wide.goto(`${base}/w/promises/${items[0].id}`)
  await wide.getByRole('button', { name: '批准' }).click()
  await wide.getByText(/第1期 2026-06-30/).waitFor()
  await sound(wide, '/w/promises/:id')

  await phone.reload()
  await phone.getByRole('button', { name: '登记付款' }).click()
  await phone.getByRole('textbox', { name: '金额', exact: true }).fill('40')
  await phone.getByLabel('凭证号').fill('凭0001')
  await phone.getByRole('button', { name: '保存' }).click()
  await phone.getByText('40万元 / 100万元 未到期').waitFor()
})

test('a promise from its record to its last instalment: corrected, paid twice, one payment voided by another, not received, received', {
  skip,
}, async () => {
  const wide = await signIn('supervisor', 1440)
  await wide.goto(`${base}/w/promises`)
  await wide.getByRole('button', { name: '登记失信违诺' }).click()
  await wide.getByLabel('企业', { exact: true }).fill('河畔')
  await wide.getByRole('option', { name: '河畔机械公司' }).click()
  const type = async (label: string, words: string) => wide.getByLabel(label, { exact: true }).fill(words)
  await type('承诺内容', '退还履约保证金')
  await wide.getByRole('textbox', { name: '金额', exact: true }).fill('50')
  await type('依据文件或合同号', '河合同〔2025〕21号')
  await type('出具单位', '区水务局')
  await wide.getByRole('combobox', { name: '责任单位' }).fill('水务')
  await wide.getByRole('option', { name: '区水务局' }).click()
  await type('法律依据', '保障中小企业款项支付条例第九条')
  await type('解决措施', '列入预算')
  await type('解决期限', '2026-12-31')
  await sound(wide, 'the form of a promise')
  await wide.getByRole('button', { name: '保存' }).click()
  await wide.getByRole('link', { name: '退还履约保证金' }).click()

  await wide.getByRole('button', { name: '更正' }).click()
  await wide.getByRole('textbox', { name: '金额', exact: true }).fill('40')
  assert.equal(
    await wide.getByRole('button', { name: '保存更正' }).isDisabled(),
    true,
    'no correction without a reason',
  )
  await type('更正理由', '审计核减')
  await type('依据文件或合同号', '河合同〔2025〕21号之一')
  await sound(wide, 'the form of a correction')
  await wide.getByRole('button', { name: '保存更正' }).click()
  await wide.getByText(/审计核减；金额 50万元 → 40万元；原依据文件：河合同〔2025〕21号/).waitFor()

  const phone = await signIn('handler', 390)
  await phone.goto(wide.url())
  const plan = async (parts: readonly (readonly [string, string])[], reason: string) => {
    for (const [i, [due, wan]] of parts.entries()) {
      await phone.getByLabel(`第${i + 1}期日期`).fill(due)
      await phone.getByRole('textbox', { name: `第${i + 1}期金额` }).fill(wan)
      if (i === 0 && parts.length > 1 && (await phone.getByLabel('第2期日期').count()) === 0)
        await phone.getByRole('button', { name: '加一期' }).click()
    }
    await phone.getByLabel('理由').fill(reason)
    await phone.getByRole('button', { name: '报批', exact: true }).click()
    await phone.getByText('待批准').waitFor()
  }
  await phone.getByRole('button', { name: '报分期计划' }).click()
  await plan([['2026-05-31', '20']], '先付一半')
  const leader = await signIn('leader', 1440)
  await leader.goto(wide.url())
  await leader.getByRole('button', { name: '退回', exact: true }).click()
  await leader.getByLabel('退回理由').fill('另一半也要有日期')
  await sound(leader, 'the form that returns a plan')
  await leader.getByRole('button', { name: '退回', exact: true }).last().click()
  await leader.getByText('已退回（区长：另一半也要有日期）').waitFor()
  await phone.reload()
  await phone.getByRole('button', { name: '报分期计划' }).click()
  await plan(
    [
      ['2026-05-31', '20'],
      ['2026-09-30', '20'],
    ],
    '分两期',
  )
  await leader.reload()
  await leader.getByRole('button', { name: '批准', exact: true }).click()
  await leader.getByText(/第2期 2026-09-30/).waitFor()

  await phone.reload()
  await phone.getByRole('button', { name: '调整分期' }).click()
  assert.equal(await phone.getByLabel('第2期日期').inputValue(), '2026-09-30', 'the plan in force is there to be moved')
  await plan(
    [
      ['2026-05-31', '20'],
      ['2026-10-31', '20'],
    ],
    '资金十月到位',
  )
  await leader.reload()
  await leader.getByRole('button', { name: '批准', exact: true }).click()
  await leader.getByText(/第2期 2026-10-31/).waitFor()

  const pay = async (wan: string, voucher: string) => {
    await phone.getByRole('button', { name: '登记付款' }).click()
    await phone.getByRole('textbox', { name: '金额', exact: true }).fill(wan)
    await phone.getByLabel('凭证号').fill(voucher)
    await phone.getByRole('button', { name: '保存' }).click()
    await phone.getByText(voucher, { exact: true }).waitFor()
  }
  await phone.reload()
  await pay('20', '保1')
  await pay('15', '保2')
  assert.equal(await phone.getByRole('button', { name: /作废凭证/ }).count(), 0, 'nobody voids what is his own')
  const head = await signIn('head', 390)
  await head.goto(wide.url())
  await head.getByRole('button', { name: '作废凭证 保2' }).click()
  await head.getByLabel('作废理由').fill('金额记错')
  await sound(head, 'the form that voids a payment on a phone')
  await head.getByRole('button', { name: '作废', exact: true }).click()
  await head.getByText('已作废：金额记错（水务局长）').waitFor()
  await phone.reload()
  await pay('20', '保3')
  await phone.getByText('20万元 / 20万元 已付清').nth(1).waitFor()

  const keep = async (evidence: string) => {
    await phone.getByRole('button', { name: '报告已兑现' }).click()
    await phone.getByLabel('佐证').fill(evidence)
    await phone.getByRole('button', { name: '报告', exact: true }).click()
    await phone.getByText('等企业确认收到').waitFor()
  }
  const confirm = async (word: 'yes' | 'no', words: string) => {
    await wide.reload()
    await wide.getByRole('button', { name: '记录企业确认' }).click()
    await wide.getByLabel('企业怎么说').selectOption(word)
    await type('谁说的', '财务负责人')
    await type('原话', words)
    await wide.getByRole('button', { name: '保存' }).click()
    await wide.getByRole('region', { name: '企业确认' }).getByText(words).waitFor()
  }
  await keep('转账回单两张')
  await confirm('no', '第二笔还没到账')
  await wide.getByText('未收到', { exact: true }).waitFor()
  await phone.reload()
  await keep('银行已更正户名')
  await confirm('yes', '两笔都到了')
  await wide.getByText('收到', { exact: true }).waitFor()
  await sound(wide, 'a promise that is closed')
  await phone.reload()
  await phone.getByText('已销号').waitFor()
  await sound(phone, 'the same on a phone')
})

test('the list of problems shows broken promises as one list, whose figures and items are the register’s', {
  skip,
}, async () => {
  const page = await signIn('supervisor', 1440)
  const { totals } = await must('supervisor', 'GET', '/api/v1/promises')
  await page.goto(`${base}/w/lists`)
  const row = page.getByRole('row', { name: /政府对企业失信违诺/ })
  assert.match((await row.textContent()) ?? '', new RegExp(`登记册${totals.promises}`))
  await sound(page, '/w/lists with the register')
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: '失信违诺', exact: true }).waitFor()
})

test('the backlog of enterprises leads from a bar to its matters', { skip }, async () => {
  const page = await signIn('supervisor', 390)
  await page.goto(`${base}/w/promises/backlog`)
  await page.getByRole('link', { name: /30天以内.*1 件/ }).click()
  await page.getByRole('link', { name: '厂区门前水管漏水' }).waitFor()
  await sound(page, '/w/promises/backlog')
})

test('an enterprise’s page shows what was promised to it', { skip }, async () => {
  const page = await signIn('supervisor', 1440)
  const { items } = await must('supervisor', 'GET', '/api/v1/liaison-targets?kind=enterprise')
  await page.goto(`${base}/w/enterprises/${items.find((one: Row) => one['name'] === '河畔机械公司').id}`)
  await page.getByRole('link', { name: '支付泵站改造工程尾款' }).waitFor()
  await sound(page, '/w/enterprises/:id with its promises')
})
