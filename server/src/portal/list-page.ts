import { LIGHT, LIGHT_SHAPE, type Light } from '@banjie/contract'
import type { PublicCommitment, PublicItem, PublicList, publicLists } from '#problem'
import { html } from './html.ts'

type ListRow = Awaited<ReturnType<typeof publicLists>>[number]

/** A light as word and shape, so that colour never stands alone. */
const lightMark = (light: Light) => html`<span class="light ${light}">${LIGHT_SHAPE[light]} ${LIGHT[light]}</span>`

/** Public lists (公开清单): what the district has set itself to solve, and how far it is. */
export const publicListsPage = (lists: readonly ListRow[]) => html`<style>${STYLE}</style><h1>问题清单与承诺</h1>
<p class="lead">大家反映的突出问题，由谁解决、何时解决、解决到哪一步，都在这里。没做到的也写明。</p>
${lists.length === 0 && html`<p class="muted">还没有公布的清单。可以先看<a href="/open">公开答复</a>。</p>`}
<ul class="open">${lists.map((list) => html`<li class="card"><h2><a href="/open/lists/${list.id}">${list.title}</a></h2><p class="muted">${[list.ownerName, list.publishedAt && `${dayWord(list.publishedAt.toISOString())}公布`, list.state === 'closed' && '已结束'].filter(Boolean).join(' · ')}</p><p><b>${list.items}</b> 个问题，已销号 <b>${list.accepted}</b> 个${list.overdue > 0 && html`，<span class="light red">${LIGHT_SHAPE.red} 超期 ${list.overdue} 个</span>`}</p><progress max="${Math.max(1, list.items)}" value="${list.accepted}">${list.accepted}/${list.items}</progress></li>`)}</ul>`

/** One list (清单): aspect by aspect, item by item, with what was promised and what became of it. */
export const publicListPage = (list: PublicList) => {
  const accepted = list.items.filter((item) => item.accepted).length
  return html`<style>${STYLE}</style><h1>${list.title}</h1>
<p class="muted">${[list.owner, `${dayWord(list.publishedAt)}公布`, list.isClosed && '已结束', list.source].filter(Boolean).join(' · ')}</p>
<p>${list.items.length} 个问题，已销号 ${accepted} 个。<a href="/open/lists/${list.id}.csv">下载表格</a> · <a href="/open/lists/${list.id}.rss">订阅变动（RSS）</a></p>
<nav class="aspects" aria-label="方面">${list.aspects.map((aspect, i) => html`<a href="#a${i}">${aspect}（${of(list, aspect).length}）</a>`)}</nav>
${list.ofList.length > 0 && html`<section><h2>总体承诺</h2>${list.ofList.map(word)}</section>`}
${list.aspects.map((aspect, i) => html`<section id="a${i}"><h2>${aspect}</h2>${of(list, aspect).length === 0 && html`<p class="muted">这个方面没有问题。</p>`}<ol class="items">${of(list, aspect).map(itemCard)}</ol></section>`)}
<section><h2>变动记录</h2>${list.changes.length === 0 && html`<p class="muted">公布以来没有变动。</p>`}<ol class="time">${list.changes.slice(0, CHANGES_SHOWN).map((change) => html`<li><time datetime="${change.at}">${dayWord(change.at)}</time><b>${change.label}</b>${change.item && html` ${change.item}`}${change.why && html`：${change.why}`}</li>`)}</ol></section>
<p><a href="/open/lists">返回全部清单</a></p>`
}
const CHANGES_SHOWN = 50
const of = (list: PublicList, aspect: string) => list.items.filter((item) => item.aspect === aspect)

const itemCard = (item: PublicItem) =>
  html`<li class="card item" id="${item.number}"><h3>${item.title}</h3><p class="state">${lightMark(item.light)}<span>${item.stageLabel}${item.accepted && item.acceptedAt && html`（${dayWord(item.acceptedAt)}）`}</span></p>
<dl><dt>责任单位</dt><dd>${item.unit ?? '待定'}</dd>${item.deadline && html`<dt>整改期限</dt><dd>${item.deadline}</dd>`}${item.measures && html`<dt>整改措施</dt><dd>${item.measures}</dd>`}${item.progress && html`<dt>最新进展</dt><dd>${item.progress}</dd>`}<dt>反映</dt><dd>${item.voices} 件诉求${item.meToo !== null && item.meToo > 0 && html`，${item.meToo} 人同感`}</dd></dl>
${item.commitments.length === 0 ? html`<p class="muted">责任单位还没有公开承诺。</p>` : item.commitments.map(word)}</li>`

/** What was promised, corrected, broken: nothing is taken away from what was once read here. */
const word = (one: PublicCommitment) =>
  html`<div class="word ${one.state}"><p><b>${one.unit}承诺</b>（${one.deadline} 前）：${one.text}</p><p class="muted">${one.stateLabel}${one.outcome && html`：${one.outcome}`}</p>
${one.corrections.map((change) => html`<p class="corrected"><b>更正</b> ${dayWord(change.at)}：${change.reason}。原承诺：<del>${change.before.text}（${change.before.deadline} 前）</del></p>`)}
${one.breaches.map((breach) => html`<p class="breach"><b>■ 失信</b> 应于 ${breach.deadline} 兑现，逾期未兑现${one.state === 'fulfilled' && '，后已补办'}</p>`)}</div>`

const STYLE = html`.card progress{width:100%;height:12px;accent-color:var(--ok)}.aspects{display:flex;flex-wrap:wrap;gap:var(--2);margin:0 0 var(--4)}.aspects a{border:1px solid var(--line);border-radius:999px;padding:6px 14px;text-decoration:none;background:var(--surface)}.items{list-style:none;padding:0;margin:0}.item h3{margin:0 0 6px;font-size:1.05rem}.state{display:flex;gap:var(--3);flex-wrap:wrap;margin:0 0 var(--3)}.light{font-weight:700}.light.red{color:var(--bad)}.light.yellow{color:var(--warn)}.light.green,.light.done{color:var(--ok)}.word{border-left:4px solid var(--brand);background:var(--brand-soft);border-radius:var(--radius);padding:var(--3) var(--4);margin-top:var(--3)}.word p{margin:0 0 6px}.word.broken{border-left-color:var(--bad);background:var(--surface);outline:1px solid var(--bad)}.breach{color:var(--bad)}.word .corrected{margin-top:6px}`

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})
const dayWord = (instant: string) => DAY.format(new Date(instant))
