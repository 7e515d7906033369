import { GRADE, OUTCOME } from '@banjie/contract'
import { dayText, momentText } from '../../shared/moment.ts'
import type { Kase } from '../../shared/shape.ts'
import { EmptyView } from '../state-view.tsx'
import { DraftBasis } from './draft-basis.tsx'
import { OutcomeBox } from './hard-box.tsx'
import { MergedAnswersBox } from './merged-answers.tsx'
import { PublicationBox } from './publication-box.tsx'

/** The answer (答复) and the rounds it took; an earlier round stays as it was. */
export function AnswerTab({ kase }: { readonly kase: Kase }) {
  const rounds = [...kase.rounds].sort((a, b) => b.round - a.round)
  const drafted = kase.answer !== null && kase.answeredAt === null
  const gathers = kase.type === 'problem'
  if (kase.answer === null && rounds.every(({ answer }) => answer === null))
    return gathers ? <MergedAnswersBox kase={kase} /> : <EmptyView>还没有答复。</EmptyView>
  return (
    <div className="answers">
      {drafted && (
        <section className="answer answer-draft" aria-label="拟答复">
          <h2>
            拟答复 <span className="flag">尚未审签，诉求人看不到</span>
          </h2>
          <p className="answer-text">{kase.answer}</p>
          {kase.outcome && (
            <p className="answer-facts">
              办理结果：{OUTCOME[kase.outcome]}
              {kase.promisedOn && `，承诺 ${dayText(`${kase.promisedOn}T00:00:00+08:00`)} 前完成`}
            </p>
          )}
          <DraftBasis kase={kase} />
        </section>
      )}
      {gathers && <MergedAnswersBox kase={kase} />}
      {!gathers && kase.answeredAt !== null && <PublicationBox kase={kase} />}
      <OutcomeBox kase={kase} />
      {rounds.map((round) => (
        <section key={round.round} className="answer" aria-label={`第 ${round.round} 轮`}>
          <h2>
            第 {round.round} 轮{round.leadUnit && <span className="answer-unit">{round.leadUnit.name}</span>}
            {round.outcome && <span className={`tag tag-${round.outcome}`}>{OUTCOME[round.outcome]}</span>}
            {round.satisfied !== null && (
              <span className={`tag ${round.satisfied ? 'tag-good' : 'tag-bad'}`}>
                {round.satisfied ? '满意' : '不满意'}
              </span>
            )}
          </h2>
          {round.answer ? (
            <p className="answer-text">{round.answer}</p>
          ) : (
            <p className="muted">{round.closedAt === null ? '办理中，尚未答复' : '没有答复'}</p>
          )}
          <p className="answer-facts">
            {[
              `开始 ${momentText(round.startedAt)}`,
              round.dueAt && `时限 ${momentText(round.dueAt)}`,
              round.answeredAt && `答复 ${momentText(round.answeredAt)}`,
              round.grade !== null && `评分 ${GRADE[round.grade as keyof typeof GRADE]}`,
              round.solved !== null && (round.solved ? '已解决' : '未解决'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </section>
      ))}
    </div>
  )
}
