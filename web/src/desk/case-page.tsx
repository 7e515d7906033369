import { useEffect } from 'react'
import { groupNumber } from '../shared/number.ts'
import { announce } from './announce.tsx'
import { CaseView } from './detail/case-view.tsx'

/** A case on a page of its own. */
export function CasePage({ number }: { readonly number: string }) {
  useEffect(() => {
    document.title = `${groupNumber(number)} · 工作台`
  }, [number])
  return (
    <div className="case-page">
      <CaseView
        number={number}
        close={() => (window.history.length > 1 ? window.history.back() : window.location.assign('/w/c'))}
        done={({ action, after }) => announce(`已${action.label}，现为“${after.stageLabel}”`)}
      />
    </div>
  )
}
