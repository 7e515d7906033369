import { groupNumber } from '../../shared/number.ts'
import { announce } from '../announce.tsx'
import { CaseView } from '../detail/case-view.tsx'
import { ListDialog } from '../figures/list-dialog.tsx'
import '../figures/figures.css'
import type { SimilarCase } from '../suggestion/use-suggestion.ts'

/** An earlier case over the form; what was typed stays below it. */
export const SimilarPanel = ({ one, close }: { readonly one: SimilarCase; readonly close: () => void }) => (
  <ListDialog title="以前反映的" under={`${groupNumber(one.number)} · ${one.reasons.join(' · ')}`} close={close}>
    <CaseView number={one.number} done={({ action }) => announce(`已${action.label}`)} />
  </ListDialog>
)
