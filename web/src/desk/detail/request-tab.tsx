import type { ReactNode } from 'react'
import { linesOf } from '../../form/schema.ts'
import { dueText, momentText, weekdayText } from '../../shared/moment.ts'
import { useCaseTypes, usePeople, useUnits } from '../../shared/query.ts'
import { limitText } from '../../shared/remaining.ts'
import type { CaseAnswer, Kase } from '../../shared/shape.ts'
import { ParentCard, useParent } from './parent-card.tsx'

/** The action by which each kind is asked for; its form names the fields. */
const ASKED_BY: Readonly<Record<string, string>> = {
  suspension: 'askSuspension',
  extension: 'askExtension',
  longTerm: 'askLongTerm',
  ending: 'askEnding',
  leadChange: 'askLeadChange',
  refusal: 'refuse',
  arbitration: 'refuse',
}
const LEVEL: Readonly<Record<string, string>> = {
  head: '单位负责人',
  dispatcher: '分办中心',
  supervisor: '督查室',
  leader: '区领导',
}

/** A request (请示) in plain words: what is asked, by whom, of whom, until when, and of which case. */
export function RequestTab({ kase }: { readonly kase: Kase }) {
  const parent = useParent(kase)
  const { data: types } = useCaseTypes()
  const { data: units } = useUnits()
  const { data: people } = usePeople(undefined)
  const { kind, input, askedBy, level } = factsOf(kase)
  const names: Record<string, string> = {}
  for (const { id, name } of units?.items ?? []) names[id] = name
  const actions = types?.items.find(({ id }) => id === (parent?.case.type ?? 'appeal'))?.actions ?? []
  const schema = actions.find(({ name }) => name === ASKED_BY[kind])?.input
  const asker = people?.items.find(({ id }) => id === askedBy)
  return (
    <div className="appeal">
      <p className="request-ask">{sentenceOf(kind, input, names, parent)}</p>
      <dl className="facts request-facts">
        <Fact label="申请人">{[asker?.name, asker?.unitName ?? kase.leadUnit?.name].filter(Boolean).join(' · ')}</Fact>
        <Fact label="提出">{momentText(kase.receivedAt)}</Fact>
        <Fact label="请谁审批">
          {[kase.holder.unit?.name ?? LEVEL[level], kase.handler?.name].filter(Boolean).join(' · ')}
        </Fact>
        {kase.closedAt === null && kase.dueAt && <Fact label="审批时限">最迟 {dueText(kase.dueAt)}</Fact>}
      </dl>
      {kase.closedAt !== null && (
        <section className="box" aria-label="审批结果">
          <h2>
            审批结果{' '}
            <span className={`tag ${kase.stage === 'granted' ? 'tag-good' : 'tag-bad'}`}>{kase.stageLabel}</span>
          </h2>
          <p className="box-text">{kase.answer}</p>
          <p className="muted">{momentText(kase.closedAt)}</p>
        </section>
      )}
      {schema && (
        <dl className="request-lines">
          {linesOf(schema, beside(input), names).map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {parent && <ParentCard kase={parent.case} />}
    </div>
  )
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** What the sentence has said already. */
const SAID = ['amount', 'until', 'from', 'reviewOn', 'unitId']
const beside = (input: RequestFacts['input']) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !SAID.includes(name)))

interface RequestFacts {
  readonly kind: string
  readonly level: string
  readonly askedBy: string
  readonly input: Readonly<Record<string, unknown>>
}
function factsOf({ facts }: Kase): RequestFacts {
  const word = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
  const input = typeof facts['input'] === 'object' && facts['input'] !== null ? facts['input'] : {}
  return {
    kind: word('kind'),
    level: word('level'),
    askedBy: word('askedBy'),
    input: input as RequestFacts['input'],
  }
}

function sentenceOf(
  kind: string,
  input: RequestFacts['input'],
  names: Readonly<Record<string, string>>,
  parent: CaseAnswer | undefined,
): string {
  const unit = names[String(input['unitId'] ?? '')] ?? '其他单位'
  switch (kind) {
    case 'extension': {
      const clock = parent?.clocks.findLast((one) => one.kind === 'handle')
      const amount = Number(input['amount'])
      const long = clock ? limitText({ amount, unit: clock.limit.unit }) : `${amount}`
      return `请求延长办理期限 ${long}${clock ? `；现在的期限是 ${dueText(clock.dueAt)}` : ''}。`
    }
    case 'suspension': {
      const from = typeof input['from'] === 'string' ? `从 ${weekdayText(input['from'])} 起` : ''
      return `请求${from}暂停计时，到 ${weekdayText(String(input['until']))} 恢复。`
    }
    case 'longTerm':
      return `请求挂账，分步办理，${weekdayText(String(input['reviewOn']))} 复核。`
    case 'ending':
      return '请求向诉求人作出解释后终结此事项。'
    case 'leadChange':
      return `请求把主办单位改为${unit}。`
    case 'arbitration':
      return `两家单位都退单，请裁定由谁承办；后退单的单位建议${unit}。`
    default:
      return `请求退单，建议由${unit}承办。`
  }
}
