import { useSession } from '../../shared/query.ts'
import './intake.css'

const HANDS_OUT: readonly string[] = ['clerk', 'dispatcher', 'window', 'caller']
const WITH_SLIP: readonly string[] = ['appeal', 'proposal']

interface SlipLinkProps {
  readonly number: string
  readonly type: string
}
/** The paper slip (回执单) in a window of its own, for those who hand it over. */
export function SlipLink({ number, type }: SlipLinkProps) {
  const { data: session } = useSession()
  if (!WITH_SLIP.includes(type) || !session?.roles.some((role) => HANDS_OUT.includes(role))) return null
  return (
    <a className="button button-small slip-link" href={`/slip/${number}`} target="_blank" rel="noopener">
      打印回执单
    </a>
  )
}
