import { useFocusOnce } from '../../shared/focus.ts'
import { Icon } from '../../shared/icon.tsx'
import { dueText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import type { CaseAnswer } from '../../shared/shape.ts'
import { EmergencyBox } from '../emergency-box.tsx'
import { SlipLink } from '../intake/slip-link.tsx'
import { Link } from '../link.tsx'

/** The number to read out, and the next person. */
export function Saved({ answer, again }: { readonly answer: CaseAnswer; readonly again: () => void }) {
  const { case: kase, clocks } = answer
  const next = useFocusOnce<HTMLButtonElement>()
  const due = clocks.find(({ endedAt }) => endedAt === null)?.dueAt ?? kase.dueAt
  return (
    <div className="page saved">
      <EmergencyBox emergency={answer.emergency} />
      <Icon name="check" size={28} />
      <h1>{kase.version === 1 ? '已登记' : kase.stage === 'merged' ? '已登记并并案' : '已补充到此件'}</h1>
      <p className="saved-number number">{groupNumber(kase.number)}</p>
      <p className="saved-title">{kase.title}</p>
      {due && (
        <p className="muted">
          最迟 {dueText(due)} 前{kase.stage === 'received' ? '受理' : '办理'}
        </p>
      )}
      <div className="saved-next">
        <button type="button" className="button button-primary" ref={next} onClick={again}>
          登记下一件
        </button>
        <Link to={`/w/c/${kase.number}`} className="button">
          打开此件
        </Link>
        <SlipLink number={kase.number} type={kase.type} />
      </div>
    </div>
  )
}
