import type { Session } from '../../shared/shape.ts'
import { useTitle } from '../page/title.ts'
import { Gaps } from './gaps.tsx'
import { Lists } from './lists.tsx'
import { PersonForm } from './person-form.tsx'
import { StandInForm } from './stand-in-form.tsx'
import '../page/page.css'

/** Handover (移交): what people owe goes to others, lists wait for a signature, somebody stands in, nothing is left without an owner. */
export function HandoverPage({ session }: { readonly session: Session }) {
  // The administrator looks over all units, a head over the own one.
  const unit = session.roles.includes('admin') ? undefined : (session.unitId ?? undefined)
  useTitle('人员移交')
  return (
    <div className="page">
      <header className="page-head">
        <h1>人员移交</h1>
      </header>
      <PersonForm unit={unit} />
      <Lists session={session} />
      <Gaps />
      <StandInForm unit={unit} />
    </div>
  )
}
