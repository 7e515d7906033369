import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatQuantity, OutcomeQuantity, sumQuantities } from '@banjie/contract'
import fc from 'fast-check'
import { compare } from '../src/report/compare.ts'

const quantity = (kind: string, value: string | number, unit: string, qualifier = 'exact') =>
  OutcomeQuantity.parse({ kind, value, unit, qualifier })
const refusal = (value: object) =>
  OutcomeQuantity.safeParse({ kind: 'length', value: 1, unit: 'm', ...value }).error?.issues[0]?.message

test('quantities are written as people write them', () => {
  const written = [
    ['length', 160, 'm', 'about', '约160米'],
    ['residents', '20000', 'person', 'over', '20000余人'],
    ['households', '300', 'household', 'atLeast', '300户以上'],
    ['area', '1.50', 'm2', 'under', '不足1.5平方米'],
    ['pieces', '007', 'lamp', 'exact', '7盏'],
    ['amount', 12345, 'fen', 'exact', '123.45元'],
    ['amount', '3', 'wanYuan', 'about', '约3万元'],
  ] as const
  for (const [kind, value, unit, qualifier, text] of written)
    assert.equal(formatQuantity(quantity(kind, value, unit, qualifier)), text)
})

test('where no unit is named, the usual one is meant', () => {
  const told = (kind: string) => formatQuantity(OutcomeQuantity.parse({ kind, value: 300 }))
  assert.deepEqual(['length', 'area', 'households', 'residents', 'pieces', 'amount'].map(told), [
    '300米',
    '300平方米',
    '300户',
    '300人',
    '300处',
    '3元',
  ])
})

test('15,527 万元 are 155,270,000 元, kept in fen', () => {
  const [sum] = sumQuantities([quantity('amount', '15527', 'wanYuan')])
  assert.deepEqual(sum, { kind: 'amount', value: '15527000000', unit: 'fen', qualifier: 'exact' })
  assert.equal(sum && formatQuantity(sum), '155270000元')
})

test('like is added to like: kilometres to metres, but neither lamps to trees nor mu to square metres', () => {
  const sums = sumQuantities([
    quantity('pieces', 3, 'lamp'),
    quantity('length', '0.1', 'km'),
    quantity('pieces', 2, 'tree'),
    quantity('length', '0.2', 'm'),
    quantity('area', 2, 'mu'),
    quantity('area', '0.5', 'ha'),
  ])
  assert.deepEqual(
    sums.map((sum) => formatQuantity(sum)),
    ['100.2米', '2亩', '5000平方米', '3盏', '2棵'],
  )
})

test('a sum is known no better than its worst part', () => {
  const sum = (...qualifiers: string[]) =>
    sumQuantities(qualifiers.map((qualifier) => quantity('length', 1, 'm', qualifier)))[0]?.qualifier
  assert.equal(sum('exact', 'exact'), 'exact')
  assert.equal(sum('exact', 'over'), 'over')
  assert.equal(sum('over', 'atLeast', 'exact'), 'atLeast')
  assert.equal(sum('exact', 'under'), 'under')
  assert.equal(sum('over', 'under'), 'about')
  assert.equal(sum('under', 'atLeast'), 'about')
  assert.equal(sum('about', 'exact'), 'about')
})

test('law: a sum is exact, whatever the decimals and the order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 10 ** 9 }), { minLength: 1, maxLength: 30 }), (micros) => {
      const parts = micros.map((micro) =>
        quantity('length', `${Math.floor(micro / 1e6)}.${String(micro % 1e6).padStart(6, '0')}`, 'm'),
      )
      const total = micros.reduce((sum, micro) => sum + micro, 0)
      const rest = String(total % 1e6)
        .padStart(6, '0')
        .replace(/0+$/, '')
      const wanted = `${Math.floor(total / 1e6)}${rest && `.${rest}`}`
      assert.equal(sumQuantities(parts)[0]?.value, wanted)
      assert.equal(sumQuantities(parts.toReversed())[0]?.value, wanted)
    }),
  )
})

test('what is no quantity is refused in words', () => {
  assert.equal(refusal({ value: -1 }), 'quantity.invalid')
  assert.equal(refusal({ value: '约160' }), 'quantity.invalid')
  assert.equal(refusal({ value: '1e3' }), 'quantity.invalid')
  assert.equal(refusal({ value: 0.1 + 0.2 }), 'quantity.invalid')
  assert.equal(refusal({ unit: 'household' }), 'quantity.unit_mismatch')
  assert.equal(refusal({ kind: 'households', unit: 'household', value: '2.5' }), 'quantity.not_whole')
  assert.equal(refusal({ kind: 'amount', unit: 'yuan', value: '0.001' }), 'quantity.not_whole')
  assert.equal(refusal({ kind: 'amount', unit: 'wanYuan', value: '1.234567' }), undefined)
})

test('year on year: sign and base are shown; a base of nothing has no percentage; losses are not growth', () => {
  const text = (now: number | null, base: number | null, unit = '件') => compare(now, base, unit).text
  assert.equal(text(820, 1000), '−18.0%')
  assert.equal(text(180, 200), '−10.0%')
  assert.equal(text(79, 100), '−21.0%')
  assert.equal(text(110, 100), '+10.0%')
  assert.equal(text(5, 5), '持平')
  assert.equal(text(5, 0), '—（基期为0）')
  assert.equal(text(5, null), '—（无可比数据）')
  assert.equal(text(-200, -500), '减亏 60.0%')
  assert.equal(text(-600, -500), '增亏 20.0%')
  assert.equal(text(10, -500), '扭亏')
  assert.equal(text(70, 87.5, '%'), '下降 17.5 个百分点')
  assert.deepEqual(compare(820, 1000, '件'), { change: -180, changePercent: -18, text: '−18.0%' })
})
