import {
  type CurrentText,
  GAP_CAUSE,
  type NoticeInForce,
  OBLIGED_TRADE,
  type ObligedTrade,
  ORGANISATION_KIND,
  type OrganisationKind,
  type PublicDisclosure,
} from '@banjie/contract'
import { type Html, html } from './html.ts'

type Part = PublicDisclosure['parts'][number]

/** Search by name and trade, as a form that needs no script. */
const searchForm = ({ q, trade }: { q?: string | undefined; trade?: ObligedTrade | undefined }) =>
  html`<form class="search" method="get" action="/open/disclosures"><div class="two"><div class="field"><label for="q">单位名称</label><input type="text" id="q" name="q" maxlength="60" value="${q}"></div>
<div class="field"><label for="trade">行业</label><select id="trade" name="trade"><option value="">全部行业</option>${Object.entries(OBLIGED_TRADE).map(([id, word]) => html`<option value="${id}"${id === trade && html` selected`}>${word}</option>`)}</select></div></div><button class="button second">查找</button></form>`

/** Disclosures (四项公开): who has published what, and the missing list in full. */
export const disclosuresPage = (
  bodies: readonly PublicDisclosure[],
  wanted: { q?: string | undefined; trade?: ObligedTrade | undefined },
): Html => {
  const owing = bodies.filter(({ parts }) => parts.some(isMissing))
  const missing = bodies.reduce((sum, { parts }) => sum + parts.filter(isMissing).length, 0)
  return html`<style>${STYLE}</style><h1>公用企业与服务行业公开</h1><p class="lead">电力、燃气、供热、供水、消防和服务行业，应把服务标准、办事程序、收费标准、法定条件向社会公开。没公开的也列在这里。</p>
${searchForm(wanted)}
${bodies.length === 0 ? html`<p class="muted">${wanted.q || wanted.trade ? '没有找到这样的单位，请换个词再查。' : '还没有登记应当公开的单位。'}</p>` : html`<p><b>${bodies.length}</b> 个单位，四项齐全 <b>${bodies.length - owing.length}</b> 个，还缺 <b>${missing}</b> 项。${missing > 0 && html`<a href="#missing">看缺项清单</a>`}</p>`}
<ul class="open">${bodies.map((body) => html`<li class="card"><h2><a href="/open/disclosures/${body.id}">${body.name}</a></h2><p class="muted">${body.tradeLabel}${body.unit !== body.name && ` · 主管单位 ${body.unit}`}</p><ul class="parts">${body.parts.map(partMark)}</ul></li>`)}</ul>
${missing > 0 && html`<section id="missing"><h2>缺项清单</h2><table class="gaps"><thead><tr><th scope="col">单位</th><th scope="col">缺哪一项</th><th scope="col">原因</th><th scope="col">从哪天起</th></tr></thead><tbody>${gapsOf(owing).map(({ body, part }) => html`<tr><td>${body.name}</td><td>${part.label}</td><td>${part.cause && GAP_CAUSE[part.cause]}</td><td>${part.since}</td></tr>`)}</tbody></table></section>`}`
}
const isMissing = ({ cause }: Part) => cause !== null
const gapsOf = (bodies: readonly PublicDisclosure[]) =>
  bodies
    .flatMap((body) => body.parts.filter(isMissing).map((part) => ({ body, part })))
    .sort((a, b) => ((a.part.since ?? '') < (b.part.since ?? '') ? -1 : 1))
const partMark = ({ label, cause }: Part) =>
  html`<li class="${cause === null ? 'there' : 'gap'}">${cause === null ? '✓' : '■'} ${label}${cause !== null && `：${GAP_CAUSE[cause]}`}</li>`

/** One body with its four things in full, made to be printed. */
export const disclosurePage = (body: PublicDisclosure): Html =>
  html`<style>${STYLE}</style><h1>${body.name}</h1><p class="muted">${body.tradeLabel}${body.unit !== body.name && ` · 主管单位 ${body.unit}`} · 用浏览器的“打印”即可打印本页</p>
${body.parts.map((part) => html`<section class="part"><h2>${part.label}</h2>${part.cause !== null && html`<p class="breach">■ ${GAP_CAUSE[part.cause]}，自 ${part.since} 起缺项</p>`}${part.current !== null && textBlock(part.current)}</section>`)}
<p class="unprinted"><a href="/open/disclosures">返回全部单位</a></p>`

/** A text as it holds, and what it said before: struck, dated, with the reason. */
const textBlock = (current: CurrentText) =>
  html`<div class="answer">${current.text}</div><p class="muted">第 ${current.version} 版 · ${current.publishedOn} 公开 · 有效期 ${current.effectiveOn} 至 ${current.validUntil} · 依据：${current.source}</p>
${current.changes.map((change) => html`<div class="corrected"><p><b>更正</b> ${change.on}：${change.reason}</p>${change.before === current.text ? html`<p>内容未变，只改了依据或有效期。</p>` : html`<p class="struck">第 ${change.version} 版原文：<del>${change.before}</del></p>`}</div>`)}`

/** Notices in force (告知书、倡议书), by the kind of organisation that reads them. */
export const noticesPage = (notices: readonly NoticeInForce[], audience: OrganisationKind | undefined): Html =>
  html`<style>${STYLE}</style><h1>告知书与倡议书</h1><p class="lead">给企业、商户、学校、村和各类组织的告知与倡议。选择您的组织类别。</p>
<nav class="kinds" aria-label="组织类别"><a href="/open/notices"${audience === undefined && html` aria-current="page"`}>全部</a>${Object.entries(ORGANISATION_KIND).map(([id, word]) => html`<a href="/open/notices?audience=${id}"${id === audience && html` aria-current="page"`}>${word}</a>`)}</nav>
${notices.length === 0 && html`<p class="muted">${audience === undefined ? '目前没有有效的告知书。' : `目前没有给${ORGANISATION_KIND[audience]}的告知书。`}</p>`}
${notices.map((notice) => html`<article class="card notice"><h2>${notice.title}</h2><p class="muted">${notice.kindLabel} · ${notice.unit} · 致 ${notice.audiences.map(({ label }) => label).join('、')}</p>${textBlock(notice.current)}</article>`)}`

/** Where the short link of an item for the media leads (宣传件). */
export const mediaPage = (item: { title: string; text: string; path: string; code: string }): Html =>
  html`<h1>${item.title}</h1><div class="answer">${item.text}</div><div class="go"><a class="button" href="/r?m=${item.code}">我也要反映</a><a class="button second" href="${withCode(item.path, item.code)}">查看办理情况</a></div>`
/** What an item told of has been taken down (已撤下): neither its text nor the way to what is gone. */
export const withdrawnMediaPage = ({ code }: { code: string }): Html =>
  html`<h1>这条内容已撤下</h1><p class="lead">它所说的事不再公开。别的事办得怎样，可以看公开答复。</p><div class="go"><a class="button" href="/r?m=${code}">我也要反映</a><a class="button second" href="/open">看公开答复</a></div>`
/** The code goes along to the next page, so that a report filed from there is still known to have come by the link. */
const withCode = (path: string, code: string) => {
  const [page = '', anchor] = path.split('#')
  return `${page}?m=${code}${anchor === undefined ? '' : `#${anchor}`}`
}

const STYLE = html`.search{margin-bottom:var(--5)}.parts{display:grid;grid-template-columns:repeat(auto-fill,minmax(11em,1fr));gap:6px var(--4);list-style:none;padding:0;margin:0}.there{color:var(--ok)}.gap,.breach{color:var(--bad);font-weight:600}.gaps{width:100%;border-collapse:collapse;font-size:.9rem}.gaps td:last-child{white-space:nowrap}.gaps th,.gaps td{text-align:left;padding:8px 6px;border-bottom:1px solid var(--line-soft);vertical-align:top}.corrected{margin-top:var(--3)}.corrected p{margin:0}.struck{white-space:pre-wrap;overflow-wrap:anywhere}.answer{overflow-wrap:anywhere}.answer+.muted{margin-top:6px}.notice h2{margin-top:0}.kinds{display:flex;flex-wrap:wrap;gap:var(--2);margin:0 0 var(--5)}.kinds a{border:1px solid var(--line);border-radius:999px;padding:8px 14px;text-decoration:none;background:var(--surface)}.kinds a[aria-current]{background:var(--brand);color:var(--on-brand);border-color:var(--brand)}@media print{.search,.unprinted,.kinds{display:none}.part{break-inside:avoid}}`
