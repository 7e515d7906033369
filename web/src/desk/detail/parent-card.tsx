import { dueText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { useCaseBeside, useRelated } from '../../shared/query.ts'
import type { CaseAnswer, Kase } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'

/** The case that owns this one, once it is known and if the reader may see it. */
export function useParent(kase: Kase): CaseAnswer | undefined {
  const { data } = useRelated(kase)
  return useCaseBeside(data?.items.find(({ link }) => link === 'parent')?.number).data
}

/** The case a request, a notice or a task is about (所涉事项), enough of it to decide without leaving. */
export const ParentCard = ({ kase }: { readonly kase: Kase }) => (
  <section className="box" aria-label="所涉事项">
    <h2>
      所涉事项 <LightMark light={kase.light} remaining={kase.remaining} />
    </h2>
    <Link to={`/w/c/${kase.number}`} className="related-title">
      {kase.title}
    </Link>
    <p className="related-facts">
      <span className="number">{groupNumber(kase.number)}</span>
      <span className="row-stage">{kase.stageLabel}</span>
      {kase.leadUnit && <span>{kase.leadUnit.name}</span>}
      {kase.dueAt && <span>最迟 {dueText(kase.dueAt)}</span>}
    </p>
    <p className="box-text box-brief">{kase.content}</p>
  </section>
)
