import { CHANNEL, DRIVE_LINE, type DriveLine, type PublicChannel } from '@banjie/contract'
import type { PublicDrive, PublicRows } from '#channel'
import { type CameBy, carriedOn, withWords } from './came-by.ts'
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
export const drivesPage = (drives: readonly Pick<PublicDrive, 'id' | 'title' | 'from' | 'to' | 'unit'>[]): Html =>
  html`<h1>集中征集</h1><p class="lead">一段时间里向大家集中听取意见，听到多少、并成几个问题、答复了多少，都在这里。</p>
${drives.length === 0 && html`<p class="muted">目前没有公开的征集活动。</p>`}
<ul class="open">${drives.map(
    ({ id, title, from, to, unit }) =>
      html`<li class="card"><h2><a href="/open/drives/${id}">${title}</a></h2><p class="muted">${from} 至 ${to} · ${unit.name}</p></li>`,
  )}</ul>`

/** A figure that leads to its rows. */
const figure = (id: string, value: number, filter: Readonly<Record<string, string>> = {}) =>
  html`<a href="/open/drives/${id}/rows?${new URLSearchParams(filter).toString()}">${number(value)}</a>`

/** A drive as the public sees it: how many came by which way, into how many problems they were merged, how many were answered. */
export function drivePage(drive: PublicDrive, by: CameBy): Html {
  const { id, title, from, to, unit, audience, status, figures, unstated } = drive
  const { total, merged, problems, aspects, answered, unanswered, withdrawn } = figures
  const named = aspects.filter(({ aspect }) => aspect !== null)
  return html`<style>${DRIVE_STYLE}</style><h1>${title}</h1><p class="lead">${from} 至 ${to}，${unit.name}${audience && html`，面向${audience}`}</p>
${status === 'open' && html`<div class="go"><a class="button" href="${withWords('/r', carriedOn({ ...by, drive: id }))}">我也说一条</a></div>`}
<ul class="numbers"><li><b>${figure(id, total)}</b><span>条意见</span></li><li><b><a href="#problems">${number(problems.length)}</a></b><span>个问题${named.length > 0 && html`，<a href="#aspects">${named.length}</a> 个方面`}</span></li><li><b>${figure(id, answered, { answered: 'yes' })}</b><span>条已答复</span></li></ul>
${unanswered > 0 ? html`<p class="muted">还有 ${figure(id, unanswered, { answered: 'no' })} 条正在办理，每一条都会答复。</p>` : total > 0 && html`<p class="promise">件件有答复：未答复 ${figure(id, 0, { answered: 'no' })} 条。</p>`}
${withdrawn > 0 && html`<p class="muted">${figure(id, withdrawn, { answered: 'withdrawn' })} 条由本人撤回。</p>`}
<p class="muted">每个数字都是逐件数出来的，点开就是那些件：何日、由哪条渠道来、并入哪个问题、何日答复。说了什么、是谁说的，不公开。</p>
${sourcesOf(drive)}
${unstated !== null && openOf(unstated)}
${sheetsOf(drive)}
${total > 0 && html`<h2>每天收到</h2>${timeline(id, figures.perDay)}`}
${problems.length > 0 && html`<h2 id="problems">${figure(id, merged, { merged: 'yes' })} 条并成 ${problems.length} 个问题</h2><ul class="chips" id="aspects">${aspects.map(({ aspect, problems: own, count }) => html`<li>${aspect ?? '未分方面'}：${own} 个问题，${aspect === null ? number(count) : figure(id, count, { aspect })} 条</li>`)}</ul><div class="card scroll"><table><thead><tr><th>问题</th><th class="n">意见</th><th class="n">已答复</th></tr></thead><tbody>${problems.map((problem) => html`<tr><td>${problem.title}<span class="under">${problem.aspect ?? '未分方面'} · ${problem.stageLabel}</span></td><td class="n">${problem.confidential ? number(problem.count) : figure(id, problem.count, { problem: problem.number })}</td><td class="n">${problem.confidential ? number(problem.answered) : figure(id, problem.answered, { problem: problem.number, answered: 'yes' })}</td></tr>`)}</tbody></table></div><p><a href="/open/lists">问题清单、措施和公开承诺</a></p>`}
${saidBeside(drive)}`
}

/** Where the opinions came from (对账): the lines add up to the total, each with what is open about it. */
const sourcesOf = ({ id, figures, notes }: PublicDrive) =>
  html`<h2>意见从哪里来</h2><div class="card scroll"><table><tbody>${figures.groups.map(
    ({ group, label, count, kinds }) =>
      html`<tr><td>${label}${noteOf(notes, group)}</td><td class="n">${count === 0 ? 0 : figure(id, count, { channel: kinds.map(({ kind }) => kind).join(',') })}</td></tr>${kinds.length > 1 && kinds.map((one) => html`<tr class="part"><td>${one.label}</td><td class="n">${figure(id, one.count, { channel: one.kind })}</td></tr>`)}`,
  )}<tr class="sum"><td>合计${noteOf(notes, 'total')}</td><td class="n">${figure(id, figures.total)}</td></tr></tbody></table></div>`

const noteOf = (notes: PublicDrive['notes'], line: DriveLine) => {
  const note = notes.find((one) => one.line === line)
  return note && html`<span class="under">${note.text}</span>`
}

/** What a source that states a total leaves open, and that the split of it is our own. */
const openOf = ({ source, total, given, rest, counted, parts }: NonNullable<PublicDrive['unstated']>) =>
  html`<h2>哪些是外部说法没有给出的</h2><div class="card"><p>${source}给出总数 ${number(total)}${given.map(({ line, value }) => html`、${DRIVE_LINE[line]} ${number(value)}`)}，其余没有分列：${number(total)}${given.map(({ value }) => html` − ${number(value)}`)} = <b>${number(rest)}</b>。</p><p>本系统逐件数得：${parts.map(({ line, count }, i) => html`${i > 0 && ' + '}${DRIVE_LINE[line]} ${number(count)}`)} = <b>${number(counted)}</b>${counted === rest ? '，合计相符。' : html`，与上面相差 ${number(Math.abs(counted - rest))}。`}这几项各多少是本系统自己的数，不是外部给出的。</p></div>`

const sheetsOf = ({ id, figures: { sheets }, issues, returns, notes }: PublicDrive) =>
  sheets.issued > 0 &&
  html`<h2 id="sheets">问卷</h2><div class="card scroll"><p>发放 <b>${number(sheets.issued)}</b> 张，收回 <b>${number(sheets.returned)}</b> 张，有效 <b>${number(sheets.valid)}</b> 张，从中提取意见 ${figure(id, sheets.opinions, { sheet: 'any' })} 条。<b>发放张数不计入意见合计。</b></p>${(['issued', 'returned', 'valid'] as const).map((line) => noteOf(notes, line))}<table><thead><tr><th>日期</th><th>发放与收回</th><th class="n">张</th></tr></thead><tbody>${issues.map(({ on, recipients, quantity }) => html`<tr><td class="day">${dayWord(on)}</td><td>发放给${recipients}</td><td class="n">${number(quantity)}</td></tr>`)}${[...Map.groupBy(returns, ({ on }) => on)].map(returnedOn)}</tbody></table></div>`

/** What came back on one day: the valid sheets with what was taken from them, and why the others are void. */
function returnedOn([on, all]: readonly [string, PublicDrive['returns']]): Html {
  const valid = all.find(({ voidReason }) => voidReason === null)
  const spoiled = all.filter(({ voidReason }) => voidReason !== null)
  const sum = (some: typeof all) => some.reduce((total, { sheets }) => total + sheets, 0)
  return html`<tr><td class="day">${dayWord(on)}</td><td>收回：有效 ${number(valid?.sheets ?? 0)} 张，提取意见 ${number(valid?.opinions ?? 0)} 条${spoiled.length > 0 && html`；作废 ${number(sum(spoiled))} 张<span class="under">${spoiled.map(({ voidReason, sheets }) => `${voidReason} ${sheets}`).join('、')}</span>`}</td><td class="n">${number(sum(all))}</td></tr>`
}

const ELSEWHERE: readonly DriveLine[] = ['problems', 'aspects', 'answered', 'unanswered']
const saidBeside = ({ notes, claims }: PublicDrive) => {
  const rest = notes.filter(({ line }) => ELSEWHERE.includes(line))
  return html`${rest.length > 0 && html`<h2>说明</h2><ul>${rest.map(({ line, text }) => html`<li>${DRIVE_LINE[line]}：${text}</li>`)}</ul>`}
${[...Map.groupBy(claims, ({ source }) => source)].map(
  ([source, own], i) =>
    html`${i === 0 && html`<h2>外部说法与本系统对照</h2>`}<div class="card scroll"><p>${source}</p><table><thead><tr><th>数字</th><th class="n">外部说法</th><th class="n">本系统</th><th class="n">对照</th></tr></thead><tbody>${own.map((claim) => html`<tr><td>${DRIVE_LINE[claim.line]}</td><td class="n">${number(claim.value)}</td><td class="n">${number(claim.computed)}</td><td class="n">${claim.difference === 0 ? '✓ 一致' : `■ 差 ${number(Math.abs(claim.difference))}`}</td></tr>`)}</tbody></table></div>`,
)}`
}

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', month: 'long', day: 'numeric' })
/** A day within a drive; the page tells the year at its head. */
const dayWord = (day: string) => DAY.format(new Date(`${day}T00:00:00Z`))

const STATE = { answered: '已答复', unanswered: '办理中', withdrawn: '本人撤回' } as const
/** Rows behind a figure of a drive: when, by which way, into which problem, answered when; not a word of what was said. */
export function driveRowsPage(
  { drive, rows, total, page, pages }: PublicRows,
  query: Readonly<Record<string, string>>,
): Html {
  const to = (wanted: number) => `?${new URLSearchParams({ ...query, page: String(wanted) })}`
  return html`<style>${DRIVE_STYLE}</style><p><a href="/open/drives/${drive.id}">← ${drive.title}</a></p><h1>共 <span data-total="${total}">${number(total)}</span> 条</h1>
${pages > 1 && html`<p class="muted">第 ${page} 页，共 ${pages} 页，每页 100 条。</p>`}
${rows.length > 0 && html`<div class="card scroll"><table><thead><tr><th>收到</th><th>并入的问题</th><th>答复</th></tr></thead><tbody>${rows.map((row) => html`<tr><td class="day">${dayWord(row.day)}</td><td>${row.title ?? '未公开或未归并'}<span class="under">${row.channel ?? CHANNEL[row.kind]}</span></td><td class="day">${STATE[row.state]}${row.answeredOn && html`<span class="under">${dayWord(row.answeredOn)}</span>`}</td></tr>`)}</tbody></table></div>`}
<nav class="pages" aria-label="翻页">${page > 1 && html`<a href="${to(page - 1)}">上一页</a>`}${page < pages && html`<a href="${to(page + 1)}">下一页</a>`}</nav>`
}

const DRIVE_STYLE = html`table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid var(--line-soft)}th{color:var(--muted);font-weight:600;white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0;padding-left:12px}td a,.numbers a,.chips a{display:inline-block;padding:2px 0;min-height:24px}.day{white-space:nowrap}.under{display:block;font-weight:400;font-size:.8rem;color:var(--muted)}.part td{font-size:.85rem;color:var(--muted);padding-block:2px}.part td:first-child{padding-left:1.5em}.sum td{font-weight:700;border-top:2px solid var(--line);border-bottom:0}.scroll{overflow-x:auto}.chips{list-style:none;display:flex;flex-wrap:wrap;gap:var(--2);padding:0;margin:0 0 var(--4)}.chips li{border:1px solid var(--line);border-radius:999px;padding:4px 14px;background:var(--surface);font-size:.9rem}.pages{display:flex;justify-content:space-between;gap:var(--4)}.pages a{padding:12px 0}`

const HEIGHT = 120
const WIDTH = 700
/** A bar for every day; the words beside it say the same to whoever does not see it. */
function timeline(id: string, days: PublicDrive['figures']['perDay']): Html {
  const most = Math.max(1, ...days.map(({ count }) => count))
  const step = WIDTH / Math.max(days.length, 1)
  const peak = days.find(({ count }) => count === most)
  const bars = days.map(({ day, count }, i) => {
    const height = Math.max(2, Math.round((count / most) * HEIGHT))
    return html`<a href="/open/drives/${id}/rows?day=${day}" aria-label="${day}：${count} 条"><rect x="${Math.round(i * step)}" y="${HEIGHT - height}" width="${Math.max(2, Math.round(step) - 3)}" height="${height}" fill="var(--brand)"><title>${day}：${count} 条</title></rect></a>`
  })
  const label = `${days[0]?.day ?? ''} 至 ${days.at(-1)?.day ?? ''}，最多的一天是 ${peak?.day ?? ''}，${most} 条`
  return html`<figure style="margin:0"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="group" aria-label="${label}">${bars}</svg><figcaption class="muted">${label}</figcaption></figure>`
}
