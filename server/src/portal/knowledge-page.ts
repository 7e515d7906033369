import type { Knowledge } from '@banjie/contract'
import { type Html, html } from './html.ts'
import type { Values } from './page.ts'

const MOST_CARRIED = 200
const hrefOf = (id: string, q: string | undefined) =>
  `/k/${encodeURIComponent(id)}${q === undefined ? '' : `?q=${encodeURIComponent(q)}`}`

/** Find an answer (办事指南): what is known, in the words of whoever asks; what is not found becomes a report with the words already in it. */
export const knowledgePage = (entries: readonly Knowledge[], { q }: Values): Html => html`<h1>查办法</h1>
<p class="lead">很多事有现成的办法，查到就不用等答复。</p>
<form method="get" action="/k" role="search"><div class="field"><label for="q">想问什么<span class="hint">用自己的话说，如“暖气不热”“孩子转学”</span></label><input type="text" id="q" name="q" value="${q}" maxlength="${MOST_CARRIED}" autocomplete="off"></div><button class="button">查一查</button></form>
${q !== undefined && html`<h2>${entries.length === 0 ? '没有查到现成的办法' : `查到 ${entries.length} 条`}</h2>`}${entries.length === 0 && q === undefined && html`<p class="muted">还没有公开的办法。</p>`}
<ul class="open">${entries.map((entry) => html`<li class="card"><h2><a href="${hrefOf(entry.id, q)}">${entry.title}</a></h2><p>${brief(entry.text)}</p>${usefulLine(entry)}</li>`)}</ul>
${goOn(q)}`

/** One entry (知识条目) in full: where it comes from, until when it holds, whether it helped. */
export const knowledgeEntryPage = (
  entry: Knowledge,
  { token, said, q }: { token: string; said: boolean; q: string | undefined },
): Html => html`<h1>${entry.title}</h1><div class="answer">${entry.text}</div>
<p class="muted" style="margin-top:12px">${[entry.owner, entry.source && `依据：${entry.source}`, entry.expiresOn && `有效期至 ${entry.expiresOn}`].filter(Boolean).join(' · ')}</p>${entry.sourceUrl && html`<p><a href="${entry.sourceUrl}" rel="noopener">看原文</a></p>`}
${said ? html`<p class="promise" role="status">谢谢，已经记下。</p>` : html`<form class="card" method="post" action="/k/${entry.id}/votes"><input type="hidden" name="token" value="${token}">${q !== undefined && html`<input type="hidden" name="q" value="${q}">`}<p><b>解决您的问题了吗？</b></p><div class="go" style="margin:0"><button class="button second" name="useful" value="1">有用</button><button class="button second" name="useful" value="0">没用</button></div></form>`}
${goOn(q)}<p><a href="/k">再查别的</a></p>`

/** Whoever was not helped reports; nothing has to be typed again. */
const goOn = (q: string | undefined) =>
  html`<div class="card"><p>没有找到，或者按这个办不成？</p><a class="button" href="/r${q !== undefined && `?content=${encodeURIComponent(q)}`}">我要反映</a></div>`

/** Entries near to what somebody is about to file (提交前提示): opened where they stand, so that nothing typed is left behind. */
export const nearKnowledge = (entries: readonly Knowledge[]): Html | false =>
  entries.length > 0 &&
  html`<h2>也许马上就有答案</h2><ul class="open">${entries.map((entry) => html`<li class="card"><details><summary>${entry.title}</summary><div class="answer">${entry.text}</div><p class="muted" style="margin:8px 0 0">${[entry.owner, entry.source && `依据：${entry.source}`].filter(Boolean).join(' · ')}</p></details></li>`)}</ul>`

const BRIEF = 70
/** The first sentences that fit, so that no number is cut in two. */
const brief = (text: string) => {
  const sentences = text.split(/(?<=[。；！？\n])/)
  let shown = sentences[0] ?? ''
  for (const sentence of sentences.slice(1)) {
    if (shown.length + sentence.length > BRIEF) return `${shown}……`
    shown += sentence
  }
  return shown
}
const usefulLine = ({ useful, owner }: Knowledge) =>
  html`<p class="muted" style="margin:0">${[owner, useful > 0 && `${useful} 人觉得有用`].filter(Boolean).join(' · ')}</p>`
