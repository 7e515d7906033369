import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseUscc, type UsccFlaw, usccCheck, usccFlaw } from '@banjie/contract'
import fc from 'fast-check'

const CODES: readonly (readonly [string, UsccFlaw | undefined])[] = [
  ['91512081MA62K0260E', undefined],
  ['11320000MB151840XJ', undefined],
  ['91350100M000100Y43', undefined],
  ['91350100M000100Y4Z', 'alphabet'],
  ['9131000063159284XQ', undefined],
  ['91350211M0000XUF46', 'check'],
  ['91210114MA00000900', undefined],
  ['91210104MA0QXY126Q', undefined],
  ['91230108MA1BCD341Y', undefined],
  ['91220112MA1EFG568B', undefined],
  ['91340400MA2HJK7849', undefined],
  ['92210114MA0LMN906E', undefined],
  ['11210114000000000U', undefined],
  ['52210114123456788U', undefined],
  ['91210114MA0TEST000', 'alphabet'],
  ['91512081MA62K0260', 'length'],
]
for (const [code, flaw] of CODES)
  test(`${code} is ${flaw ?? 'sound'}`, () => {
    assert.equal(usccFlaw(code), flaw)
  })

test('a code is the same however it was typed', () => {
  for (const typed of [
    '91512081ma62k0260e',
    '９１５１２０８１ＭＡ６２Ｋ０２６０Ｅ',
    ' 91512081 MA62K0260E ',
    '91512081-MA62K026-0E',
  ])
    assert.equal(normaliseUscc(typed), '91512081MA62K0260E')
})

test('one wrong character never passes the check', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const code = '91512081MA62K0260E'
  fc.assert(
    fc.property(fc.nat(16), fc.constantFrom(...alphabet), (at, other) => {
      const changed = code.slice(0, at) + other + code.slice(at + 1)
      return changed === code || usccCheck(changed) !== code.at(-1)
    }),
  )
})
