import { LIGHT, LIGHT_SHAPE, OUTCOME } from '@banjie/contract'
import { stringify } from 'csv-stringify/sync'
import type { PublicAnswers } from '#appeal'
import { dayOf } from '#org'
import type { PublicItem, PublicList } from '#problem'
import { type Html, html } from './html.ts'

const HEADER = [
  ...['方面', '编号', '问题', '责任单位', '整改措施', '整改期限', '状态', '灯', '销号日期', '最新进展'],
  ...['诉求件数', '同感人数', '承诺', '承诺期限', '承诺状态', '更正', '失信'],
]
const dayWord = (instant: string | null) => (instant === null ? '' : dayOf(new Date(instant)))

/** A list as CSV: one row an item, one more for each further commitment to it. A byte order mark, so that spreadsheets read it as UTF-8. */
export const listCsv = (list: PublicList): string =>
  stringify([HEADER, ...list.items.flatMap(rowsOf)], { bom: true, escape_formulas: true })

function rowsOf(item: PublicItem): (string | number)[][] {
  const row = [
    ...[item.aspect, item.number, item.title, item.unit ?? '', item.measures ?? '', item.deadline ?? ''],
    ...[item.stageLabel, `${LIGHT_SHAPE[item.light]} ${LIGHT[item.light]}`, dayWord(item.acceptedAt)],
    ...[item.progress ?? '', item.voices, item.meToo ?? ''],
  ]
  if (item.commitments.length === 0) return [[...row, '', '', '', '', '']]
  return item.commitments.map((word) => [
    ...row,
    ...[word.text, word.deadline, word.stateLabel],
    word.corrections.map(({ at, reason }) => `${dayWord(at)} ${reason}`).join('；'),
    word.breaches.map(({ deadline }) => `${deadline} 未兑现`).join('；'),
  ])
}

const MOST_CHANGES = 100
/** XML 1.0 knows no control characters but tab, line feed and carriage return, and no lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is its purpose
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu

interface Home {
  /** Scheme and host under which the feed is read. */
  readonly origin: string
  readonly district: string
}
/** A feed in RSS 2.0 around its items. */
const feed = (title: string, home: string, what: string, items: readonly Html[]): string =>
  html`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${title}</title><link>${home}</link><atom:link href="${home}.rss" rel="self" type="application/rss+xml"/><description>${what}</description><language>zh-cn</language>${items}</channel></rss>`.text.replaceAll(
    NOT_XML,
    '',
  )

/** What happened to a list as RSS 2.0. */
export function listRss(list: PublicList, { origin, district }: Home): string {
  const home = `${origin}/open/lists/${list.id}`
  const items = list.changes.slice(0, MOST_CHANGES).map((change, i) => {
    const title = `${change.label}${change.item === null ? '' : `：${change.item}`}`
    const link = change.number === null ? home : `${home}#${change.number}`
    return html`<item><title>${title}</title><link>${link}</link><description>${change.why ?? title}</description><pubDate>${new Date(change.at).toUTCString()}</pubDate><guid isPermaLink="false">${list.id} ${change.at} ${change.number ?? ''} ${change.label} ${list.changes.length - i}</guid></item>`
  })
  return feed(`${list.title} · ${district}`, home, '清单变动：列入、销号、承诺、更正、失信', items)
}

type Answers = PublicAnswers['items']
/** Answers as RSS 2.0, each with its corrections: a correction is news of its own. */
export function answersRss(answers: Answers, { origin, district }: Home): string {
  const news = answers.flatMap((one) => {
    const link = `${origin}/open/${one.number}`
    const correctionOf = ({ at, reason, before }: Answers[number]['corrections'][number]) => ({
      ...{ at, link, guid: `${link} ${at}`, title: `更正：${one.title}` },
      what: `${reason}；${before === null ? '' : `原答复：${before} `}现为：${one.answer}`,
    })
    const said = [one.unit, one.answer].filter(Boolean).join('：')
    return [
      { at: one.publishedAt, link, guid: link, title: one.title, what: said },
      ...one.corrections.map(correctionOf),
    ]
  })
  const items = news
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_CHANGES)
    .map(
      ({ at, link, guid, title, what }) =>
        html`<item><title>${title}</title><link>${link}</link><description>${what}</description><pubDate>${new Date(at).toUTCString()}</pubDate><guid isPermaLink="false">${guid}</guid></item>`,
    )
  return feed(`公开答复 · ${district}`, `${origin}/open`, '公开的答复和更正', items)
}

const ANSWER_HEADER = ['编号', '事项', '类别', '责任单位', '答复', '结果', '答复日期', '公开日期', '更正']
/** Answers as CSV, newest first. */
export const answersCsv = (answers: Answers): string =>
  stringify(
    [
      ANSWER_HEADER,
      ...answers.map((one) => [
        ...[
          one.number,
          one.title,
          one.category ?? '',
          one.unit ?? '',
          one.answer,
          one.outcome ? OUTCOME[one.outcome] : '',
        ],
        ...[dayWord(one.answeredAt), dayWord(one.publishedAt)],
        one.corrections
          .map(({ at, reason, before }) => `${dayWord(at)} ${reason}${before === null ? '' : `（原答复：${before}）`}`)
          .join('；'),
      ]),
    ],
    { bom: true, escape_formulas: true },
  )
