import { Link } from '../link.tsx'

interface Step {
  readonly to: string
  readonly word: string
}
interface StepsProps {
  readonly label: string
  readonly now: string
  readonly before: Step
  readonly after: Step
}

/** A stretch of time with the one before it and the one after it. */
export const Steps = ({ label, now, before, after }: StepsProps) => (
  <nav className="steps" aria-label={label}>
    <Link to={before.to} className="button button-small" aria-label={before.word}>
      <span aria-hidden="true">‹</span>
    </Link>
    <b aria-live="polite">{now}</b>
    <Link to={after.to} className="button button-small" aria-label={after.word}>
      <span aria-hidden="true">›</span>
    </Link>
  </nav>
)
