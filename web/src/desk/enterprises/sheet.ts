import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { type Enterprise, refreshEnterprises } from './query.ts'

type Sheet = Request<'editEnterprise'>['body']
/** What of a sheet stands in rows: years, titles, contacts. */
export type SheetRows = Pick<Sheet, 'years' | 'titles' | 'contacts'>

/** The sheet as it was read, as an edit sends it; rows that are left out stay as they are. */
const sheetOf = ({ id: _, ...known }: Enterprise): Sheet => ({
  name: known.name,
  ...(known.uscc !== null && { uscc: known.uscc }),
  ...(known.divisionCode !== null && { divisionCode: known.divisionCode }),
  ...(known.industry !== null && { industry: known.industry }),
  ...(known.chain !== null && { chain: known.chain }),
  ...(known.registeredOn !== null && { registeredOn: known.registeredOn }),
  ...(known.address !== null && { address: known.address }),
  ...(known.partyInstructor !== null && { partyInstructor: known.partyInstructor }),
  ...{ partyOrganisation: known.partyOrganisation, partyMembers: known.partyMembers },
  ...{ figuresClass: known.figuresClass, basedOn: known.updatedAt },
})

/** Puts rows of an enterprise's sheet in place of those before; the rest of the sheet stays as it was read. */
export const useSheetRows = (known: Enterprise, done: string, close: () => void) =>
  useSubmission(
    (rows: SheetRows, key) =>
      api('editEnterprise', { params: { id: known.id }, body: { ...sheetOf(known), ...rows }, key }),
    {
      done: () => {
        announce(done)
        refreshEnterprises()
        close()
      },
    },
  )
