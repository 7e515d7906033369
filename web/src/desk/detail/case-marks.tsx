import { weekdayText } from '../../shared/moment.ts'
import { useMeToo } from '../../shared/query.ts'
import type { Kase } from '../../shared/shape.ts'
import { SupervisedMark } from '../supervised-mark.tsx'
import { TagMarks } from '../tag-marks.tsx'
import { MergedCount } from './related-tab.tsx'

/** What makes this case harder than others, each only where it is so: stops, waiting approvals, supervision, promises, the superior. */
export function CaseMarks({ kase }: { readonly kase: Kase }) {
  const flags = flagsOf(kase)
  const stops = kase.paused ? kase.stops.filter(({ to, round }) => to === null && round === kase.round) : []
  const pending = kase.pending.map(({ label }) => label).join('、')
  const count = useMeToo([kase.id]).get(kase.id) ?? 0
  const isPlain =
    count + flags.length + stops.length + kase.pending.length + kase.merged.total + kase.tags.length === 0 &&
    kase.supervised === null &&
    kase.superior === null
  if (isPlain) return null
  return (
    <div className="marks">
      {(flags.length + kase.tags.length > 0 || kase.supervised !== null) && (
        <p className="marks-flags">
          <SupervisedMark degree={kase.supervised} />
          <TagMarks tags={kase.tags} />
          {flags.map(([text, tone]) => (
            <span key={text} className={`flag ${tone}`}>
              {text}
            </span>
          ))}
        </p>
      )}
      {count > 0 && (
        <p className="case-mark">
          <b>同感 {count} 人次</b>
          <span>其他人在网上表示遇到同样的问题</span>
        </p>
      )}
      {kase.merged.total > 0 && (
        <p className="case-mark">
          <b>并案 {kase.merged.total} 件</b> <MergedCount merged={kase.merged} />
        </p>
      )}
      {stops.map((stop) => (
        <p key={`${stop.from} ${stop.reason}`} className="case-mark">
          <b>
            <span aria-hidden="true">◇ </span>
            {stop.longTerm ? '挂账' : '暂停计时'}
          </b>
          <span>
            {`${weekdayText(stop.from)}起，到${weekdayText(stop.until)}${stop.longTerm ? '复核' : '自动恢复'}`}
          </span>
          {!stop.longTerm && <span>{stop.reasonLabel}</span>}
          <span>{stop.approvedBy} 批准</span>
          {stop.backdated && <span className="flag flag-urged">补录</span>}
        </p>
      ))}
      {pending !== '' && (
        <p className="case-mark case-mark-pending">
          <b>待审批</b>
          <span>{pending}。批准之前，时限照常计算</span>
        </p>
      )}
      {kase.superior && (
        <p className="case-mark">
          <b>上级交办</b>
          <span>
            {kase.superior.body} <span className="number">{kase.superior.number}</span>
          </span>
          <span>上级要求 {weekdayText(kase.superior.dueOn)} 前</span>
          {kase.superior.class && <span>{kase.superior.class}</span>}
        </p>
      )}
    </div>
  )
}

function flagsOf(kase: Kase): readonly (readonly [text: string, tone: string])[] {
  const { legacy, modeLabel, brokenPromises, dissatisfied, reRaised, supplemented, publishedAt } = kase
  const given: readonly (readonly [text: string, tone: string] | false)[] = [
    brokenPromises > 0 && [`承诺逾期 ${brokenPromises} 次`, 'tag-bad'],
    dissatisfied > 0 && [`第 ${dissatisfied} 次不满意`, 'tag-bad'],
    reRaised > 0 && [`重提 ${reRaised} 次`, ''],
    supplemented > 0 && [`补充 ${supplemented} 次`, ''],
    legacy && ['历史遗留', ''],
    modeLabel !== null && [modeLabel, ''],
    publishedAt !== null && ['答复已公开', 'flag-public'],
  ]
  return given.filter((one) => one !== false)
}
