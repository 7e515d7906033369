import { DRIVE_LINE, type PublicChannel } from '@banjie/contract'
import type { PublicDrive } from '#channel'
import { type Html, html } from './html.ts'

const number = (value: number) => value.toLocaleString('zh-CN')

/** The channels that are open (反映渠道), by kind. */
export function channelsPage(channels: readonly PublicChannel[]): Html {
  const kinds = [...Map.groupBy(channels, ({ kindLabel }) => kindLabel)]
  return html`<h1>反映渠道</h1><p class="lead">哪条路方便走哪条，办理都一样：有编号、有期限、有答复。</p>
<div class="go"><a class="button" href="/r">现在就反映</a></div>
${channels.length === 0 && html`<p class="muted">渠道正在登记。您可以直接在网上反映，或到窗口当面说。</p>`}
${kinds.map(([kind, own]) => html`<h2>${kind}</h2>${own.map(channelCard)}`)}`
}

const channelCard = ({ name, unit, place, hours, audience, purpose }: PublicChannel) =>
  html`<div class="card"><p><b>${name}</b>${purpose && html`<span class="muted"> · ${purpose}</span>`}</p><dl>${[
    ['在哪里', place],
    ['时间', hours],
    ['对象', audience],
    ['负责', unit],
  ].map(([word, text]) => text && html`<dt>${word}</dt><dd>${text}</dd>`)}</dl></div>`

/** The drives that are shown to all (集中征集). */
export const drivesPage = (drives: readonly Omit<PublicDrive, 'figures' | 'notes' | 'claims'>[]): Html =>
  html`<h1>集中征集</h1><p class="lead">一段时间里向大家集中听取意见，听到多少、并成几个问题、答复了多少，都在这里。</p>
${drives.length === 0 && html`<p class="muted">目前没有公开的征集活动。</p>`}
<ul class="open">${drives.map(
    ({ id, title, from, to, unit }) =>
      html`<li class="card"><h2><a href="/open/drives/${id}">${title}</a></h2><p class="muted">${from} 至 ${to} · ${unit.name}</p></li>`,
  )}</ul>`

/** A drive as the public sees it: how many came by which way, into how many problems they were merged, how many were answered. */
export function drivePage({ title, from, to, unit, audience, status, figures, notes, claims }: PublicDrive): Html {
  const { total, sheets, problems, aspects, answered, unanswered, withdrawn } = figures
  return html`<h1>${title}</h1><p class="lead">${from} 至 ${to}，${unit.name}${audience && html`，面向${audience}`}</p>
${status === 'open' && html`<div class="go"><a class="button" href="/r">我也说一条</a></div>`}
<ul class="numbers"><li><b>${number(total)}</b><span>条意见</span></li><li><b>${number(problems.length)}</b><span>个问题${aspects.length > 0 && `，${aspects.length} 个方面`}</span></li><li><b>${number(answered)}</b><span>条已答复</span></li></ul>
${unanswered > 0 ? html`<p class="muted">还有 ${number(unanswered)} 条正在办理，每一条都会答复。</p>` : total > 0 && html`<p class="promise">件件有答复：没有一条在等。</p>`}
${withdrawn > 0 && html`<p class="muted">${number(withdrawn)} 条由本人撤回。</p>`}
<h2>意见从哪里来</h2><div class="card"><dl>${figures.groups.map(({ label, count }) => html`<dt>${label}</dt><dd>${number(count)} 条</dd>`)}<dt><b>合计</b></dt><dd><b>${number(total)} 条</b></dd></dl></div>
${sheets.issued > 0 && html`<h2>问卷</h2><div class="card"><p>发放 ${number(sheets.issued)} 张，收回 ${number(sheets.returned)} 张，有效 ${number(sheets.valid)} 张，从中提取意见 ${number(sheets.opinions)} 条。发放张数不计入意见合计。</p></div>`}
${total > 0 && html`<h2>每天收到</h2>${timeline(figures.perDay)}`}
${problems.length > 0 && html`<h2>并成的问题</h2><div class="card"><dl>${problems.map((problem) => html`<dt>${number(problem.count)} 条</dt><dd>${problem.title}<span class="muted"> · ${problem.aspect ?? '未分方面'} · ${problem.stageLabel}</span></dd>`)}</dl></div>`}
${notes.length > 0 && html`<h2>说明</h2><ul>${notes.map(({ line, text }) => html`<li>${DRIVE_LINE[line]}：${text}</li>`)}</ul>`}
${claims.length > 0 && html`<h2>外部说法</h2><ul>${claims.map((claim) => html`<li>${claim.source}：${DRIVE_LINE[claim.line]} ${number(claim.value)}；本系统逐件计数 ${number(claim.computed)}${claim.difference !== 0 && `，相差 ${number(Math.abs(claim.difference))}`}。</li>`)}</ul>`}`
}

const HEIGHT = 120
const WIDTH = 700
/** A bar for every day; the words beside it say the same to whoever does not see it. */
function timeline(days: PublicDrive['figures']['perDay']): Html {
  const most = Math.max(1, ...days.map(({ count }) => count))
  const step = WIDTH / Math.max(days.length, 1)
  const peak = days.find(({ count }) => count === most)
  const bars = days.map(({ day, count }, i) => {
    const height = Math.max(2, Math.round((count / most) * HEIGHT))
    return html`<rect x="${Math.round(i * step)}" y="${HEIGHT - height}" width="${Math.max(2, Math.round(step) - 3)}" height="${height}" fill="var(--brand)"><title>${day}：${count} 条</title></rect>`
  })
  const label = `${days[0]?.day ?? ''} 至 ${days.at(-1)?.day ?? ''}，最多的一天是 ${peak?.day ?? ''}，${most} 条`
  return html`<figure style="margin:0"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="${label}">${bars}</svg><figcaption class="muted">${label}</figcaption></figure>`
}
