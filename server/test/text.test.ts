import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import fc from 'fast-check'
import { Converter } from 'opencc-js'
import { createClassifier, createTextIndex, folded, groupTexts, type Lesson, wordsOf } from '#text'

const traditional = Converter({ from: 'cn', to: 't' })
const DAY = 86_400_000

const streets = ['梧桐街', '柳林路', '松柏巷', '银杏大道', '清泉胡同', '望江街']
const troubles = [
  '路灯不亮，夜里老人摔倒',
  '下水道堵塞，污水漫到门口',
  '烧烤店油烟扰民，窗户不敢开',
  '暖气不热，室温只有十四度',
  '公交车等了一个小时不来',
  '施工噪音半夜不停，孩子无法睡觉',
]
const appeal = fc
  .tuple(fc.constantFrom(...streets), fc.constantFrom(...troubles), fc.integer({ min: 1, max: 30 }))
  .map(([street, trouble, house]) => ({
    title: `${street}${trouble.slice(0, 5)}`,
    body: `${street}${house}号楼${trouble}，请尽快处理。`,
  }))

const entry = (id: string, body: string, title = '') => ({ id, title, body, at: 0 })

test('full width, traditional and capital letters are folded; what is simplified stays', () => {
  assert.equal(folded('ＡＢ路燈壞了，瞭解甚麼'), 'ab路灯坏了,了解甚么')
  assert.equal(folded('什么时候了结'), '什么时候了结')
})

test('words come without punctuation', () => {
  assert.deepEqual(wordsOf('路灯坏了，请修理！'), ['路灯', '坏', '了', '请', '修理'])
})

test('words are those of jieba, whatever is written', () => {
  const jieba = Jieba.withDict(dict)
  const entries = new TextDecoder().decode(dict).split('\n')
  const piece = fc.oneof(
    fc.integer({ min: 0, max: entries.length - 2 }).map((i) => entries[i]?.split(' ')[0] ?? ''),
    fc.integer({ min: 0x4e_00, max: 0x9f_ff }).map((letter) => String.fromCharCode(letter)),
    fc.constantFrom(...streets, ...troubles, ...'的了我在3a，。+#&._%-ЯカㄅΩ'),
    fc.constantFrom('3.5%', 'WES-5.4.5', '\r\n', '😀', '𠀀', '𠮷野家', '鿿', '㐀㐁', '\ud800', '\udc00'),
  )
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, (written) => {
      const words = jieba.cut(folded(written), true).filter((word) => /^[\p{L}\p{N}\u{10000}-\u{10ffff}]/u.test(word))
      assert.deepEqual(wordsOf(written), words)
    }),
    { numRuns: 2000 },
  )
})

test('one rare word in common outranks many frequent ones', () => {
  const index = createTextIndex()
  for (let i = 0; i < 50; i++) index.add(entry(`common-${i}`, `小区路灯不亮，请物业尽快处理，编号${i}`))
  index.add(entry('rare', '翠屏书院门口积水'))
  const [first, second] = index.search({ body: '小区路灯不亮，请物业尽快处理翠屏书院的事', limit: 2 })
  assert.equal(first?.id, 'rare')
  assert.deepEqual(first?.words.toSorted(), ['书院', '翠屏'])
  assert.ok((second?.score ?? 1) < (first?.score ?? 0))
})

test('a text like the query scores near 1, and the reasons are words of both', () => {
  const index = createTextIndex()
  index.add(entry('a', '梧桐街三号楼路灯不亮'))
  index.add(entry('b', '柳林路暖气不热'))
  const [hit] = index.search({ body: '梧桐街三号楼路灯不亮', limit: 5 })
  assert.equal(hit?.id, 'a')
  assert.ok((hit?.score ?? 0) > 0.9)
  for (const word of hit?.words ?? []) assert.ok('梧桐街三号楼路灯不亮'.includes(word))
})

test('the same place is told and comes first, whatever its writing', () => {
  const index = createTextIndex()
  index.add({ ...entry('there', '路灯不亮'), place: '柳林路' })
  index.add({ ...entry('here', '路灯不亮'), place: '梧桐 街' })
  const hits = index.search({ body: '路灯不亮', place: '梧桐街', limit: 2 })
  assert.deepEqual(
    hits.map(({ id, samePlace }) => [id, samePlace]),
    [
      ['here', true],
      ['there', false],
    ],
  )
})

test('of two like texts the one nearer in time comes first', () => {
  const index = createTextIndex()
  index.add({ ...entry('old', '路灯不亮'), at: 0 })
  index.add({ ...entry('new', '路灯不亮'), at: 900 * DAY })
  const ids = index.search({ body: '路灯不亮', at: 901 * DAY, limit: 2 }).map(({ id }) => id)
  assert.deepEqual(ids, ['new', 'old'])
})

test('remove() forgets, an added text is found at once, and one added again is replaced', () => {
  const index = createTextIndex()
  index.add(entry('a', '梧桐街路灯不亮'))
  index.add(entry('b', '梧桐街路灯昏暗'))
  index.remove('a')
  index.remove('never')
  assert.deepEqual(
    index.search({ body: '梧桐街路灯', limit: 5 }).map(({ id }) => id),
    ['b'],
  )
  index.add(entry('b', '柳林路暖气不热'))
  assert.deepEqual(index.search({ body: '梧桐街路灯', limit: 5 }), [])
  assert.equal(index.size, 1)
})

test('the index is the same after thousands of removals as if they had never been there', () => {
  const index = createTextIndex()
  for (let i = 0; i < 4000; i++) index.add(entry(`gone-${i}`, `柳林路${i}号暖气不热`))
  index.add({ ...entry('stays', '梧桐街路灯不亮'), place: '梧桐街' })
  for (let i = 0; i < 4000; i++) index.remove(`gone-${i}`)
  index.add(entry('later', '松柏巷路灯不亮'))
  const hits = index.search({ body: '梧桐街路灯不亮', place: '梧桐街', limit: 5 })
  assert.deepEqual(
    hits.map(({ id, samePlace }) => [id, samePlace]),
    [
      ['stays', true],
      ['later', false],
    ],
  )
  assert.deepEqual(index.search({ body: '暖气', limit: 5 }), [])
  assert.equal(index.size, 2)
})

test('what the asker may not see is not found, and others move up', () => {
  const index = createTextIndex()
  for (const id of ['a', 'b', 'c']) index.add(entry(id, '梧桐街路灯不亮'))
  const hits = index.search({ body: '路灯不亮', limit: 2, accept: (id) => id !== 'a' })
  assert.deepEqual(
    hits.map(({ id }) => id),
    ['b', 'c'],
  )
})

test('an empty index, an empty query and one without words find nothing', () => {
  const index = createTextIndex()
  assert.deepEqual(index.search({ body: '路灯', limit: 5 }), [])
  index.add(entry('a', '路灯'))
  assert.deepEqual(index.search({ body: '', limit: 5 }), [])
  assert.deepEqual(index.search({ body: '？！…', limit: 5 }), [])
})

const lessons: Lesson[] = streets.flatMap((street) => [
  [`${street}路灯不亮，请修路灯`, '照明'],
  [`${street}暖气不热，室温太低`, '供暖'],
  [`${street}公交车不来，等车太久`, '交通'],
])

test('labels are learned, the likeliest first, with the words that decided', () => {
  const classifier = createClassifier()
  assert.deepEqual(classifier.classify('路灯'), [])
  classifier.learnAll(lessons)
  const labels = classifier.classify({ title: '暖气不热', body: '家里老人冷得睡不着，室温太低' })
  assert.equal(labels.length, 3)
  assert.equal(labels[0]?.label, '供暖')
  assert.ok(labels[0]?.words.includes('暖气'))
  for (const { score } of labels) assert.ok(score >= 0 && score <= 1)
})

test('a correction changes the answer', () => {
  const classifier = createClassifier()
  classifier.learnAll(lessons)
  const text = '梧桐街路灯不亮，请修路灯，公交站漆黑'
  assert.equal(classifier.classify(text)[0]?.label, '照明')
  classifier.learn(text, '交通')
  assert.equal(classifier.classify(text)[0]?.label, '交通')
})

test('one correction is learned at once, whatever was learned before', () => {
  fc.assert(
    fc.property(
      fc.array(appeal, { maxLength: 8 }),
      appeal,
      fc.constantFrom('照明', '供暖', '井盖'),
      (past, text, label) => {
        const classifier = createClassifier()
        classifier.learnAll(lessons)
        for (const one of past) classifier.learn(one, '供暖')
        classifier.learn(text, label)
        assert.equal(
          classifier.classify({ title: traditional(text.title), body: traditional(text.body) })[0]?.label,
          label,
        )
      },
    ),
    { numRuns: 20 },
  )
})

test('one by one from the first: what was learned before there was a second label still counts', () => {
  const classifier = createClassifier()
  const [lamp = '', drain = '', smoke = '', heating = '', bus = ''] = troubles
  for (const text of [lamp, drain, smoke, heating]) classifier.learn(text, '民生')
  classifier.learn(bus, '交通')
  for (const text of [lamp, drain, smoke, heating]) {
    const [first] = classifier.classify(text)
    assert.equal(first?.label, '民生')
    assert.ok((first?.score ?? 0) > 0.7)
  }
  assert.equal(classifier.classify(bus)[0]?.label, '交通')
})

test('what many texts say outlasts more names than there are places for', () => {
  const classifier = createClassifier()
  classifier.learnAll(lessons)
  const answers = () =>
    ['路灯不亮，请修路灯', '暖气不热，室温太低', '公交车不来，等车太久'].map(
      (text) => classifier.classify(text)[0]?.label,
    )
  const rare = (i: number) => String.fromCharCode(0x4e_00 + ((i * 7919) % 20_000))
  for (let i = 0; i < 1200; i++) {
    const names = Array.from({ length: 300 }, (_, j) => rare(i * 300 + j) + rare(i * 577 + j * j))
    classifier.learn(names.join('，'), ['照明', '供暖', '交通'][i % 3] ?? '')
  }
  assert.deepEqual(answers(), ['照明', '供暖', '交通'])
})

test('two classifiers rebuilt from the same log, corrections included, are the same to the last byte', () => {
  const rebuilt = () => {
    const classifier = createClassifier()
    classifier.learnAll([...lessons, ['梧桐街路灯不亮，公交站漆黑', '交通'], ['望江街井盖丢失', '井盖']])
    return classifier
  }
  const [one, other] = [rebuilt(), rebuilt()]
  assert.ok(Buffer.from(one.save()).equals(other.save()))
  assert.equal(one.classify('望江街井盖丢失')[0]?.label, '井盖')
})

test('confidence has three steps', () => {
  const { confidence } = createClassifier()
  assert.deepEqual([1, 0.7, 0.3].map(confidence), ['sure', 'likely', 'unsure'])
})

test('a saved classifier answers and learns on as the one that was saved', () => {
  const classifier = createClassifier()
  classifier.learnAll(lessons)
  const copy = createClassifier(classifier.save())
  for (const one of [classifier, copy]) one.learn('望江街井盖丢失', '井盖')
  for (const text of [...troubles, '望江街井盖']) assert.deepEqual(copy.classify(text), classifier.classify(text))
})

test('more labels than there was room for are learned without forgetting the first', () => {
  const classifier = createClassifier()
  const names = Array.from({ length: 40 }, (_, i) => `第${i}类`)
  const text = (i: number) =>
    `事项${String.fromCharCode(0x4e_00 + i * 7)}${String.fromCharCode(0x5e_00 + i * 11)}需要办理`
  classifier.learnAll(names.map((name, i) => [text(i), name] as const))
  for (const [i, name] of names.entries()) assert.equal(classifier.classify(text(i))[0]?.label, name)
})

const voices = [
  { id: 'w1', title: '清泉胡同污水漫到门口', body: '清泉胡同下水道堵塞，污水漫到门口，臭气熏天。' },
  { id: 'w2', title: '污水漫到清泉胡同门口', body: '下水道堵塞，清泉胡同污水漫到门口，无人清理。' },
  { id: 'l1', title: '银杏大道路灯不亮', body: '银杏大道路灯不亮，夜里老人摔倒。' },
  { id: 'l2', title: '银杏大道的路灯不亮了', body: '夜里银杏大道路灯不亮，老人摔倒受伤。' },
  { id: 'x1', title: '申请法律援助', body: '请问申请法律援助需要什么材料？' },
  { id: 'x2', title: '办理居住证', body: '外地户口怎样办理居住证？' },
]
const groupOf = (groups: readonly (readonly string[])[], id: string) => groups.find((group) => group.includes(id))

test('voices on one matter are grouped, others stay alone, everyone is in one group of each level', () => {
  const grouping = groupTexts(voices)
  assert.deepEqual(groupOf(grouping.problems, 'w1'), ['w1', 'w2'])
  assert.deepEqual(groupOf(grouping.problems, 'l1'), ['l1', 'l2'])
  assert.deepEqual(groupOf(grouping.problems, 'x1'), ['x1'])
  for (const level of [grouping.cases, grouping.problems])
    assert.deepEqual(level.flat().toSorted(), voices.map(({ id }) => id).toSorted())
})

test('what a person joined stays joined, what a person parted stays parted, on both levels', () => {
  const grouping = groupTexts(voices, { mustLink: [['x1', 'x2']], cannotLink: [['w1', 'w2']] })
  for (const level of [grouping.cases, grouping.problems]) {
    assert.equal(groupOf(level, 'x1'), groupOf(level, 'x2'))
    assert.notEqual(groupOf(level, 'w1'), groupOf(level, 'w2'))
  }
})

test('a long time between them parts like texts', () => {
  const [one, other, ...rest] = voices
  assert.ok(one && other)
  const grouping = groupTexts([{ ...one, at: 0 }, { ...other, at: 2000 * DAY }, ...rest])
  assert.notEqual(groupOf(grouping.problems, 'w1'), groupOf(grouping.problems, 'w2'))
})

test('constraints hold for any voices and any judgement of a person', () => {
  const pair = fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b)
  fc.assert(
    fc.property(
      fc.array(appeal, { minLength: 10, maxLength: 10 }),
      fc.array(pair, { maxLength: 4 }),
      pair,
      (texts, parted, joined) => {
        const ids = ([a, b]: readonly [number, number]) => [String(a), String(b)] as const
        const both = (x: readonly [number, number]) => x.includes(joined[0]) && x.includes(joined[1])
        const cannotLink = parted.filter((x) => !both(x)).map(ids)
        const given = texts.map((text, i) => ({ ...text, id: String(i) }))
        const { cases, problems } = groupTexts(given, { mustLink: [ids(joined)], cannotLink })
        for (const level of [cases, problems]) {
          assert.equal(groupOf(level, ids(joined)[0]), groupOf(level, ids(joined)[1]))
          for (const [a, b] of cannotLink) assert.notEqual(groupOf(level, a), groupOf(level, b))
        }
        for (const group of cases)
          assert.ok(group.every((id) => groupOf(problems, id) === groupOf(problems, group[0] ?? '')))
      },
    ),
    { numRuns: 100 },
  )
})

test('traditional input gives identical labels, hits and groups', () => {
  const classifier = createClassifier()
  classifier.learnAll(lessons)
  const index = createTextIndex()
  for (const street of streets)
    for (const [i, trouble] of troubles.entries())
      index.add({ ...entry(`${street}${i}`, `${street}${trouble}`, trouble), place: street })
  fc.assert(
    fc.property(fc.array(appeal, { minLength: 1, maxLength: 6 }), fc.constantFrom(...streets), (texts, place) => {
      const turned = texts.map(({ title, body }) => ({ title: traditional(title), body: traditional(body) }))
      for (const [i, text] of texts.entries()) {
        const other = turned[i] ?? text
        assert.deepEqual(classifier.classify(other), classifier.classify(text))
        const asked = { at: DAY, limit: 5 }
        assert.deepEqual(
          index.search({ ...other, ...asked, place: traditional(place) }),
          index.search({ ...text, ...asked, place }),
        )
      }
      const named = (list: typeof texts) => list.map((text, i) => ({ ...text, id: String(i) }))
      assert.deepEqual(groupTexts(named(turned)), groupTexts(named(texts)))
    }),
    { numRuns: 200 },
  )
})
