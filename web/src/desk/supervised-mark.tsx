import { NOTICE_KIND } from '@banjie/contract'

/** Shape and tone of each degree, so that colour never stands alone. */
const DEGREE: Readonly<Record<string, readonly [shape: string, tone: string]>> = {
  leader: ['◆', 'flag-critical'],
  red: ['■', 'flag-critical'],
  yellow: ['▲', 'flag-urgent'],
}

/** The highest notice (督办) a case has had: shape, word and colour. */
export function SupervisedMark({ degree }: { readonly degree: string | null }) {
  if (degree === null) return null
  const [shape, tone] = DEGREE[degree] ?? ['●', '']
  return (
    <span className={`flag ${tone}`}>
      <span aria-hidden="true">{shape} </span>
      {NOTICE_KIND[degree as keyof typeof NOTICE_KIND] ?? '督办'}
    </span>
  )
}
