import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitted, wrapped } from './wrap.ts'

/** Every character is one wide. */
const widthOf = (piece: string) => [...piece].length

test('Chinese breaks anywhere, but no line begins with a closing mark', () => {
  assert.deepEqual(wrapped('水管修好了，请看。', 5, widthOf), ['水管修好', '了，请看。'])
})

test('a number or a Latin word stays in one piece', () => {
  assert.deepEqual(wrapped('截至2026-03-02共12件', 11, widthOf), ['截至', '2026-03-02共', '12件'])
  assert.ok(wrapped('共有12345件', 4, widthOf).includes('12345'))
})

test('nothing is lost in wrapping, and a line of its own stays one', () => {
  const text = '第一行有一些字，第二句也有。\n另起一行'
  const lines = wrapped(text, 6, widthOf)
  assert.equal(lines.join(''), text.replace('\n', ''))
  assert.ok(lines.includes('另起一行'))
})

test('the largest size that fits is taken; what never fits is cut with an ellipsis', () => {
  const at = (size: number, piece: string) => size * [...piece].length
  assert.deepEqual(fitted('四个汉字', { width: 80, height: 30 }, [40, 20], at), { size: 20, lines: ['四个汉字'] })
  const cut = fitted('很长的一段文字放不下', { width: 40, height: 30 }, [20], at)
  assert.deepEqual(cut, { size: 20, lines: ['很…'] })
})
