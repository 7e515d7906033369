import type { Knowledge, PublicSimilar } from '@banjie/contract'
import type { z } from 'zod'
import { type Html, html } from './html.ts'
import { nearKnowledge } from './knowledge-page.ts'
import type { Values } from './page.ts'

type Item = z.input<typeof PublicSimilar>['items'][number]

/** What was typed (已填内容) rides along, so that nothing has to be typed again; so does how the person came. */
const CARRIED = ['content', 'address', 'name', 'phone', 'confidential', 'kind', 'photoIds', 'm', 'drive'] as const
const carried = (values: Values, token: string) =>
  html`<input type="hidden" name="token" value="${token}">${CARRIED.map(
    (name) => values[name] && html`<input type="hidden" name="${name}" value="${values[name]}">`,
  )}`

/** Whoever saw the similar ones and goes on has answered the question. */
const ALONE = html`<input type="hidden" name="alone" value="1">`

/** What comes near to what somebody is about to file: reports of others, and entries of the knowledge base. */
export interface Near {
  readonly items: readonly Item[]
  readonly entries: readonly Knowledge[]
}
export const isNothing = ({ items, entries }: Near) => items.length === 0 && entries.length === 0

/** Is it this? (是不是这件事): at most three; one tap says “me too”, another goes on. What is known already stands above. */
export const similarPage = (
  { items, entries }: Near,
  { values, token }: { values: Values; token: string },
): Html => html`<h1>${items.length === 0 ? '先看一眼' : '是不是这件事？'}</h1>${items.length > 0 && html`<p class="lead">附近有人反映过类似的情况。是同一件事的，点一下就算上您，不用再填。</p>`}
<form method="post" action="/r" enctype="multipart/form-data">${carried(values, token)}${ALONE}
${nearKnowledge(entries)}${items.length > 0 && html`${entries.length > 0 && html`<h2>附近反映过的</h2>`}<ul class="open">${items.map(itemOf)}</ul>`}
<button class="button second">不是，继续提交</button></form><p class="muted" style="margin-top:12px">您填的内容都还在。</p>`

/** The same while somebody types (边填边提示): a piece of the form's own page, sent with the form. */
export const nearPiece = (near: Near): Html =>
  isNothing(near)
    ? html``
    : html`${nearKnowledge(near.entries)}${near.items.length > 0 && html`<h2>附近有人反映过类似的情况</h2><p class="muted">是同一件事的，点一下就算上您；留了电话，有进展会告诉您。不是的，接着填写提交就行。</p><ul class="open">${near.items.map(itemOf)}</ul>`}${ALONE}`

const itemOf = (one: Item) =>
  html`<li class="card"><h2>${one.title ?? one.category}</h2><p class="muted">${[one.title === undefined ? null : one.category, one.place, daysWord(one.daysAgo), one.stageLabel].filter(Boolean).join(' · ')}</p>${one.answer && html`<details><summary>看公开的答复</summary><div class="answer">${one.answer}</div></details>`}${one.open && html`<button class="button second" formaction="/r/same" formnovalidate name="same" value="${one.token}">是，我也遇到</button>`}</li>`
const daysWord = (days: number) => (days === 0 ? '今天反映' : `${days} 天前反映`)

/** What became of “me too”: counted, told where to send news, or why not. */
export interface Said {
  readonly counted: boolean
  readonly follows: boolean
  readonly detail: string
}

/** Counted (已算上您), or why not; who left no number may still, and who has more to say files it alone after all. */
export const samePage = (said: Said, { values, token }: { values: Values; token: string }): Html =>
  html`<h1>${said.counted ? '已算上您' : said.follows ? '已记下联系电话' : '没有计入'}</h1><p class="promise" role="status">${said.follows && '有进展会告诉您。'}${said.detail}</p>
${said.counted && !said.follows && html`<form class="card" method="post" action="/r/same" enctype="multipart/form-data">${carried({ ...values, phone: undefined, confidential: undefined }, token)}<input type="hidden" name="same" value="${values['same']}"><div class="field"><label for="phone">有进展要告诉您吗<span class="hint">留个手机号，只用于这件事</span></label><input type="tel" id="phone" name="phone" maxlength="20" autocomplete="tel" inputmode="tel"></div><button class="button second">有进展告诉我</button></form>`}
<form class="card" method="post" action="/r" enctype="multipart/form-data">${carried(values, token)}${ALONE}<p>您的情况不一样，或者想单独得到答复？您填的内容还在。</p><button class="button second">单独提交</button></form><p><a href="/">返回首页</a></p>`
