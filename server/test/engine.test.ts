import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { defineCaseType } from '../src/case/index.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

test('law: nobody reaches a case that the list hides from them', async () => {
  const shown = { ...(await w.file('供水投诉')), confidential: false }
  await w.act('clerk', shown.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', shown.id, 'dispatch', {
    leadUnitId: await w.unit('water'),
    assistingUnitIds: [await w.unit('heating')],
  })
  const secret = await w.file('举报水务局收费', { confidential: true })
  await w.act('clerk', secret.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', secret.id, 'dispatch', {
    leadUnitId: await w.unit('heating'),
    assistingUnitIds: [await w.unit('water')],
  })
  await w.file('还没有交办')
  const all: { id: string; number: string }[] = (await w.call('dispatcher', 'GET', '/api/v1/ledger?limit=200')).body
    .items
  for (const account of ['clerk', 'handler', 'head', 'handler2', 'leader', 'auditor', 'admin', 'window']) {
    const listed = new Set(
      (await w.call(account, 'GET', '/api/v1/ledger?limit=200')).body.items.map((item: { id: string }) => item.id),
    )
    for (const { id, number } of all) {
      const replies = await Promise.all(
        [
          `/api/v1/cases/${id}`,
          `/api/v1/cases/${number}`,
          `/api/v1/cases/${id}/events`,
          `/api/v1/cases/${id}/clocks`,
        ].map((url) => w.call(account, 'GET', url)),
      )
      for (const reply of replies) assert.equal(reply.status === 200, listed.has(id), `${account} ${number}`)
      const found = (await w.call(account, 'GET', `/api/v1/ledger?q=${number}`)).body
      assert.deepEqual([found.items.length, found.total.value], listed.has(id) ? [1, 1] : [0, 0])
    }
  }
  const units = (await w.call('handler', 'GET', '/api/v1/ledger')).body.items.map((item: { id: string }) => item.id)
  assert.ok(
    units.includes(shown.id) && !units.includes(secret.id),
    'an assisting unit does not see what was said in confidence',
  )
})

test('search: Traditional finds Simplified, two characters suffice, numbers find, and pages join without gap or double', async () => {
  await w.file('雙陽路口信號燈損壞')
  await w.file('双阳小区门前积水')
  const find = async (q: string) =>
    (await w.call('clerk', 'GET', `/api/v1/ledger?q=${encodeURIComponent(q)}`)).body.items.length
  assert.deepEqual(
    [await find('双阳'), await find('雙陽'), await find('信号灯'), await find('ｓｑ'), await find('无此词')],
    [2, 2, 1, 0, 0],
  )
  for (const sort of ['received', '-received', 'due', '-due', 'updated', '-updated']) {
    const whole = (await w.call('clerk', 'GET', `/api/v1/ledger?sort=${sort}&limit=200`)).body
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = (
        await w.call('clerk', 'GET', `/api/v1/ledger?sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`)
      ).body
      ids.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    }
    assert.deepEqual(
      ids,
      whole.items.map((item: { id: string }) => item.id),
      sort,
    )
  }
})

test('a case type with a dead end, an unreachable stage, a stage without limit or a nameless clock action does not boot', () => {
  const step = (from: string, to: string) => ({
    label: 'x',
    from: [from],
    to,
    by: ['clerk' as const],
    input: z.object({}),
  })
  const good = {
    ...{
      id: 't',
      label: '试',
      prefix: 'TT',
      facts: z.object({}),
      stages: { a: '甲', b: '乙' },
      first: 'a',
      ends: ['b'],
      opens: ['clerk' as const],
    },
    actions: { go: step('a', 'b') },
    clocks: { close: { starts: ['open'], ends: ['go'], shows: ['a'] } },
  }
  defineCaseType<string>(good)
  assert.throws(() => defineCaseType<string>({ ...good, ends: [] }), /dead end/)
  assert.throws(() => defineCaseType<string>({ ...good, stages: { ...good.stages, c: '丙' } }), /cannot be reached/)
  assert.throws(() => defineCaseType<string>({ ...good, clocks: {} }), /without a limit/)
  assert.throws(
    () => defineCaseType<string>({ ...good, clocks: { close: { starts: ['open'], ends: ['fly'], shows: ['a'] } } }),
    /unknown action/,
  )
  assert.throws(() => defineCaseType<string>({ ...good, actions: { go: { ...step('a', 'b'), by: [] } } }), /nobody/)
})
