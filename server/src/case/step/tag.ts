import { TAGGING } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { action } from '../engine/case-type.ts'
import { putCaseTags } from '../tag.sql.ts'
import { tagSetInForce, tagsOf } from '../tag.ts'

/**
 * Tag (打标签): the tags that a case has from now on, 热点 or 急 or 重大. New ones come from the dictionary in force; one that it has already may
 * stay although the dictionary has changed.
 */
export const tag = action({
  label: '打标签',
  from: [],
  to: null,
  by: ['clerk', 'dispatcher', 'supervisor', 'handler'],
  input: TAGGING,
  async guard({ tx, kase, input, by }) {
    const { kinds } = await tagSetInForce(tx, dayOf(by.at))
    const known = new Set([...kinds.flatMap(({ tags }) => tags.map(({ id }) => id)), ...tagsOf(kase)])
    const unknown = input.tags.find((one) => !known.has(one))
    if (unknown !== undefined) throw new Fault('tag.unknown', { tag: unknown })
  },
  effect: ({ kase, input }) => {
    const tags = new Set([...(input.keep === true ? tagsOf(kase) : []), ...input.tags])
    return { facts: { ...kase.facts, tags: [...tags] } }
  },
  follow: async ({ tx, kase }) => void (await putCaseTags(tx, kase.id, tagsOf(kase))),
  propose: async ({ kase }) => ({ tags: tagsOf(kase) }),
})
