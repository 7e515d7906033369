import { groupNumber } from '../../shared/number.ts'
import { Link } from '../link.tsx'

/** Number and title of a case in a table, leading to its page. */
export const CaseName = ({ number, title }: { readonly number: string; readonly title: string }) => (
  <span className="case-name">
    <Link to={`/w/c/${number}`} className="number">
      {groupNumber(number)}
    </Link>
    <span>{title}</span>
  </span>
)
