import type { Light } from '@banjie/contract'
import type { ObligationRow } from './obligation.sql.ts'

/** Light (灯) of an obligation that is no case. */
export const obligationLight = (
  { closedAt, redAt, yellowAt }: Pick<ObligationRow, 'closedAt' | 'redAt' | 'yellowAt'>,
  now: Date,
): Light => (closedAt !== null ? 'done' : redAt < now ? 'red' : yellowAt <= now ? 'yellow' : 'green')
