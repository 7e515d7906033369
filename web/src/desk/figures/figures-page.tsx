import type { Session } from '../../shared/shape.ts'
import { SavedVisits } from '../contacts/saved-visits.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { choiceOf, wholeWord } from './choice.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { DrillDialog } from './drill-dialog.tsx'
import { FigureTable } from './figure-table.tsx'
import { Formulas } from './formulas.tsx'
import { Headlines } from './headlines.tsx'
import { OutcomeDialog } from './outcome-dialog.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { PeriodBox } from './period-box.tsx'
import { type OutcomeKind, useFigures, useIndicators } from './query.ts'
import '../page/page.css'
import './figures.css'

/** Figures (统计): the indicators of a period by unit, category or channel; each figure opens the cases that it counts. */
export function FiguresPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const choice = choiceOf(place.query)
  const { data: indicators } = useIndicators()
  const { data: figures, error, refetch } = useFigures(choice)
  useTitle('统计')
  const show = place.query.get('show')
  const key = place.query.get('key') ?? undefined
  const whole = wholeWord(session.roles)
  const drilled = indicators?.items.find(({ id }) => id === show)
  return (
    <div className="page page-wide figures">
      <header className="page-head">
        <h1>统计</h1>
      </header>
      <ChoiceBar place={place} choice={choice} />
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {!error && !(figures && indicators) && <Skeleton rows={10} className="skeleton-table" />}
      {figures && indicators && (
        <>
          <Headlines session={session} choice={choice} indicators={indicators.items} figures={figures} />
          <SavedVisits from={choice.from} to={choice.to} />
          <FigureTable {...{ place, choice, figures, whole }} indicators={indicators.items} />
          {choice.month !== null && <PeriodBox key={choice.month} month={choice.month} session={session} />}
          <OutcomeTable {...{ place, choice, whole }} />
          <Formulas indicators={indicators.items} />
        </>
      )}
      {drilled && figures && (
        <DrillDialog
          key={`${drilled.id} ${key}`}
          place={place}
          choice={choice}
          indicator={drilled}
          figures={figures}
          whole={whole}
        />
      )}
      {show === 'outcome' && (
        <OutcomeDialog place={place} choice={choice} kind={place.query.get('kind') as OutcomeKind} />
      )}
    </div>
  )
}
