import { CONFIDENTIALITY, INSTRUCTION_STATE, REPLY_FORMAT, SOURCE_RANK } from '@banjie/contract'
import { useState } from 'react'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { InstructionForm } from './instruction-form.tsx'
import { type Instruction, useInstructions } from './query.ts'
import '../page/page.css'
import './instructions.css'

const STATES = ['open', 'answered', 'read'] as const

/** What leaders have written (领导批示): what is still owed first, and what came back. */
export function InstructionsPage() {
  const place = usePlace()
  const state = STATES.find((one) => one === place.query.get('state'))
  const { data, error, isPending, refetch } = useInstructions({ state })
  const [adding, setAdding] = useState(false)
  useTitle('领导批示')
  return (
    <div className="page page-wide instructions">
      <header className="page-head">
        <h1>领导批示</h1>
        {data?.mayRecord && (
          <button type="button" className="button button-small button-primary" onClick={() => setAdding(true)}>
            登记批示
          </button>
        )}
      </header>
      <p className="page-lead">“阅”“同意”只留存；要办的才交办，有承办单位和期限，反馈回到原批示。涉密件不得录入。</p>
      {adding && <InstructionForm close={() => setAdding(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && (
        <>
          <FigureList
            label="批示"
            figures={STATES.map((one) => ({
              ...{ label: INSTRUCTION_STATE[one], value: data.counts[one], unit: '件' },
              ...(one === 'open' && { under: `超期 ${data.counts.red} 件`, bad: data.counts.red > 0 }),
              to: withQuery(place, { state: one === state ? null : one }),
            }))}
          />
          {data.items.length === 0 ? (
            <EmptyView>
              {state === undefined ? '还没有登记批示。' : `没有“${INSTRUCTION_STATE[state]}”的批示。`}
            </EmptyView>
          ) : (
            <ul className="instruction-list">
              {data.items.map((one) => (
                <Card key={one.id} instruction={one} />
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  )
}

const Card = ({ instruction: one }: { readonly instruction: Instruction }) => (
  <li className="panel instruction">
    <h2>
      {one.about.title} {one.about.number !== null && <small className="number">{one.about.number}</small>}
    </h2>
    <p className="chips">
      {one.case !== null && one.state === 'open' && <LightMark light={one.case.light} />}
      <span className="tag">{INSTRUCTION_STATE[one.state]}</span>
      <span className="tag">{one.kind.label}</span>
      {one.confidentiality !== 'open' && <span className="tag">{CONFIDENTIALITY[one.confidentiality]}</span>}
    </p>
    {one.text !== null && <blockquote>{one.text}</blockquote>}
    <p className="muted">
      {[
        `${one.leader}（${SOURCE_RANK[one.rank]}）`,
        one.on,
        one.unit && `${[one.unit.name, one.person?.name].filter(Boolean).join(' ')} 承办`,
        one.dueOn && `${one.dueOn} 前${REPLY_FORMAT[one.reply]}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
    {one.hasImage && (
      <details>
        <summary>看批示原件</summary>
        <img
          className="instruction-image"
          src={`/api/v1/instructions/${one.id}/image`}
          alt={`${one.leader} ${one.on} 批示原件`}
          loading="lazy"
        />
      </details>
    )}
    {one.case?.mayOpen && <CaseName number={one.case.number} title={one.case.stageLabel} />}
    {one.answer !== null && (
      <p className="instruction-answer">
        {one.answeredAt?.slice(0, 10)} 反馈：{one.answer}
      </p>
    )}
  </li>
)
