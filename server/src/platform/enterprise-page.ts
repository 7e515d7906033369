import { ENTERPRISE_CASE, GRADE, LIGHT, LIGHT_SHAPE, moneyText, POLICY_MODE } from '@banjie/contract'
import type { Tracking } from '#appeal'
import type { OwnPolicy } from '#policy'
import { type Html, html } from '#portal'
import type { OwedPromiseRow } from './demand.sql.ts'
import type { EnterpriseHome } from './home.ts'
import type { SignInWords } from './sign-in.ts'

const token = (text: string) => html`<input type="hidden" name="token" value="${text}">`
const errorsOf = (detail: string | undefined, field: string) =>
  detail &&
  html`<div class="errors" role="alert" tabindex="-1"><h2>请先改正</h2><ul><li><a href="#${field}">${detail}</a></li></ul></div>`
const said = (words: string | undefined) => words && html`<p class="promise" role="status">${words}</p>`
const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
})
const MOMENT = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
})
/** A day that may lie in another year. */
const LONG = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })
const longDay = (day: string) => LONG.format(new Date(day))
const dayWord = (day: string) => DAY.format(new Date(day))

/** The door (企业登录). */
export const signInPage = (formToken: string): Html =>
  html`<h1>企业服务</h1><p class="lead">登录后可以提诉求、看进度、评价答复、设置免打扰。</p><form class="card" method="post" action="/e/sign-in">${token(formToken)}<div class="field"><label for="uscc">统一社会信用代码<span class="hint">营业执照上的 18 位代码</span></label><input type="text" id="uscc" name="uscc" maxlength="40" required autocomplete="off" autocapitalize="characters"></div><div class="field"><label for="address">邮箱或手机号<span class="hint">受邀请的那一个，验证码发到这里</span></label><input type="text" id="address" name="address" maxlength="254" required autocomplete="username" inputmode="email"></div><button class="button">获取验证码</button></form><p class="muted">还没有受邀请？请联系本企业的包保干部，或拨打页面下方的电话。</p>`

/** The same page whether anybody is known or not. */
export const codePage = (
  formToken: string,
  { uscc, address }: SignInWords,
  { fault, demo }: { readonly fault?: string; readonly demo?: string | undefined },
): Html =>
  html`<h1>输入验证码</h1>${errorsOf(fault, 'code')}<p>如果信用代码与邮箱或手机号相符，六位验证码正在发往 <b>${address}</b>，十分钟内有效。</p>${demo && html`<p class="promise">演示环境不发邮件和短信，验证码是 <b>${demo}</b>。</p>`}<form class="card" method="post" action="/e/code">${token(formToken)}<input type="hidden" name="uscc" value="${uscc}"><input type="hidden" name="address" value="${address}"><div class="${fault ? 'field bad' : 'field'}"><label for="code">验证码</label>${fault && html`<span class="why" id="code-why">${fault}</span>`}<input type="text" id="code" name="code" maxlength="12" required inputmode="numeric" autocomplete="one-time-code"></div><button class="button">登录</button></form><p><a href="/e/sign-in">没有收到？核对后重新获取</a></p>`

/** Home (我的企业). */
export const homePage = (
  home: EnterpriseHome,
  side: {
    readonly token: string
    readonly said: string | undefined
    readonly today: string
    readonly phone: string
  },
): Html =>
  html`<h1>${home.name}</h1>${said(side.said)}<p class="lead">${home.person}，您好。</p><div class="go"><a class="button" href="/e/demands/new">提诉求</a></div>
<h2>包保干部</h2>${home.officers.length === 0 ? html`<p class="muted">还没有指定包保干部，有事请直接提诉求。</p>` : html`<ul class="open">${home.officers.map(({ name, unit, phone }) => html`<li class="card"><b>${name}</b>${unit && html` · ${unit}`}<br>${phone ? html`办公电话 <a href="tel:${phone}">${phone}</a>` : html`请拨打 <a href="tel:${side.phone}">${side.phone}</a> 转接`}</li>`)}</ul>`}
<h2>我们的诉求</h2>${home.demands.length === 0 ? html`<p class="muted">还没有提过诉求。有事请点上面的“提诉求”。</p>` : html`<ul class="open">${home.demands.map(demandItem)}</ul>`}
<h2>符合条件的政策</h2>${home.policies.length === 0 ? html`<p class="muted">现在没有匹配到政策。政策有变化时，我们用已有的数据重新比对，不用您来问。</p>` : html`<ul class="open">${home.policies.map((one) => policyItem(one, side.token))}</ul>`}
${home.promises.length > 0 && html`<h2>政府承诺事项</h2><ul class="open">${home.promises.map((one) => promiseItem(one, side.token))}</ul>`}
<h2>走访</h2>${home.planned.length === 0 && home.visits.length === 0 && html`<p class="muted">没有走访记录，也没有走访计划。</p>`}${home.planned.length > 0 && html`<ul class="time">${home.planned.map(({ on, units, purposes }) => html`<li><time datetime="${on}">${dayWord(on)} 计划</time>${units}：${purposes}</li>`)}</ul>`}${home.visits.length > 0 && html`<ul class="time">${home.visits.map(({ on, people }) => html`<li><time datetime="${on}">${dayWord(on)}</time>${people} 来访</li>`)}</ul>`}
${quietForm(home, side)}
<form method="post" action="/e/sign-out">${token(side.token)}<button class="button second">退出登录</button></form>`

const demandItem = (one: EnterpriseHome['demands'][number]) =>
  html`<li class="card"><a href="/e/demands/${one.number}"><b>${one.title}</b></a><p class="muted">${one.number} · ${one.stageLabel} · <span aria-hidden="true">${LIGHT_SHAPE[one.light]}</span> ${LIGHT[one.light]}${one.way !== 'demand' && html` · ${ENTERPRISE_CASE[one.way]}`}</p></li>`

/** Where a policy stands, as the enterprise would say it. */
const policyWord = ({ state, paid }: OwnPolicy) =>
  paid !== null
    ? html`${longDay(paid.on)} 已兑现 ${moneyText(paid.fen)}`
    : state === null
      ? '符合条件，最迟明早登记，届时可以确认'
      : {
          eligible: '可以享受',
          offered: '可以享受',
          confirmed: '已确认，等待兑现',
          declined: '您已放弃',
          paid: '已兑现',
          lapsed: '',
        }[state]
const policyItem = (one: OwnPolicy, formToken: string) =>
  html`<li class="card"><b>${one.title}</b><p>${one.benefit}</p><p class="muted">${policyWord(one)} · ${POLICY_MODE[one.mode]} · ${one.unit} · ${one.documentNo}</p>${one.why.length > 0 && html`<details><summary>为什么符合</summary><ul>${one.why.map((why) => html`<li>${why}</li>`)}</ul></details>`}${one.mayConfirm && html`<details open><summary>确认享受</summary><form method="post" action="/e/policies/${one.id}/confirm">${token(formToken)}<div class="field"><label for="tail-${one.id}">收款账户末四位<span class="hint">只用来核对，完整账号不用填</span></label><input type="text" id="tail-${one.id}" name="accountTail" inputmode="numeric" maxlength="4" pattern="[0-9]{4}" required autocomplete="off"></div><button class="button">确认享受</button></form></details>`}${one.mayDecline && html`<details><summary>不需要这项政策</summary><form method="post" action="/e/policies/${one.id}/decline">${token(formToken)}<div class="field"><label for="why-${one.id}">原因</label><input type="text" id="why-${one.id}" name="reason" maxlength="300" required></div><button class="button second">放弃享受</button></form></details>`}</li>`

const promiseItem = (one: OwedPromiseRow, formToken: string) =>
  html`<li class="card"><b>${one.words}</b><p class="muted">${one.fen !== null && html`共 ${moneyText(one.fen)}，已付 ${moneyText(one.paidFen)} · `}${one.unit} · 最迟 ${longDay(one.deadline)}</p>${one.keptOn && html`<form method="post" action="/e/promises/${one.id}/word">${token(formToken)}<p>${one.unit}报告 ${dayWord(one.keptOn)} 已经兑现。您说了算：</p><fieldset class="field"><legend>收到了吗</legend><div class="yes"><label><input type="radio" name="kept" value="yes" required> 收到了</label><label><input type="radio" name="kept" value="no"> 没有收到</label></div></fieldset><div class="field"><label for="words-${one.id}">想说的话<span class="hint">没有收到的，写明还差什么</span></label><textarea id="words-${one.id}" name="words" rows="2" maxlength="300"></textarea></div><button class="button">提交</button></form>`}</li>`

const quietForm = ({ quiets }: EnterpriseHome, side: { readonly token: string; readonly today: string }) =>
  html`<h2>免打扰</h2>${quiets.map(({ from, to }) => html`<p class="promise">免打扰：${dayWord(from)} 至 ${dayWord(to)}</p>`)}<details class="card"><summary>设置免打扰</summary><form method="post" action="/e/quiet">${token(side.token)}<p class="muted">期间各部门不上门、不打电话（法定检查除外），有事您找我们。</p><div class="two"><div class="field"><label for="from">从<span class="hint">年-月-日</span></label><input type="text" id="from" name="from" value="${side.today}" required maxlength="10"></div><div class="field"><label for="to">到<span class="hint">年-月-日</span></label><input type="text" id="to" name="to" required maxlength="10" placeholder="${side.today}"></div></div><button class="button second">设置免打扰</button></form></details>`

/** File a demand (提诉求). */
export const newDemandPage = (formToken: string, content?: string, fault?: string): Html =>
  html`<h1>提诉求</h1>${errorsOf(fault, 'content')}<form class="card" method="post" action="/e/demands" enctype="multipart/form-data" novalidate>${token(formToken)}<div class="${fault ? 'field bad' : 'field'}"><label for="content">要解决什么事<span class="hint">第一句写事情，再写经过和希望怎样解决</span></label>${fault && html`<span class="why" id="content-why">${fault}</span>`}<textarea id="content" name="content" rows="7" maxlength="5000">${content}</textarea></div><div class="field"><label for="photo">照片<span class="hint">可选，最多 3 张</span></label><input type="file" id="photo" name="photo" accept="image/*" multiple></div><button class="button">提交</button></form><p><a href="/e/">返回我的企业</a></p>`

/** A demand (诉求): where it stands, until when, what was answered. */
export const demandPage = (one: Tracking, side: { readonly token: string; readonly said: string | undefined }): Html =>
  html`<h1>${one.title}</h1>${said(side.said)}<div class="card"><dl><dt>编号</dt><dd>${one.number}</dd><dt>现在</dt><dd><b>${one.stageLabel}</b></dd>${one.unit && html`<dt>承办</dt><dd>${one.unit}${one.unitPhone && html` <a href="tel:${one.unitPhone}">${one.unitPhone}</a>`}</dd>`}${one.dueAt && html`<dt>期限</dt><dd>最迟 ${dayWord(one.dueAt)} 答复</dd>`}</dl></div>
${one.answer && html`<h2>答复</h2><div class="answer">${one.answer}</div>`}${one.ratable && ratingForm(one.number, side.token)}${one.stage !== 'answered' && messageForm(one, side.token)}
<h2>经过</h2><ol class="time">${[...one.steps].reverse().map(({ at, text }) => html`<li><time datetime="${at}">${MOMENT.format(new Date(at))}</time>${text}</li>`)}</ol><p><a href="/e/">返回我的企业</a></p>`

const ENDED: readonly string[] = ['calledBack', 'closed', 'declined', 'withdrawn']
const messageForm = ({ number, stage }: Tracking, formToken: string) =>
  html`<h2>${ENDED.includes(stage) ? '事情又出现了？' : '还有话要说？'}</h2><form class="card" method="post" action="/e/demands/${number}/messages">${token(formToken)}<div class="field"><label for="text">${ENDED.includes(stage) ? '现在是什么情况' : '补充或追问'}</label><textarea id="text" name="text" rows="4" required maxlength="2000"></textarea></div>${ENDED.includes(stage) && html`<input type="hidden" name="newFacts" value="1">`}<button class="button second">提交</button></form>`

const ratingForm = (number: string, formToken: string) =>
  html`<h2>您满意吗</h2><form class="card" method="post" action="/e/demands/${number}/rating">${token(formToken)}<fieldset class="field"><legend>事情解决了吗</legend><div class="yes"><label><input type="radio" name="solved" value="yes" required> 解决了</label><label><input type="radio" name="solved" value="no"> 没解决，请重办</label></div></fieldset><fieldset class="field"><legend>总体评价</legend><div class="grades">${([5, 4, 3, 2, 1] as const).map((grade) => html`<label>${GRADE[grade]}<br><input type="radio" name="grade" value="${grade}" required></label>`)}</div></fieldset><div class="field"><label for="words">想说的话<span class="hint">可选</span></label><textarea id="words" name="text" rows="3" maxlength="500"></textarea></div><button class="button">提交评价</button></form>`
