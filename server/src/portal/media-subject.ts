import { LIGHT } from '@banjie/contract'
import { type PublicAnswers, publicAnswers } from '#appeal'
import type { Engine } from '#case'
import { type PublicDrive, publicDrive, publicDrives } from '#channel'
import type { MediaSubject, MediaSubjects } from '#disclosure'
import { Fault } from '#kernel/fault'
import { type PublicItem, type PublicList, publicList, publicLists } from '#problem'

const MOST_ANSWERS = 50
const SEPARATOR = ':'

/** What the public pages show, as subjects for the district's own media (宣传对象): nothing else can be told of. */
export function mediaSubjectsOf(engine: Engine): MediaSubjects {
  return {
    async list(tx, now) {
      const heads = await publicLists(tx, now)
      const lists: PublicList[] = []
      for (const { id } of heads) lists.push(await publicList(tx, engine, { id, now }))
      const { items: answers } = await publicAnswers(tx, { limit: MOST_ANSWERS })
      const drives = await publicDrives(tx)
      return [
        ...lists.flatMap((list) => list.items.map((item) => ofProblem(list, item))),
        ...lists.map(ofList),
        ...answers.map(ofAnswer),
        ...drives.map(({ id, title, from, to }) => ({
          kind: 'drive' as const,
          ref: id,
          title,
          note: `${from} 至 ${to}`,
        })),
      ]
    },
    async find(tx, { kind, ref }, now) {
      try {
        switch (kind) {
          case 'problem': {
            const [id = '', number] = ref.split(SEPARATOR)
            const list = await publicList(tx, engine, { id, now })
            const item = list.items.find((one) => one.number === number)
            return item && ofProblem(list, item)
          }
          case 'list':
            return ofList(await publicList(tx, engine, { id: ref, now }))
          case 'answer': {
            const { items } = await publicAnswers(tx, { limit: 1, number: ref })
            return items.map(ofAnswer)[0]
          }
          case 'drive': {
            const shown = (await publicDrives(tx)).find(({ id }) => id === ref)
            return shown && ofDrive(await publicDrive(tx, engine, shown.id))
          }
        }
      } catch (error) {
        if (error instanceof Fault && error.status === 404) return undefined
        throw error
      }
    },
  }
}

const sentence = (...parts: readonly (string | false | null | undefined)[]) => `${parts.filter(Boolean).join('，')}。`

function ofProblem(list: PublicList, item: PublicItem): MediaSubject {
  const { title, unit, deadline, stageLabel, light, measures, progress, voices } = item
  return {
    ...{ kind: 'problem', ref: `${list.id}${SEPARATOR}${item.number}`, path: `/open/lists/${list.id}#${item.number}` },
    ...{ title, note: `${list.title} · ${unit ?? '责任单位待定'} · ${stageLabel}` },
    gist: sentence(
      `大家反映的“${title}”`,
      unit === null ? '责任单位待定' : `由${unit}负责`,
      deadline !== null && `整改期限 ${deadline}`,
      `目前${stageLabel}（${LIGHT[light]}）`,
    ),
    paragraphs: [
      measures !== null && `整改措施：${measures}`,
      progress !== null && `最新进展：${progress}`,
      voices > 0 && `这个问题汇集了 ${voices} 件诉求。`,
      ...item.commitments.flatMap((word) => [
        `${word.unit}公开承诺（${word.deadline} 前）：${word.text}（${word.stateLabel}）`,
        ...word.corrections.map(
          (change) => `更正：${change.reason}。原承诺：${change.before.text}（${change.before.deadline} 前）`,
        ),
        ...word.breaches.map((breach) => `失信：应于 ${breach.deadline} 兑现，逾期未兑现。`),
      ]),
    ].filter((line) => line !== false),
  }
}

function ofList(list: PublicList): MediaSubject {
  const accepted = list.items.filter((item) => item.accepted).length
  const overdue = list.items.filter(({ light }) => light === 'red').length
  return {
    ...{ kind: 'list', ref: list.id, path: `/open/lists/${list.id}`, title: list.title },
    note: [list.owner, `${list.items.length} 个问题`].filter(Boolean).join(' · '),
    gist: sentence(
      `${list.title}列出 ${list.items.length} 个问题`,
      `已销号 ${accepted} 个`,
      overdue > 0 && `超期 ${overdue} 个`,
      '由谁解决、何时解决、解决到哪一步都可查看',
    ),
    paragraphs: list.aspects.flatMap((aspect) => {
      const own = list.items.filter((item) => item.aspect === aspect)
      const lines = own.map(({ title, unit, stageLabel }) => `· ${title}（${unit ?? '责任单位待定'}，${stageLabel}）`)
      return own.length === 0 ? [] : [`${aspect}（${own.length} 个）\n${lines.join('\n')}`]
    }),
  }
}

function ofAnswer({ number, title, unit, answer, corrections }: PublicAnswers['items'][number]): MediaSubject {
  const who = unit ?? '承办单位'
  return {
    ...{ kind: 'answer', ref: number, path: `/open/${number}`, title, note: who },
    gist: `有人反映“${title}”，${who}已经答复：${answer.replaceAll(/\s+/g, ' ')}`,
    paragraphs: corrections.map(({ at, reason }) => `更正（${at.slice(0, 10)}）：${reason}`),
  }
}

function ofDrive({ id, title, from, to, unit, audience, status, figures }: PublicDrive): MediaSubject {
  const { total, problems, answered, unanswered, groups } = figures
  return {
    ...{ kind: 'drive', ref: id, path: `/open/drives/${id}`, title, note: `${from} 至 ${to}` },
    gist: sentence(
      `${title}（${from} 至 ${to}）收到意见 ${total} 条`,
      problems.length > 0 && `归并为 ${problems.length} 个问题`,
      `已答复 ${answered} 条`,
      unanswered > 0 && `${unanswered} 条正在办理`,
    ),
    paragraphs: [
      `牵头单位：${unit.name}${audience === null ? '' : `；面向${audience}`}。`,
      `意见来源：${groups.map(({ label, count }) => `${label} ${count} 条`).join('，')}。`,
      problems.length > 0 &&
        `归并的问题：\n${problems.map((one) => `· ${one.title}（${one.count} 条，${one.stageLabel}）`).join('\n')}`,
      status === 'open' && '征集还在进行，欢迎您也说一条。',
    ].filter((line) => line !== false),
  }
}
