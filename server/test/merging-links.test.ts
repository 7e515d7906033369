import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keepLinks, type Pair } from '../src/merging/keep-links.ts'
import { type Spoken, suggest } from '../src/merging/suggest.ts'

const IDS = Array.from({ length: 12 }, (_, n) => `v${n}`)
const pair = fc
  .uniqueArray(fc.constantFrom(...IDS), { minLength: 2, maxLength: 2 })
  .map(([a = '', b = '']): Pair => [a, b])
const links = fc.record({ must: fc.array(pair, { maxLength: 8 }), cannot: fc.array(pair, { maxLength: 8 }) })
/** Every id with the number of its group. */
const groups = fc.array(fc.nat({ max: 4 }), { minLength: IDS.length, maxLength: IDS.length }).map((numbers) => {
  const byNumber = Map.groupBy(IDS, (_, n) => numbers[n] ?? 0)
  return [...byNumber.values()]
})
const together = (all: readonly (readonly string[])[], [one, other]: Pair) =>
  all.some((group) => group.includes(one) && group.includes(other))

test('what a person keeps apart is never in one group, and nobody is lost or doubled', () => {
  fc.assert(
    fc.property(groups, links, (suggested, said) => {
      const kept = keepLinks(suggested, said)
      for (const one of said.cannot) assert.ok(!together(kept, one), `${one} in ${JSON.stringify(kept)}`)
      assert.deepEqual(kept.flat().sort(), [...IDS].sort())
    }),
  )
})

test('what a person puts together stays together, whatever the texts say, unless another word forbids it', () => {
  fc.assert(
    fc.property(groups, fc.array(pair, { maxLength: 8 }), (suggested, must) => {
      const kept = keepLinks(suggested, { must, cannot: [] })
      for (const one of must) assert.ok(together(kept, one))
    }),
  )
})

test('of two words that contradict each other the newer holds', () => {
  const newerFirst: Pair[] = [
    ['v0', 'v1'],
    ['v1', 'v2'],
  ]
  assert.deepEqual(keepLinks([['v0'], ['v1'], ['v2']], { must: newerFirst, cannot: [['v0', 'v2']] }), [
    ['v0', 'v1'],
    ['v2'],
  ])
})

test('in both levels of the suggestions, for any grouping of the texts, decisions hold and every voice is counted once', () => {
  const spoken = (id: string): Spoken => ({
    ...{ id: id as Spoken['id'], number: id, title: `暖气不热${id}`, content: '暖气不热', place: null, category: null },
    ...{ confidential: false, party: null, reporter: null },
  })
  fc.assert(
    fc.property(groups, groups, links, (cases, problems, said) => {
      const task = {
        voices: IDS.slice(0, 10).map(spoken),
        problems: IDS.slice(10).map(spoken),
        links: said,
        samePeople: [],
      }
      const found = suggest(task, { group: () => ({ cases, problems }), words: () => ['暖气', '不热'] })
      const inGroups = found.groups.map(({ matters }) => matters.flatMap(({ ids }) => ids as string[]))
      for (const one of said.cannot) {
        assert.ok(!together(inGroups, one))
        assert.ok(
          !found.groups.some(({ matters }) =>
            together(
              matters.map(({ ids }) => ids),
              one,
            ),
          ),
        )
        for (const [voice, problem] of [one, one.toReversed() as unknown as Pair])
          for (const group of found.groups)
            if (group.problem?.id === problem)
              assert.ok(!group.matters.some(({ ids }) => (ids as string[]).includes(voice)))
      }
      const counted = found.groups.reduce((sum, { size }) => sum + size, 0) + found.single
      assert.equal(counted, 10)
      assert.equal(new Set(inGroups.flat()).size, inGroups.flat().length)
    }),
  )
})
