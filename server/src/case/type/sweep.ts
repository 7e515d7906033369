import { JOINT, SweepFacts } from '@banjie/contract'
import { action, defineCaseType, within } from '../engine/case-type.ts'
import { handOver } from '../step/hand-over.ts'
import { issueNotice } from '../step/issue-notice.ts'
import { note } from '../step/urge.ts'

/** Have (排查有): each place becomes a problem of its own, linked to the sweep. */
const replyHave = action({
  label: '上报有',
  from: ['sent'],
  to: 'have',
  by: ['handler', 'head'],
  primary: true,
  input: JOINT.replyHave,
  effect: ({ input, by }) => ({
    answer: `发现 ${input.places.length} 处`,
    closedAt: by.at,
    authorId: by.personId,
  }),
  async follow({ tx, kase, input, by, engine }) {
    await engine.open(
      tx,
      input.places.map(({ title, content, address }) => ({
        type: 'problem',
        channel: kase.channel,
        parentId: kase.id,
        facts: {
          title,
          content,
          confidential: kase.confidential,
          // Whoever looks for himself has found it himself, whatever made him look.
          foundBy: 'self',
          ...(address !== undefined && { location: { address } }),
        },
      })),
      by,
    )
  },
})

/** None (排查无): the unit signs that it has looked and found nothing. */
const replyNone = action({
  label: '上报无',
  from: ['sent'],
  to: 'none',
  by: ['head'],
  input: JOINT.replyNone,
  effect: ({ kase, input, by }) => ({
    answer: input.statement,
    closedAt: by.at,
    authorId: by.personId,
    facts: { ...kase.facts, signedBy: by.name },
  }),
})

/** Spot check (抽查): somebody else looks at what was signed as none. A false one is a matter of accountability. */
const spotCheck = action({
  label: '抽查',
  from: ['none'],
  to: 'falseNone',
  by: ['supervisor', 'dispatcher'],
  input: JOINT.spotCheck,
  effect: ({ kase, input, by }) => ({
    stage: input.found ? 'falseNone' : 'none',
    facts: { ...kase.facts, checked: { by: by.name, found: input.found } },
  }),
  async follow(sequel) {
    const { kase, input } = sequel
    const text = `${kase.number} 上报“无”，抽查发现存在：${input.note}。请说明情况并整改。`
    if (input.found) await issueNotice(sequel, { kind: 'red', to: 'head', text })
  },
})

/** Sweep (同类排查): the question put to one unit, answered "have" or "none" under its signature. */
export const sweepOrder = defineCaseType({
  id: 'sweep',
  label: '同类排查',
  prefix: 'PC',
  facts: SweepFacts,
  stages: { sent: '待上报', have: '已报有', none: '已报无', falseNone: '抽查不实' },
  first: 'sent',
  ends: ['have', 'none', 'falseNone'],
  opens: ['system'],
  actions: {
    replyHave,
    replyNone,
    spotCheck,
    note: within(note, 'sent', 'have', 'none'),
    handOver: within(handOver, 'sent'),
  },
  clocks: {
    handle: {
      starts: ['open'],
      ends: ['replyHave', 'replyNone'],
      dueOn: ({ facts }) => new Date(String(facts['dueAt'])),
      shows: ['sent'],
    },
  },
})
