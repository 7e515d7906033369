import { OBLIGATION_KIND, type ObligationKind } from '@banjie/contract'
import { groupNumber } from '../../shared/number.ts'
import type { LedgerItem } from '../../shared/shape.ts'

type Placed = Pick<LedgerItem, 'id' | 'number' | 'type' | 'subjectId'>

/** Where the subjects of a kind have their pages. */
const PAGES: Readonly<Partial<Record<ObligationKind, string>>> = {
  ...{ appointment: '/w/projects', stage: '/w/projects', instalment: '/w/promises' },
  disbursement: '/w/policies',
}

/** The page on which something owed is dealt with; what is no case is shown above the page of its subject. */
export function placeOf({ id, number, type, subjectId }: Placed): string {
  if (number !== null) return `/w/c/${number}`
  if (type === 'channelTest') return `/w/channels?owed=${id}`
  if (type === 'demand') return '/w/financing?tab=quality'
  const page = PAGES[type as ObligationKind]
  if (page !== undefined) return `${page}/${subjectId}`
  if (type !== 'period') return `/w/plan/targets/${subjectId}?owed=${id}`
  return subjectId === null ? '/w/duties' : `/w/liaison/${subjectId}?owed=${id}`
}

/** What stands in the column of numbers: a case has one, the others say what they are. */
export const faceOf = ({ number, superiorNumber, type }: Pick<LedgerItem, 'number' | 'superiorNumber' | 'type'>) =>
  superiorNumber ?? (number === null ? OBLIGATION_KIND[type as ObligationKind] : groupNumber(number))
