import { URGENCY } from '@banjie/contract'
import type { ReactNode } from 'react'
import type { Action, Kase } from '../../shared/shape.ts'
import { Why } from './suggestion-box.tsx'
import type { Suggestion } from './use-suggestion.ts'

interface ActionSuggestionProps {
  readonly action: Action
  readonly suggestion: Suggestion
  readonly set: (name: string, value: unknown) => void
}

/** In the form of accepting or dispatching: what such words were decided before, how sure that is, and why; a person takes it or not. */
export function ActionSuggestion({ action, suggestion, set }: ActionSuggestionProps) {
  const { categories, units, urgency } = suggestion
  if (action.name === 'accept')
    return (
      <Lines label="建议">
        {categories.map((one) => (
          <Choice key={one.id} label={one.label} why={one} take={() => set('category', one.id)} />
        ))}
        {urgency.value !== 'normal' && (
          <Choice label={URGENCY[urgency.value]} why={urgency} take={() => set('urgency', urgency.value)} />
        )}
      </Lines>
    )
  if (action.name !== 'dispatch') return null
  // What the catalogue says stands above already.
  const learned = units.filter(({ times }) => times > 0)
  return (
    <Lines label="以往">
      {learned.map((one) => (
        <Choice
          key={one.id}
          label={one.name}
          why={one}
          basis={`同类事项交办过 ${one.times} 次`}
          take={() => set('leadUnitId', one.id)}
        />
      ))}
    </Lines>
  )
}

const Lines = ({ label, children }: { readonly label: string; readonly children: readonly ReactNode[] }) =>
  children.flat().some(Boolean) && (
    <section className="suggestion-choices" aria-label={label}>
      <span className="hint">{label}</span>
      {children}
    </section>
  )

interface ChoiceProps {
  readonly label: string
  readonly why: Pick<Suggestion['urgency'], 'confidence' | 'words'>
  readonly basis?: string
  readonly take: () => void
}
const Choice = ({ label, why, basis, take }: ChoiceProps) => (
  <span className="suggestion-choice">
    <button type="button" className="chip" onClick={take}>
      {label}
    </button>
    <Why {...why} />
    {basis && <span className="hint">{basis}</span>}
  </span>
)

/** Accepting and dispatching start with what is suggested, where neither the case nor the dispatch catalogue says anything. */
export function withSuggestion(action: Action, kase: Kase, known: Suggestion | undefined): Action {
  if (known === undefined) return action
  const started = STARTS[action.name]?.(kase, known)
  return started === undefined ? action : { ...action, proposal: { ...started, ...action.proposal } }
}
const STARTS: Readonly<Record<string, (kase: Kase, known: Suggestion) => Readonly<Record<string, unknown>>>> = {
  accept: (kase, { categories: [first], urgency: { value } }) => ({
    ...(kase.category === null && first !== undefined && first.confidence !== 'unsure' && { category: first.id }),
    ...(kase.urgency === 'normal' && value !== 'normal' && { urgency: value }),
  }),
  dispatch: (_, { units: [first] }) =>
    first !== undefined && first.confidence !== 'unsure' ? { leadUnitId: first.id } : {},
}
