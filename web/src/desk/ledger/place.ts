import { OBLIGATION_KIND, type ObligationKind } from '@banjie/contract'
import { groupNumber } from '../../shared/number.ts'
import type { LedgerItem } from '../../shared/shape.ts'

type Placed = Pick<LedgerItem, 'number' | 'type' | 'subjectId'>

/** The page on which something owed is dealt with. */
export function placeOf({ number, type, subjectId }: Placed): string {
  if (number !== null) return `/w/c/${number}`
  if (type === 'channelTest') return '/w/channels'
  if (type !== 'period') return `/w/plan/targets/${subjectId}`
  return subjectId === null ? '/w/duties' : `/w/liaison/${subjectId}`
}

/** What stands in the column of numbers: a case has one, the others say what they are. */
export const faceOf = ({ number, superiorNumber, type }: Pick<LedgerItem, 'number' | 'superiorNumber' | 'type'>) =>
  superiorNumber ?? (number === null ? OBLIGATION_KIND[type as ObligationKind] : groupNumber(number))
