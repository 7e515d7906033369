import { GRADE, OUTCOME } from '@banjie/contract'
import type { PublicAnswers, Tracking } from '#appeal'
import { type CameBy, carriedOn, withWords } from './came-by.ts'
import { followForm } from './follow-page.ts'
import { Html, html } from './html.ts'
import { STYLE } from './style.ts'

/** What every page knows. */
export interface Frame extends CameBy {
  readonly district: string
  readonly phone: string
  readonly demo: boolean
  readonly elder: boolean
}
export type Values = Readonly<Record<string, string | undefined>>
export interface FormFault {
  readonly field: string
  readonly detail: string
}

const raw = (text: string) => new Html(text)

/** The page around every page. */
export function page(frame: Frame, title: string, content: Html): string {
  return html`<!doctype html><html lang="zh-Hans"${frame.elder ? html` class="elder"` : ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · ${frame.district}办结</title><meta name="theme-color" content="#084884"><style>${raw(STYLE)}</style><script src="/portal.js" defer></script></head><body>
<a class="skip" href="#main">跳到正文</a><header class="top"><div><a class="name" href="/">${MARK}${frame.district} · 办结</a><nav aria-label="主导航"><a href="${withWords('/r', carriedOn(frame))}">我要反映</a><a href="/q">查进度</a><a href="/k">查办法</a><a href="/open">公开答复</a><a href="/open/lists">问题清单</a><a href="${withWords('', [['elder', frame.elder ? '0' : '1'], ...carriedOn(frame)])}">${frame.elder ? '标准字号' : '大字版'}</a></nav></div></header>
${frame.demo && html`<div class="demo" role="note">演示数据，非真实诉求</div>`}<main id="main">${content}</main>
<footer class="foot">也可以拨打 <a href="tel:${frame.phone}">${frame.phone}</a>，或到街道、政务大厅窗口反映。紧急情况请拨打 110、119、120。<br><a href="/e/">企业服务</a> · <a href="/w/">工作人员入口</a></footer></body></html>`
    .text
}

const MARK = raw(
  '<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="7" fill="#fff"/><path d="M7 14.5l5 5L21.5 9" fill="none" stroke="#0b5cad" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)

export interface PublicNumbers {
  readonly unanswered: number
  readonly received: number
  readonly onTime: number | null
  readonly satisfied: number | null
  /** Visits saved by joining (合并少跑), this year. */
  readonly saved: number
}

/** Home (首页). The numbers appear once there is something to count. */
export const homePage = (
  numbers: PublicNumbers,
  onCall: readonly { readonly name: string; readonly phone: string }[],
) => html`<h1>有事您说，我们来办</h1><p class="lead">有求必应，无事不扰。件件有人办、有期限、有回音。</p>
<div class="go"><a class="button" href="/r">我要反映</a><a class="button second" href="/r?kind=proposal">提建议</a><a class="button second" href="/q">查进度</a></div>
${
  numbers.received === 0
    ? html`<p class="muted">刚刚开通，欢迎反映第一件事。</p>`
    : html`<h2>近三十天</h2><ul class="numbers"><li><b>${numbers.received}</b><span>收到诉求</span></li><li><b>${percent(numbers.onTime)}</b><span>按时答复<br>（超期未办计入）</span></li><li><b>${percent(numbers.satisfied)}</b><span>回访满意</span></li></ul>${numbers.unanswered > 0 && html`<p class="muted">目前有 ${numbers.unanswered} 件已过承诺期限，正在督办。</p>`}`
}${numbers.saved > 0 && html`<p class="muted">无事不扰：今年各部门合并走访，少跑 ${numbers.saved} 次。</p>`}
<div class="card"><h2 style="margin-top:0">办理过程</h2><p>收到 → 交办责任单位 → 联系您并办理 → 答复 → 回访。受理当天就有承诺的答复日期；没解决可以要求重办，编号不变。</p><p><a href="/open">看看别人反映的事办得怎样</a> · <a href="/open/lists">问题清单与承诺</a></p><p><a href="/open/channels">还可以从哪里反映</a> · <a href="/open/drives">集中征集听到了什么</a></p><p><a href="/open/disclosures">水电气热等行业公开了什么</a> · <a href="/open/notices">告知书与倡议书</a></p></div>${onCall.length > 0 && html`<div class="card"><h2 style="margin-top:0">值班电话</h2><p class="muted">全年每天有人值守。</p><ul>${onCall.map(({ name, phone }) => html`<li>${name} <a href="tel:${phone}">${phone}</a></li>`)}</ul></div>`}`
const percent = (share: number | null) => (share === null ? '—' : `${share}%`)

const errorsOf = (faults: readonly FormFault[]) =>
  faults.length > 0 &&
  html`<div class="errors" role="alert" tabindex="-1"><h2>请先改正</h2><ul>${faults.map(({ field, detail }) => html`<li><a href="#${field}">${detail}</a></li>`)}</ul></div>`
const whyOf = (faults: readonly FormFault[], field: string) => {
  const fault = faults.find((one) => one.field === field)
  return fault && html`<span class="why" id="${field}-why">${fault.detail}</span>`
}
const badIf = (faults: readonly FormFault[], field: string) =>
  faults.some((one) => one.field === field) ? 'field bad' : 'field'

const FILING = {
  appeal: { word: '反映问题', hint: '有事要解决' },
  proposal: { word: '提建议', hint: '采纳、部分采纳或不采纳，都会答复并说明理由' },
} as const

/** Report (我要反映): one page, one required field. */
export const reportPage = (
  values: Values,
  faults: readonly FormFault[],
  token: string,
) => html`<h1>我要反映</h1><p class="lead">只需写明内容，其余都可不填。提交后会得到编号和取件码。<a href="/k">先查查有没有现成的办法</a></p>${errorsOf(faults)}
<form method="post" action="/r" enctype="multipart/form-data" novalidate><input type="hidden" name="token" value="${token}">${values['photoIds'] && html`<input type="hidden" name="photoIds" value="${values['photoIds']}">`}${(['m', 'drive'] as const).map((name) => values[name] && html`<input type="hidden" name="${name}" value="${values[name]}">`)}<p class="trap" aria-hidden="true"><label>请勿填写<input name="website" tabindex="-1" autocomplete="off"></label></p>
<fieldset class="field"><legend>您要</legend><div class="yes">${Object.entries(FILING).map(([kind, { word, hint }]) => html`<label><input type="radio" name="kind" value="${kind}"${(values['kind'] ?? 'appeal') === kind ? raw(' checked') : ''}><span>${word}<span class="hint">${hint}</span></span></label>`)}</div></fieldset>
<div class="${badIf(faults, 'content')}"><label for="content">写在这里<span class="hint">什么事、在哪里、从什么时候开始；或者您的建议和道理</span></label>${whyOf(faults, 'content')}<textarea id="content" name="content" rows="6" maxlength="5000">${values['content']}</textarea></div>
<div class="${badIf(faults, 'photo')}"><label for="photo">照片<span class="hint">可选，最多 3 张；位置等拍摄信息会自动去除</span></label>${whyOf(faults, 'photo')}<input type="file" id="photo" name="photo" accept="image/*" multiple></div>
<div class="${badIf(faults, 'voice')}"><label for="voice">语音<span class="hint">可选，最长 60 秒；不方便写字的，只说不写也可以</span></label>${whyOf(faults, 'voice')}<p class="recorder" data-recorder="voice" hidden><button type="button" class="button second">按一下开始录音</button><span role="status"></span></p><input type="file" id="voice" name="voice" accept="audio/*"></div>
<div class="field"><label for="address">地点<span class="hint">可选，如“迎宾路 12 号门前”</span></label><input type="text" id="address" name="address" maxlength="200" value="${values['address']}" autocomplete="street-address"></div>
<div id="near" class="near" role="status"></div><script src="/near.js" defer></script>
<div class="two"><div class="field"><label for="name">称呼<span class="hint">可选</span></label><input type="text" id="name" name="name" maxlength="50" value="${values['name']}" autocomplete="name"></div>
<div class="${badIf(faults, 'phone')}"><label for="phone">联系电话<span class="hint">可选，只用于办理和回访</span></label>${whyOf(faults, 'phone')}<input type="tel" id="phone" name="phone" maxlength="20" value="${values['phone']}" autocomplete="tel" inputmode="tel"></div></div>
<div class="field"><label class="check"><input type="checkbox" name="confidential" value="1"${values['confidential'] ? raw(' checked') : ''}><span>为我保密：不让被反映的单位看到是谁反映的</span></label></div>
<button class="button">提交</button><p class="muted" style="margin-top:12px">联系方式单独保管，查看会留下记录。</p></form>`

/** Receipt (回执). */
export const receiptPage = (receipt: {
  number: string
  pickupCode: string
  dueAt: string
  emergency?: readonly { label: string; call: string; advice: string }[] | undefined
}) =>
  html`${(receipt.emergency ?? []).map(({ label, call, advice }) => html`<div class="alarm" role="alert"><h2>${label}：请马上联系 ${telephones(call)}</h2><p>${advice}</p></div>`)}<div class="card receipt"><h1>已收到</h1><p class="muted">编号</p><p class="big">${grouped(receipt.number)}</p><p class="muted">取件码</p><p class="big code">${receipt.pickupCode}</p><p class="promise">最迟 ${dayWord(receipt.dueAt)} 答复您</p><p class="muted">请截图、抄下或打印编号和取件码，查进度和评价时要用。</p></div><div class="go"><a class="button" href="/q/${receipt.number}?code=${receipt.pickupCode}">查看进度</a><a class="button second" href="/slip/${receipt.number}?code=${receipt.pickupCode}">打印回执单</a><a class="button second" href="/">返回首页</a></div>`

/** Short numbers become links, so that one tap calls. */
const telephones = (call: string) =>
  call.split(/(\d{3,5})/).map((part) => (/^\d/.test(part) ? html`<a href="tel:${part}">${part}</a>` : part))

/** Track (查进度): number and code. */
export const trackFormPage = (values: Values, faults: readonly FormFault[]) => html`<h1>查进度</h1>${errorsOf(faults)}
<form method="get" action="/q"><div class="${badIf(faults, 'number')}"><label for="number">编号<span class="hint">以 SQ 开头，可带空格</span></label>${whyOf(faults, 'number')}<input type="text" id="number" name="number" value="${values['number']}" maxlength="40" autocomplete="off" autocapitalize="characters" required></div>
<div class="field"><label for="code">取件码<span class="hint">6 位，不分大小写</span></label><input type="text" id="code" name="code" value="${values['code']}" maxlength="10" autocomplete="off" autocapitalize="characters" required></div><button class="button">查询</button></form>`

type Phases = readonly (readonly [string, readonly string[]])[]
const PHASES: Phases = [
  ['收到', ['received']],
  ['交办', ['accepted', 'dispatched']],
  ['办理', ['inHand', 'drafted', 'merged']],
  ['答复', ['answered']],
  ['回访', ['calledBack', 'closed', 'declined', 'withdrawn']],
]
/** A proposal is answered and not called back about. */
const PROPOSAL_PHASES: Phases = [
  ['收到', ['received']],
  ['交办', ['accepted', 'dispatched']],
  ['研究', ['inHand', 'drafted']],
  ['答复', ['closed', 'declined', 'withdrawn']],
]

/** What the tracking page needs beside the case: the key of its forms, a word of thanks, or what was refused. */
interface TrackingSide {
  readonly code: string
  readonly token: string
  readonly said?: string | undefined
  readonly values?: Values
  readonly faults?: readonly FormFault[]
}

/** Tracking page (进度): where it stands, until when, what was answered; rate it here. */
export function trackingPage(tracking: Tracking, { code, token, said, values = {}, faults = [] }: TrackingSide) {
  const phases = tracking.type === 'proposal' ? PROPOSAL_PHASES : PHASES
  const now = phases.findIndex(([, stages]) => stages.includes(tracking.stage))
  return html`<h1>${tracking.title}</h1>${errorsOf(faults)}${said && html`<p class="promise" role="status">${said}</p>`}
<ol class="bar">${phases.map(([word], i) => html`<li class="${i <= now ? 'on' : ''}${i === now ? ' now' : ''}"${i === now ? raw(' aria-current="step"') : ''}>${word}</li>`)}</ol>
<div class="card"><dl><dt>编号</dt><dd>${grouped(tracking.number)}</dd><dt>现在</dt><dd><b>${tracking.stageLabel}</b>${tracking.round > 1 && html`（第 ${tracking.round} 轮办理）`}</dd>${tracking.unit && html`<dt>承办</dt><dd>${tracking.unit}${tracking.unitPhone && html` <a href="tel:${tracking.unitPhone}">${tracking.unitPhone}</a>`}</dd>`}${tracking.dueAt && html`<dt>期限</dt><dd>最迟 ${dayWord(tracking.dueAt)} 答复</dd>`}</dl></div>
${tracking.answer && html`<h2>答复</h2><div class="answer">${tracking.answer}</div>${tracking.photos.length > 0 && html`<div class="photos">${tracking.photos.map((photo) => html`<img src="/api/v1/attachments/${String(photo.id)}?number=${tracking.number}&amp;code=${code}" alt="${photo.name}" loading="lazy">`)}</div>`}`}
${tracking.ratable && ratingForm(tracking, code, token)}
${tracking.serviceRatable && serviceForm(tracking.number, code, token)}
${speakForms(tracking, { code, token, values, faults })}
${followForm(tracking, { code, token })}
<h2>经过</h2><ol class="time">${[...tracking.steps].reverse().map((step) => html`<li><time datetime="${step.at}">${momentWord(step.at)}</time>${step.text}</li>`)}</ol>`
}

const FACES = { 5: '😄', 4: '🙂', 3: '😐', 2: '🙁', 1: '😠' } as const
const gradeChoice = () =>
  html`<div class="grades">${([5, 4, 3, 2, 1] as const).map((grade) => html`<label><i aria-hidden="true">${FACES[grade]}</i>${GRADE[grade]}<br><input type="radio" name="grade" value="${grade}" required></label>`)}</div>`
/** Whether a matter was solved is asked of a matter; a proposal is rated for its answer. */
const solvedField = (type: string) =>
  type === 'proposal'
    ? html`<input type="hidden" name="solved" value="yes">`
    : html`<fieldset class="field"><legend>事情解决了吗</legend><div class="yes"><label><input type="radio" name="solved" value="yes" required> 解决了</label><label><input type="radio" name="solved" value="no"> 没解决，请重办</label></div></fieldset>`
const ratingForm = (
  { number, type }: Tracking,
  code: string,
  token: string,
) => html`<h2>您满意吗</h2><form class="card" method="post" action="/q/${number}/rating?code=${code}"><input type="hidden" name="token" value="${token}">${solvedField(type)}
<fieldset class="field"><legend>总体评价</legend>${gradeChoice()}</fieldset><div class="field"><label for="text">想说的话<span class="hint">可选</span></label><textarea id="text" name="text" rows="3" maxlength="500" style="min-height:5em"></textarea></div><button class="button">提交评价</button></form>`

/** The contact itself (一次一评): how the person was received, apart from what came of the matter. */
const serviceForm = (number: string, code: string, token: string) =>
  html`<details class="card"><summary>评价接待服务</summary><form method="post" action="/q/${number}/rating?code=${code}"><input type="hidden" name="token" value="${token}"><input type="hidden" name="kind" value="service"><p class="muted">接听、受理、联系您的态度和效率，与办理结果分开评价，随时可评，一次为准。</p><fieldset class="field"><legend>接待服务怎么样</legend>${gradeChoice()}</fieldset><button class="button second">提交</button></form></details>`

/** Once it is answered an urging says nothing; before the end there is nothing to bring up again. */
const ENDED: readonly string[] = ['calledBack', 'closed', 'declined', 'withdrawn']

/** Speak up (催一催、补充情况、再次反映): two taps for who only wants it to go on, a form for who has more to say. */
function speakForms({ number, stage }: Tracking, { code, token, values = {}, faults = [] }: TrackingSide) {
  const action = `/q/${number}/messages?code=${code}`
  const hidden = html`<input type="hidden" name="token" value="${token}">`
  if (stage === 'answered') return null
  const ended = ENDED.includes(stage)
  const isOpen = faults.length > 0
  return html`<h2>${ended ? '事情又出现了？' : '还有话要说？'}</h2>${!ended && html`<form class="card" method="post" action="${action}">${hidden}<input type="hidden" name="kind" value="urge"><p>等得着急，可以催一催。承办单位会看到，期限不变。</p><button class="button second">催一催</button></form>`}
<details class="card"${isOpen ? raw(' open') : ''}><summary>${ended ? '再次反映' : '补充情况'}</summary><form method="post" action="${action}" enctype="multipart/form-data" novalidate>${hidden}<p class="muted">${ended ? '同一件事不用重新登记，编号不变。有新情况或新照片，会重新办理。' : '想起了什么、情况有变化，写在这里。不用重新反映。'}</p>
<div class="${badIf(faults, 'more')}"><label for="more">${ended ? '现在是什么情况' : '补充什么'}</label>${whyOf(faults, 'more')}<textarea id="more" name="text" rows="4" required maxlength="2000">${values['text']}</textarea></div>
<div class="${badIf(faults, 'photo')}"><label for="photo">照片<span class="hint">可选，最多 3 张</span></label>${whyOf(faults, 'photo')}<input type="file" id="photo" name="photo" accept="image/*" multiple></div>
${ended && html`<div class="field"><label class="check"><input type="checkbox" name="newFacts" value="1"${values['newFacts'] ? raw(' checked') : ''}><span>有上次没说过的新情况</span></label></div>`}<button class="button">提交</button></form></details>`
}

const BRIEF = 120
const brief = (text: string) => ([...text].length > BRIEF ? `${[...text].slice(0, BRIEF).join('')}……` : text)

/** Public answers (公开答复): what others brought up and what became of it; a correction stays a correction. */
export const publicAnswersPage = ({
  items,
  nextCursor,
}: PublicAnswers) => html`<h1>公开答复</h1><p class="lead">大家反映的事，办得怎样。不含个人信息。<a href="/open.csv">下载表格</a> · <a href="/open.rss">订阅（RSS）</a></p>
${items.length === 0 && html`<p class="muted">还没有公开的答复。</p>`}<ul class="open">${items.map((one) => html`<li class="card"><h2><a href="/open/${one.number}">${one.title}</a></h2>${factsLine(one)}<p>${brief(one.answer)}</p>${correctedLine(one)}</li>`)}</ul>
${nextCursor && html`<p><a class="button second" href="/open?before=${nextCursor}">看更早的</a></p>`}`

export const publicAnswerPage = (one: PublicAnswers['items'][number], meToo: number) =>
  html`<h1>${one.title}</h1>${factsLine(one)}${one.question && html`<h2>问</h2><p>${one.question}</p><h2>答</h2>`}<div class="answer">${one.answer}</div>${correctedLine(one)}${meToo > 0 && html`<p class="muted">办理期间有 ${meToo} 人次表示同感。</p>`}<p><a href="/open">返回公开答复</a></p>`

type PublicAnswer = PublicAnswers['items'][number]
const factsLine = ({ category, unit, outcome, answeredAt }: PublicAnswer) =>
  html`<p class="muted">${[unit, category, outcome && OUTCOME[outcome], `${dayWord(answeredAt)}答复`].filter(Boolean).join(' · ')}</p>`
const correctedLine = ({ corrections }: PublicAnswer) =>
  corrections.map(
    ({ at, reason, before }) =>
      html`<div class="corrected"><b>更正</b> ${dayWord(at)}：${reason}${before !== null && html`<br>原答复：<del>${before}</del>`}</div>`,
  )

export const faultPage = (title: string, detail: string) =>
  html`<div class="card"><h1>${title}</h1><p>${detail}</p><p><a href="/">返回首页</a></p></div>`

const WEEKDAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
})
const MOMENT = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const dayWord = (instant: string) => WEEKDAY.format(new Date(instant))
const momentWord = (instant: string) => MOMENT.format(new Date(instant))
/** SQ 20261123 000001 7: groups that can be read out. */
const grouped = (number: string) => number.replace(/^([A-Z]{2})(\d{8})(\d{6})(\d)$/, '$1 $2 $3 $4')
