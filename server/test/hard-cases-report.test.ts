import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { IndicatorId } from '@banjie/contract'
import fc from 'fast-check'
import { type World, world } from './world.ts'

/** A figure as a client reads it. */
interface Read {
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly rows: readonly (Omit<Read, 'rows'> & { key: string; label: string })[]
}

function reader(w: World) {
  async function figure(id: IndicatorId, from: string, to: string, more = '', account = 'leader'): Promise<Read> {
    const reply = await w.call(account, 'GET', `/api/v1/indicators/${id}?from=${from}&to=${to}${more}`)
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body
  }
  async function parts(id: IndicatorId, from: string, to: string, more = '') {
    const { value, numerator, denominator } = await figure(id, from, to, more)
    return [value, numerator, denominator]
  }
  async function drill(id: IndicatorId, from: string, to: string, more = '') {
    const items: { number: string; round: number; counted: boolean; unit: string; at: string }[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: typeof items; nextCursor: string | null; total: number } = (
        await w.call(
          'leader',
          'GET',
          `/api/v1/indicators/${id}/rows?from=${from}&to=${to}&limit=3${more}${cursor && `&cursor=${cursor}`}`,
        )
      ).body
      items.push(...page.items)
      cursor = page.nextCursor
      if (cursor === null) assert.equal(items.length, page.total)
    }
    return items
  }
  return { figure, parts, drill }
}

/** Brings a filed case into a unit's hands. */
async function inHand(w: World, unit = 'water', category = 'pipe'): Promise<string> {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit(unit) })
  if (unit === 'water') await w.act('handler', id, 'sign')
  return id
}
async function answer(w: World, id: string, more: object = {}): Promise<void> {
  await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved', ...more })
  await w.act('head', id, 'approveAnswer')
}
async function closeWell(w: World, id: string): Promise<void> {
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
  await w.act('caller', id, 'close')
}

describe('K14 the turn of the year', () => {
  let w: World
  before(async () => {
    w = await world('2026-12-30T10:00:00+08:00')
  })
  after(() => w.close())

  test('a case received on 2026-12-30 and due on 2027-01-07 is stock of 2026 and due in January 2027', async () => {
    const { figure, parts } = reader(w)
    const { id } = await w.file()
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
    await w.act('handler', id, 'sign')
    const { items } = (await w.call('leader', 'GET', `/api/v1/cases/${id}/clocks`)).body
    assert.match(items.find((clock: { kind: string }) => clock.kind === 'handle').dueAt, /^2027-01-07/)
    w.setNow('2027-01-07T16:00:00+08:00')
    await answer(w, id)
    assert.deepEqual(await parts('received', '2026-01-01', '2026-12-31'), [1, 1, null])
    assert.deepEqual(await parts('stock', '2026-01-01', '2026-12-31'), [1, 1, null])
    assert.deepEqual(await parts('carriedIn', '2027-01-01', '2027-01-31'), [1, 1, null])
    assert.deepEqual(await parts('onTimeRate', '2026-12-01', '2026-12-31'), [null, 0, 0])
    assert.deepEqual(await parts('onTimeRate', '2027-01-01', '2027-01-31'), [100, 1, 1])
    assert.deepEqual((await figure('received', '2026-12-01', '2026-12-31', '&by=unit')).rows[0]?.label, '区水务局')
  })

  test('the same days a year before are the base; without a base there is no percentage', async () => {
    const { body } = await w.call(
      'leader',
      'GET',
      '/api/v1/indicators/received?from=2027-12-01&to=2027-12-31&base=yearBefore',
    )
    assert.partialDeepStrictEqual(body.base, { from: '2026-12-01', to: '2026-12-31', value: 1, text: '−100.0%' })
    const empty = await w.call(
      'leader',
      'GET',
      '/api/v1/indicators/received?from=2026-12-01&to=2026-12-31&base=yearBefore',
    )
    assert.partialDeepStrictEqual(empty.body.base, { value: 0, changePercent: null, text: '—（基期为0）' })
    const running = await w.call(
      'leader',
      'GET',
      '/api/v1/indicators/stock?from=2027-01-01&to=2027-01-31&base=yearBefore',
    )
    assert.partialDeepStrictEqual(running.body.base, { partial: true, to: '2026-01-07' })
  })
})

describe('K04 closed well, rated badly', () => {
  let w: World
  before(async () => {
    w = await world('2026-06-22T10:00:00+08:00')
  })
  after(() => w.close())

  test('closed on 06-28, rated badly on 07-03: June stands as it was, July has one dissatisfied, the age counts from the first day', async () => {
    const { parts, drill } = reader(w)
    const filed = await w.file()
    const id = filed.id
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
    await w.act('handler', id, 'sign')
    w.setNow('2026-06-26T10:00:00+08:00')
    await answer(w, id)
    w.setNow('2026-06-28T10:00:00+08:00')
    await closeWell(w, id)
    w.setNow('2026-07-01T09:00:00+08:00')
    const june = ['2026-06-01', '2026-06-30'] as const
    const july = ['2026-07-01', '2026-07-31'] as const
    const names = ['onTimeRate', 'closed', 'satisfiedRate', 'solvedRate', 'averageDays', 'stock'] as const
    const before = await Promise.all(names.map((name) => parts(name, ...june)))
    assert.deepEqual(before[0], [100, 1, 1])
    assert.deepEqual(before[4], [6, 6, 1])
    assert.deepEqual(await parts('satisfiedRate', ...july), [null, 0, 0])

    w.setNow('2026-07-03T10:00:00+08:00')
    const rated = await w.call(null, 'POST', `/api/v1/public/appeals/${filed.number}/rating?code=${filed.pickupCode}`, {
      grade: 1,
      solved: false,
    })
    assert.equal(rated.status, 200, JSON.stringify(rated.body))
    assert.equal((await w.call('leader', 'GET', `/api/v1/cases/${id}`)).body.case.round, 2)
    assert.deepEqual(await Promise.all(names.map((name) => parts(name, ...june))), before)
    assert.deepEqual(await parts('satisfiedRate', ...july), [0, 0, 1])
    assert.deepEqual(await parts('reopenRate', ...july), [100, 1, 1])
    assert.deepEqual(await parts('stock', ...july), [1, 1, null])

    w.setNow('2026-07-08T10:00:00+08:00')
    await answer(w, id)
    await closeWell(w, id)
    assert.deepEqual(await parts('averageDays', ...july), [16, 16, 1])
    assert.deepEqual(await parts('medianDays', ...july), [16, null, 1])
    assert.deepEqual(await parts('medianWorkingDays', ...july), [12, null, 1])
    assert.partialDeepStrictEqual(await drill('averageDays', ...july), [
      { number: filed.number, round: 2, unit: '区水务局', at: '2026-07-08T02:00:00.000Z', days: 16 },
    ])
    assert.deepEqual(
      (await drill('satisfiedRate', ...july)).map(({ round, counted }) => [round, counted]),
      [
        [1, false],
        [2, true],
      ],
    )
    const asOf = `&asOf=${encodeURIComponent('2026-07-04T00:00:00+08:00')}`
    assert.deepEqual(await parts('satisfiedRate', ...july, asOf), [0, 0, 1])
    assert.deepEqual(await parts('closed', ...july, asOf), [0, 0, null])
    const endOfJune = `&asOf=${encodeURIComponent('2026-06-30T00:00:00+08:00')}`
    assert.deepEqual(await parts('satisfiedRate', ...june, endOfJune), [100, 1, 1])
    assert.deepEqual(await parts('callBackRate', ...june, endOfJune), [100, 1, 1])
    const midJune = `&asOf=${encodeURIComponent('2026-06-25T00:00:00+08:00')}`
    assert.deepEqual(await parts('stock', ...june, midJune), [1, 1, null])
    assert.deepEqual(await parts('stock', ...june, endOfJune), [0, 0, null])
  })
})

describe('ten due in a month', () => {
  let w: World
  const march = ['2026-03-01', '2026-03-31'] as const
  before(async () => {
    w = await world('2026-03-02T09:30:00+08:00')
    const ids: string[] = []
    for (let i = 0; i < 10; i++) ids.push(await inHand(w))
    w.setNow('2026-03-04T10:00:00+08:00')
    for (const id of ids.slice(0, 7)) await answer(w, id)
    w.setNow('2026-03-30T10:00:00+08:00')
    await answer(w, ids[7] ?? '')
    // A case of another unit, due next month, still in time.
    await inHand(w, 'heating', 'heating')
    w.setNow('2026-04-01T09:00:00+08:00')
  })
  after(() => w.close())

  test('seven in time, one late, two open and overdue: 70 %, not 87.5 %', async () => {
    const { parts } = reader(w)
    assert.deepEqual(await parts('onTimeRate', ...march), [70, 7, 10])
    assert.deepEqual(await parts('onOriginalTimeRate', ...march), [70, 7, 10])
    assert.deepEqual(await parts('overdueOpen', ...march), [2, 2, null])
    const early = `&asOf=${encodeURIComponent('2026-03-10T00:00:00+08:00')}`
    assert.equal((await parts('overdueOpen', ...march, early))[0], 3)
  })

  test('behind every figure stand exactly its rows', async () => {
    const { figure, drill } = reader(w)
    const dictionary: { id: IndicatorId; unit: string }[] = (await w.call('leader', 'GET', '/api/v1/indicators')).body
      .items
    assert.ok(dictionary.length >= 12)
    for (const { id, unit } of dictionary) {
      const { numerator, denominator, value } = await figure(id, ...march)
      const rows = await drill(id, ...march)
      assert.equal(new Set(rows.map(({ number, round }) => `${number} ${round}`)).size, rows.length, id)
      // It is a share of days, told of the rounds that its rows list.
      if (id === 'stoppedShare') continue
      assert.equal(rows.length, denominator ?? numerator ?? value, id)
      if (unit !== '%') continue
      assert.equal(rows.filter(({ counted }) => counted).length, numerator, id)
      assert.equal((await drill(id, ...march, '&part=numerator')).length, numerator, id)
    }
  })

  test('the groups add up to the whole, and each group drills to its own', async () => {
    const { figure, drill } = reader(w)
    for (const by of ['unit', 'category', 'channel'] as const) {
      const { rows, value } = await figure('received', ...march, `&by=${by}`)
      assert.equal(
        rows.reduce((sum, row) => sum + (row.value ?? 0), 0),
        value,
      )
      for (const { key, value: own } of rows)
        assert.equal((await drill('received', ...march, `&by=${by}&key=${key}`)).length, own, `${by} ${key}`)
    }
    assert.deepEqual(
      (await figure('received', ...march, '&by=channel')).rows.map(({ label, value }) => [label, value]),
      [['网上', 11]],
    )
  })

  test('nothing to divide by is no figure, not 0 and not 100', async () => {
    const { parts } = reader(w)
    const empty = ['2026-01-01', '2026-01-31'] as const
    for (const id of [
      'onTimeRate',
      'satisfiedRate',
      'solvedRate',
      'reopenRate',
      'callBackRate',
      'averageDays',
    ] as const)
      assert.deepEqual(await parts(id, ...empty), [null, 0, 0], id)
    assert.equal((await parts('medianDays', ...empty))[0], null)
    assert.equal((await parts('p90Days', ...empty))[0], null)
  })

  test('a unit counts its own cases only; an evaluator gets no figures', async () => {
    const { figure } = reader(w)
    assert.equal((await figure('received', ...march, '', 'handler2')).value, 1)
    assert.equal((await figure('received', ...march, '', 'head')).value, 10)
    const refused = await w.call('evaluator', 'GET', '/api/v1/indicators/received?from=2026-03-01&to=2026-03-31')
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  })

  test('an unknown indicator and a period that runs backwards are refused in words', async () => {
    const unknown = await w.call('leader', 'GET', '/api/v1/indicators/luck?from=2026-03-01&to=2026-03-31')
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'report.indicator_unknown'])
    const reversed = await w.call('leader', 'GET', '/api/v1/indicators/received?from=2026-03-31&to=2026-03-01')
    assert.deepEqual([reversed.status, reversed.body.code], [422, 'report.period_reversed'])
  })
})

describe('limits that are extended and stopped', () => {
  let w: World
  before(async () => {
    w = await world('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())
  const grant = async (kind: string) => {
    const { items } = (await w.call('leader', 'GET', '/api/v1/cases?type=request&stage=asked')).body
    assert.equal(items.length, 1, kind)
    for (const account of ['head', 'supervisor', 'leader']) {
      const reply = await w.call(account, 'POST', `/api/v1/cases/${items[0].id}/actions/grant`, {
        version: items[0].version,
        input: {},
      })
      if (reply.status === 200) return
    }
    assert.fail(`nobody could grant the ${kind}`)
  }

  test('kept within an extension is in time, but not within the original limit; a stopped clock is not overdue', async () => {
    const { parts } = reader(w)
    const march = ['2026-03-01', '2026-03-31'] as const
    const extended = await inHand(w)
    await w.act('handler', extended, 'askExtension', {
      ...{ amount: 3, reason: '需更换主管道', basis: '本区诉求办理规定第八条', notice: '需更换主管道，延期三个工作日' },
    })
    await grant('extension')
    const stopped = await inHand(w)
    await w.act('handler', stopped, 'askSuspension', {
      ...{ reason: 'thirdParty', from: '2026-03-02', until: '2026-03-13', notice: '等待燃气公司配合，暂停计时' },
      evidence: '配合函',
    })
    await grant('suspension')
    w.setNow('2026-03-11T16:00:00+08:00')
    await answer(w, extended)
    assert.deepEqual(await parts('onTimeRate', ...march), [100, 1, 1])
    assert.deepEqual(await parts('onOriginalTimeRate', ...march), [0, 0, 1])
    assert.deepEqual(await parts('overdueOpen', ...march), [0, 0, null])
  })
})

describe('frozen months', () => {
  let w: World
  before(async () => {
    w = await world('2026-06-10T09:30:00+08:00')
    await inHand(w)
  })
  after(() => w.close())
  const period = async (account = 'supervisor') => (await w.call(account, 'GET', '/api/v1/periods/2026-06')).body
  const freeze = (account: string) => w.call(account, 'POST', '/api/v1/periods/2026-06/actions/freeze', {})

  test('a month is frozen once, when it is over, by those who answer for it', async () => {
    const early = await freeze('supervisor')
    assert.deepEqual([early.status, early.body.code], [409, 'report.month_running'])
    assert.match(early.body.detail, /2026-07-01 及以后/)
    w.setNow('2026-07-02T09:00:00+08:00')
    assert.equal((await freeze('clerk')).status, 403)
    assert.equal((await period()).frozen, null)
    const frozen = await freeze('supervisor')
    assert.equal(frozen.status, 200, JSON.stringify(frozen.body))
    assert.deepEqual(frozen.body.adjustments, [])
    assert.deepEqual(frozen.body.frozen.figures, frozen.body.now.figures)
    const again = await freeze('leader')
    assert.deepEqual([again.status, again.body.code], [409, 'report.month_frozen'])
    assert.match(again.body.detail, /2026-07-02 由督查员封存/)
    const { items } = (await w.call('clerk', 'GET', '/api/v1/periods')).body
    assert.deepEqual(items, [{ month: '2026-06', at: '2026-07-02T01:00:00.000Z', byName: '督查员' }])
  })

  test('what is recorded later shows as an adjustment; what happens later does not', async () => {
    w.setNow('2026-07-06T09:00:00+08:00')
    await inHand(w)
    assert.deepEqual((await period()).adjustments, [])
    const late = await w.call('clerk', 'POST', '/api/v1/cases', {
      type: 'appeal',
      facts: { content: '六月来信，今日补录', receivedAt: '2026-06-29T10:00:00+08:00' },
    })
    assert.equal(late.status, 201, JSON.stringify(late.body))
    const { adjustments, frozen, now } = await period()
    const find = (indicator: string, key: string) =>
      adjustments.find(
        (one: { indicator: string; unit: { key: string } }) => one.indicator === indicator && one.unit.key === key,
      )
    assert.partialDeepStrictEqual(find('received', 'all'), {
      label: '受理量',
      unit: { label: '全区' },
      frozen: { value: 1 },
      now: { value: 2 },
    })
    assert.partialDeepStrictEqual(find('stock', 'none'), { frozen: null, now: { value: 1 } })
    assert.equal(find('closed', 'all'), undefined)
    assert.equal(find('received', await w.unit('water')), undefined)
    const received = ({ figures }: { figures: { indicator: string; key: string; value: number }[] }) =>
      figures.find(({ indicator, key }) => indicator === 'received' && key === 'all')?.value
    assert.deepEqual([received(frozen), received(now)], [1, 2])
    const { parts } = reader(w)
    const asFrozen = `&asOf=${encodeURIComponent(frozen.at)}`
    assert.deepEqual(await parts('received', '2026-06-01', '2026-06-30', asFrozen), [1, 1, null])
  })

  test('a unit reads its own part of a frozen month', async () => {
    const water = await w.unit('water')
    const { frozen, now } = await period('head')
    for (const { figures } of [frozen, now]) {
      assert.ok(figures.length > 0)
      assert.ok(figures.every(({ key }: { key: string }) => key === water))
    }
    assert.equal((await w.call('evaluator', 'GET', '/api/v1/periods/2026-06')).status, 403)
  })
})

describe('outcome in figures', () => {
  let w: World
  const may = ['2026-05-01', '2026-05-31'] as const
  before(async () => {
    w = await world('2026-05-06T09:30:00+08:00')
  })
  after(() => w.close())
  const outcomes = async (more = '', account = 'leader') =>
    (await w.call(account, 'GET', `/api/v1/outcomes?from=${may[0]}&to=${may[1]}${more}`)).body
  const rows = async (more = '') =>
    (await w.call('leader', 'GET', `/api/v1/outcomes/rows?from=${may[0]}&to=${may[1]}${more}`)).body

  test('what the answered cases brought about is summed by unit and kind, and drills to the cases', async () => {
    const water = await w.unit('water')
    const achieved = [
      [
        { kind: 'length', what: '排污管道', value: '160', unit: 'm', qualifier: 'about' },
        { kind: 'households', value: '320', unit: 'household', qualifier: 'exact' },
      ],
      [{ kind: 'length', what: '供水管道', value: '0.5', unit: 'km', qualifier: 'exact' }],
      [],
    ]
    const ids = []
    for (const quantities of achieved) {
      const id = await inHand(w)
      await answer(w, id, { quantities })
      ids.push(id)
    }
    const open = await inHand(w)
    const whole = await outcomes()
    assert.deepEqual(
      [whole.cases, whole.sums.map(({ text }: { text: string }) => text), whole.rows],
      [2, ['约660米', '320户'], []],
    )
    const [own, ...others] = (await outcomes('&by=unit')).rows
    assert.deepEqual(others, [])
    assert.partialDeepStrictEqual(own, { key: water, label: '区水务局', cases: 2, sums: whole.sums })
    const behind = await rows(`&kind=length&key=${water}`)
    assert.equal(behind.total, 2)
    assert.deepEqual(
      behind.items.map(({ quantities }: { quantities: { what: string; text: string }[] }) =>
        quantities.map(({ what, text }) => `${what}${text}`),
      ),
      [['排污管道约160米'], ['供水管道0.5公里']],
    )
    assert.ok(behind.items.every(({ id }: { id: string }) => id !== open))
    assert.equal((await rows('&kind=households')).total, 1)
    const first = await rows('&limit=1')
    const second = await rows(`&limit=1&cursor=${first.nextCursor}`)
    assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [1, 1, null])
    assert.notEqual(first.items[0].id, second.items[0].id)
    assert.equal((await outcomes('', 'handler2')).cases, 0)
    assert.equal((await outcomes()).cases, 2)
    await w.act('caller', ids[0] ?? '', 'callBack', { reached: true, satisfied: false })
    await w.act('caller', ids[0] ?? '', 'reopen', { reason: '仍有渗漏' })
    assert.deepEqual(
      (await outcomes()).sums,
      whole.sums,
      'a reopened case takes nothing back until it is answered anew',
    )
    w.setNow('2026-06-02T10:00:00+08:00')
    await answer(w, ids[0] ?? '', { quantities: [{ kind: 'length', value: 170 }] })
    assert.deepEqual((await outcomes()).sums[0].text, '500米')
    assert.deepEqual(
      (await outcomes(`&asOf=${encodeURIComponent('2026-05-31T00:00:00+08:00')}`)).sums,
      whole.sums,
      'as of May it stands as it was told in May',
    )
    assert.equal((await outcomes(`&asOf=${encodeURIComponent('2026-05-01T00:00:00+08:00')}`)).cases, 0)
  })
})

describe('whatever happens', () => {
  let w: World
  before(async () => {
    w = await world('2026-01-05T09:30:00+08:00')
  })
  after(() => w.close())
  const INPUT: Record<string, object> = {
    accept: { category: 'pipe' },
    decline: { reason: 'other', advice: '请向有关单位反映' },
    answerAtOnce: { text: '即答' },
    draftAnswer: { text: '已办', outcome: 'solved' },
    callBack: { reached: true, satisfied: false },
    reopen: { reason: '未解决' },
    withdraw: { reason: '自行解决' },
  }
  const USED = [...Object.keys(INPUT), 'dispatch', 'sign', 'approveAnswer', 'close']
  const ACTORS = ['clerk', 'dispatcher', 'handler', 'head', 'handler2', 'caller'] as const

  test('law: stock at the end = carried in + received − closed, for every unit and every month', async () => {
    const { figure } = reader(w)
    const units = [await w.unit('water'), await w.unit('heating')]
    let now = Date.parse('2026-01-05T09:30:00+08:00')
    const wait = (hours: number) => {
      now += hours * 3_600_000
      w.setNow(new Date(now).toISOString())
    }
    const step = fc.record({ which: fc.nat(), hours: fc.nat({ max: 90 }), good: fc.boolean() })
    const history = fc.record({
      steps: fc.array(step, { minLength: 3, maxLength: 12 }),
      lateDays: fc.option(fc.integer({ min: -45, max: 45 })),
    })
    const reopened = { count: 0 }
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, lateDays }) => {
        const { body } = await w.call('clerk', 'POST', '/api/v1/cases', {
          type: 'appeal',
          facts: {
            content: '小区停水',
            ...(lateDays !== null && { receivedAt: new Date(now - lateDays * 86_400_000).toISOString() }),
          },
        })
        for (const { which, hours, good } of steps) {
          wait(hours)
          const offers = []
          for (const account of ACTORS) {
            const { case: kase, actions = [] } = (await w.call(account, 'GET', `/api/v1/cases/${body.case.id}`)).body
            const names = actions
              .map(({ name }: { name: string }) => name)
              .filter((name: string) => USED.includes(name))
            offers.push(...names.map((action: string) => ({ account, action, version: kase.version })))
          }
          const chosen = offers[which % Math.max(1, offers.length)]
          if (chosen === undefined) break
          const { account, action, version } = chosen
          if (action === 'reopen') reopened.count++
          await w.call(account, 'POST', `/api/v1/cases/${body.case.id}/actions/${action}`, {
            version,
            input:
              action === 'dispatch'
                ? { leadUnitId: units[which % 2] }
                : { ...INPUT[action], ...(action === 'callBack' && { satisfied: good }) },
          })
        }
      }),
      { numRuns: 40, seed: 20260105 },
    )
    assert.ok(reopened.count > 5, 'the histories have hardly a second round; they prove little')
    const months = ['2025-11', '2025-12']
    for (let month = 1; month <= 12; month++) months.push(`2026-${String(month).padStart(2, '0')}`)
    let moved = 0
    for (const month of months) {
      const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10)
      const ask = async (id: IndicatorId) =>
        new Map((await figure(id, `${month}-01`, last, '&by=unit')).rows.map(({ key, value }) => [key, value ?? 0]))
      const [begin, received, closed, end] = await Promise.all(
        (['carriedIn', 'received', 'closed', 'stock'] as const).map(ask),
      )
      for (const key of ['none', ...units]) {
        const [b, r, c, e] = [begin, received, closed, end].map((figures) => figures?.get(key) ?? 0) as [
          number,
          number,
          number,
          number,
        ]
        assert.equal(e, b + r - c, `${month} ${key}: ${b} + ${r} − ${c}`)
        moved += c
      }
    }
    assert.ok(moved > 5, 'hardly anything ended; the histories prove little')
  })
})
