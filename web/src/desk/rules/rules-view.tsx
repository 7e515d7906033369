import { CLOCK, NOTICE_KIND, ROLE, SUSPENSION_REASON } from '@banjie/contract'
import type { ReactNode } from 'react'
import { TableSection } from '../page/table-section.tsx'
import {
  type Clock,
  clockText,
  LIMIT_KEY,
  type Limit,
  type Limits,
  limitWords,
  type RuleSet,
  rulesOf,
} from './rule-set.ts'

const LADDER_TO = { head: '承办单位负责人', superior: '上级单位和督查室', leader: '区领导' } as const

/** What one version says, as tables and sentences. */
export function RulesView({ set }: { readonly set: RuleSet }) {
  const rules = rulesOf(set)
  return (
    <div className="rules">
      {rules.limits && <LimitTable limits={rules.limits as Limits} version={set.version} />}
      {rules.ladder && (
        <TableSection
          title="超期督办"
          note={rules.ladderRepeats && `最后一级以后，每 ${rules.ladderRepeats} 个工作日再发一次。`}
          head={['到期以后', '发出', '送']}
          empty="没有督办梯级。"
        >
          {rules.ladder.map(({ after, kind, to }) => (
            <tr key={`${after} ${kind}`}>
              <td>{after === 0 ? '到期即发' : `第 ${after} 个工作日`}</td>
              <td>{NOTICE_KIND[kind]}</td>
              <td>{LADDER_TO[to]}</td>
            </tr>
          ))}
        </TableSection>
      )}
      {rules.suspension && (
        <TableSection
          title="可以暂停计时的理由"
          note={`由${ROLE[rules.suspension.level]}批准；只有这些理由可以暂停。`}
          head={['理由', '最长', '依据']}
          empty="不得暂停计时。"
        >
          {Object.entries(rules.suspension.reasons).map(([reason, { mostDays, basis }]) => (
            <tr key={reason}>
              <td>{SUSPENSION_REASON[reason as keyof typeof SUSPENSION_REASON] ?? reason}</td>
              <td>{mostDays} 日</td>
              <td className="is-reason">{basis}</td>
            </tr>
          ))}
        </TableSection>
      )}
      <section className="table-section" aria-label="审批与其他">
        <h2>审批与其他</h2>
        <dl className="rule-facts">{facts(rules)}</dl>
      </section>
    </div>
  )
}

function facts(rules: ReturnType<typeof rulesOf>): ReactNode {
  const { extension, refusal, longTerm, ending, leadChange, callBackTries, callBackGapHours, citizenReopens } = rules
  const { margins, recurrence, progress } = rules
  return (
    <>
      {extension && (
        <Fact word="延期">
          {extension.levels.length === 0
            ? '不得延期'
            : `${extension.levels.map((level, place) => `第${place + 1}次由${ROLE[level]}批准`).join('，')}；合计不超过 ${extension.most} 个工作日`}
        </Fact>
      )}
      {refusal && (
        <Fact word="退单">
          {`交办后 ${limitWords(refusal.within)}内提出，由${ROLE[refusal.level]}决定，有争议由${ROLE[refusal.arbitration]}裁定`}
        </Fact>
      )}
      {longTerm && <Fact word="挂账">{`由${ROLE[longTerm.level]}批准，最长 ${longTerm.mostDays} 日后复核`}</Fact>}
      {ending && <Fact word="解释终结">{`由${ROLE[ending.level]}批准`}</Fact>}
      {leadChange && <Fact word="变更主办">{`由${ROLE[leadChange.level]}批准`}</Fact>}
      {callBackTries !== undefined && (
        <Fact word="回访">
          {`联系不上的，至少试 ${callBackTries} 次${callBackGapHours === undefined ? '' : `，两次相隔 ${callBackGapHours} 小时以上`}`}
        </Fact>
      )}
      {citizenReopens !== undefined && <Fact word="群众要求重办">{`最多 ${citizenReopens} 次`}</Fact>}
      {recurrence && <Fact word="复发">{`办结后 ${recurrence.months} 个月内，同一地点、同一类别又有人反映的`}</Fact>}
      {progress && (
        <Fact word="进度灯">{`比计划落后 ${progress.yellowPoints} 个百分点亮黄灯，${progress.redPoints} 个百分点亮红灯`}</Fact>
      )}
      {margins && (
        <Fact word="提前量">{`协办单位提前 ${margins.assist} 个工作日，上级交办提前 ${margins.superior} 个工作日`}</Fact>
      )}
    </>
  )
}

const Fact = ({ word, children }: { readonly word: string; readonly children: ReactNode }) => (
  <div>
    <dt>{word}</dt>
    <dd>{children}</dd>
  </div>
)

/** In the order in which the words are listed. */
const byKey = (limits: Readonly<Record<string, Limit>>) =>
  Object.entries(limits).sort(([a], [b]) => KEYS.indexOf(a) - KEYS.indexOf(b))
const KEYS = Object.keys(LIMIT_KEY)

/** Limits by clock: the general one, and those that go before it. */
function LimitTable({ limits, version }: { readonly limits: Limits; readonly version: string }) {
  const clocks = (Object.keys(CLOCK) as Clock[]).filter((clock) => limits[clock] !== undefined)
  return (
    <TableSection
      title="时限"
      note={`版本 ${version}。有“另有规定”的，先按另有规定；同时符合几项的，办理方式先于紧急程度，紧急程度先于类别。`}
      head={['时钟', '一般', '另有规定']}
      empty="没有另定时限，按默认。"
    >
      {clocks.map((clock) => {
        const { any, ...others } = limits[clock] ?? {}
        return (
          <tr key={clock}>
            <td>{clockText(clock)}</td>
            <td>{any ? limitWords(any) : '—'}</td>
            <td className="is-reason">
              <span className="limit-others">
                {byKey(others).map(([key, limit]) => (
                  <span key={key} className="limit-other">
                    <span>{LIMIT_KEY[key] ?? key}</span>
                    <b>{limitWords(limit)}</b>
                  </span>
                ))}
              </span>
            </td>
          </tr>
        )
      })}
    </TableSection>
  )
}
