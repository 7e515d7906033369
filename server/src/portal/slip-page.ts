import { maskName } from '#case'
import { Html, html } from './html.ts'

/** What stands on a slip. @see slipPage */
export interface Slip {
  readonly district: string
  readonly phone: string
  readonly number: string
  readonly code: string
  readonly title: string
  /** Who asked, as it was given; it is masked here. */
  readonly name: string | null
  readonly anonymous: boolean
  readonly unit: string | null
  readonly unitPhone: string | null
  readonly stageLabel: string
  /** Null once it is answered. */
  readonly dueAt: string | null
  readonly answer: string | null
  /** The clerk who hands it over; null when the person prints it. */
  readonly by: string | null
  readonly at: Date
  /** The QR code as SVG. */
  readonly qr: string
}

/**
 * The paper slip (回执单): A5, in large type, for whoever follows a matter without a screen. Number, who, until when, telephone. Rare characters are
 * looked for in the fonts that have them.
 */
export const slipPage = (slip: Slip): string =>
  html`<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>回执单 ${grouped(slip.number)}</title><style>${new Html(STYLE)}</style><script src="/portal.js" defer></script></head><body>
<p class="screen"><button type="button" data-print hidden>打印</button> <span>A5 纸，打印前请核对；也可从浏览器菜单选“打印”。</span></p>
<main><header><h1>${slip.district} · 办结 <span>回执单</span></h1></header>
<p class="label">编号</p><p class="number">${grouped(slip.number)}</p>
<div class="row"><div><p class="label">取件码</p><p class="number code">${slip.code}</p></div><div class="qr">${new Html(slip.qr)}<p>扫码查进度</p></div></div>
<dl><dt>事情</dt><dd>${slip.title}</dd><dt>反映人</dt><dd>${slip.anonymous ? '匿名' : slip.name === null ? '未留姓名' : maskName(slip.name)}</dd><dt>谁来办</dt><dd>${slip.unit ?? '受理中心正在确定承办单位'}${slip.unitPhone && html`<br>电话 ${slip.unitPhone}`}</dd>
${slip.dueAt !== null ? html`<dt>最迟</dt><dd><b>${dayWord(new Date(slip.dueAt))}</b> 答复您</dd>` : html`<dt>现在</dt><dd><b>${slip.stageLabel}</b></dd>`}</dl>
${slip.answer !== null && html`<section><p class="label">答复</p><p class="answer">${slip.answer}</p></section>`}
<p class="phone">想问进度、想评价，打 <b>${slip.phone}</b><br>报编号，或报电话和姓名，工作人员替您查、替您记。</p>
<footer>${slip.by !== null && html`经办：${slip.by}　`}${dayWord(slip.at)}　取件码请勿告诉他人</footer></main></body></html>`
    .text

const grouped = (number: string) => number.replace(/^([A-Z]{2})(\d{8})(\d{6})(\d)$/, '$1 $2 $3 $4')
const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
})
const dayWord = (at: Date) => DAY.format(at)

const STYLE = `@page{size:A5 portrait;margin:10mm}
*{box-sizing:border-box}html{font:16pt/1.5 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC","SimSun-ExtB","SimSun-ExtG","HanaMinA","HanaMinB","Plangothic P1",sans-serif;color:#000;background:#e9edf1}
body{margin:0}main{width:148mm;max-width:100%;min-height:200mm;margin:0 auto;padding:10mm;background:#fff}.screen{max-width:148mm;margin:0 auto;padding:12px 10mm;font-size:14px}.screen button{font:inherit;min-height:44px;padding:6px 20px}
h1{font-size:18pt;margin:0 0 4mm;display:flex;justify-content:space-between;border-bottom:2pt solid #000;padding-bottom:2mm}h1 span{font-weight:400}
p{margin:0}.label{font-size:13pt}.number{font-size:24pt;font-weight:700;line-height:1.3;letter-spacing:.02em;font-variant-numeric:tabular-nums;word-break:break-word}.code{letter-spacing:.25em;font-size:28pt}
.row{display:flex;justify-content:space-between;align-items:flex-start;gap:6mm;margin:3mm 0}.qr{text-align:center;font-size:12pt;width:32mm;flex:none}.qr svg{width:32mm;height:32mm;display:block}
dl{display:grid;grid-template-columns:4em minmax(0,1fr);gap:1mm 2mm;margin:0 0 4mm}dd{margin:0;overflow-wrap:anywhere}section{margin:0 0 4mm}.answer{white-space:pre-wrap;border-left:2pt solid #000;padding-left:3mm}
.phone{border:2pt solid #000;padding:3mm 4mm;margin:0 0 3mm}.phone b{font-size:24pt;white-space:nowrap}footer{font-size:12pt}
@media print{html,main{background:none}.screen{display:none}main{width:auto;min-height:0;padding:0;margin:0}}`
