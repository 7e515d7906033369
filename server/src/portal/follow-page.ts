import type { Followed } from '#notice'
import { html } from './html.ts'

/** What the public sees of a number that others may join. */
export interface Joinable {
  readonly number: string
  readonly stageLabel: string
  readonly open: boolean
  readonly count: number
}

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  ...{ month: 'long', day: 'numeric', weekday: 'short' },
})
const OVER: readonly string[] = ['declined', 'withdrawn']

const whyOf = (fault: string | undefined, id: string) => fault && html`<span class="why" id="${id}-why">${fault}</span>`
const errorsOf = (fault: string | undefined, field: string) =>
  fault &&
  html`<div class="errors" role="alert" tabindex="-1"><h2>请先改正</h2><ul><li><a href="#${field}">${fault}</a></li></ul></div>`

/** Tell me when there is news (有进展请告诉我), on the page of a number. */
export function followForm(
  { number, stage }: { readonly number: string; readonly stage: string },
  { code, token }: { readonly code: string; readonly token: string },
) {
  if (OVER.includes(stage)) return null
  return html`<details class="card"><summary>有进展请告诉我</summary><form method="post" action="/q/${number}/follow?code=${code}" novalidate><input type="hidden" name="token" value="${token}"><p class="muted">受理、交办、期限变动、答复、更正时告诉您。随时可以退订。</p>${contactField('follow', '', undefined)}<button class="button second">告诉我</button></form></details>`
}

/** One field for either: people know what they typed. */
const contactField = (id: string, value: string | undefined, fault: string | undefined) =>
  html`<div class="${fault ? 'field bad' : 'field'}"><label for="${id}">邮箱或手机号${id === 'contact' && html`<span class="hint">可选，填了就把进展告诉您；只用于这件事</span>`}</label>${whyOf(fault, id)}<input type="text" id="${id}" name="contact" value="${value}" maxlength="254" autocomplete="email" inputmode="email"></div>`

/** The same form on a page of its own, with what was refused. */
export const followFaultPage = (
  key: { readonly number: string; readonly code: string; readonly token: string },
  value: string,
  fault: string,
) =>
  html`<h1>有进展请告诉我</h1>${errorsOf(fault, 'follow')}<form class="card" method="post" action="/q/${key.number}/follow?code=${key.code}" novalidate><input type="hidden" name="token" value="${key.token}">${contactField('follow', value, fault)}<button class="button">告诉我</button></form><p><a href="/q/${key.number}?code=${key.code}">返回进度</a></p>`

/** Confirm an address (确认邮箱): a button, for the programs that look at every link in a mail press none. */
export const confirmPage = ({ subscription }: Followed, token: string) =>
  subscription.state === 'unconfirmed'
    ? html`<h1>确认接收进展</h1><div class="card"><p>确认后，编号 <b>${subscription.number}</b> 有进展时会发邮件告诉您。</p><form method="post" action="/follow/${token}"><button class="button">确认</button></form></div><p class="muted">不是您本人要关注的，关掉这个页面就可以，不会再收到邮件。</p>`
    : html`<h1>${subscription.state === 'active' ? '已经确认' : '已退订'}</h1><div class="card"><p>${subscription.detail}</p></div>`

/** What a follower reads: where it stands; what others wrote is theirs. */
export const followedPage = ({ subscription, manage, stageLabel, until }: Followed) =>
  html`<h1>${subscription.state === 'ended' ? '已退订' : '您关注的事项'}</h1>${subscription.state === 'ended' && html`<p class="promise" role="status">${subscription.detail}</p>`}<div class="card"><dl><dt>编号</dt><dd>${subscription.number}</dd><dt>现在</dt><dd><b>${stageLabel}</b></dd>${until && html`<dt>期限</dt><dd>最迟 ${DAY.format(until)} 答复</dd>`}</dl></div>
${subscription.state === 'ended' ? html`<form method="post" action="/follow/${manage}/resume"><button class="button second">点错了，恢复关注</button></form>` : html`<p class="muted">有进展会告诉您。<a href="/follow/${manage}/leave">不想再收到，退订</a></p>`}<p><a href="/open">看看公开答复</a></p>`

/** Me too (同感): one button, and a contact for who wants to hear of it. */
export const joinPage = (
  one: Joinable,
  {
    token,
    value,
    fault,
  }: { readonly token: string; readonly value?: string | undefined; readonly fault?: string | undefined },
) =>
  html`<h1>我也遇到了</h1>${errorsOf(fault, 'contact')}<div class="card"><dl><dt>编号</dt><dd>${one.number}</dd><dt>现在</dt><dd><b>${one.stageLabel}</b></dd><dt>同感</dt><dd>${one.count} 人次</dd></dl></div>${
    one.open
      ? html`<form class="card" method="post" action="/same/${one.number}" novalidate><input type="hidden" name="token" value="${token}"><p>同一件事不用重新反映，点一下就计入。每台设备计一次。</p>${contactField('contact', value, fault)}<button class="button">我也遇到了</button></form>`
      : html`<p>此事项已经办结。同样的问题又出现了，请<a href="/r">重新反映</a>。</p>`
  }`

export const joinedPage = ({ number, detail, count }: { number: string; detail: string; count: number }) =>
  html`<div class="card receipt"><h1>${count} 人次同感</h1><p class="promise" role="status">${detail}</p><p class="muted">编号 ${number}</p></div><div class="go"><a class="button second" href="/open">看看公开答复</a><a class="button second" href="/">返回首页</a></div>`
