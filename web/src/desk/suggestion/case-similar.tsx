import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { rememberCase } from '../../shared/query.ts'
import type { Kase } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { RecurrenceNote, SimilarList } from './similar-list.tsx'
import { type SimilarCase, useCaseSuggestion } from './use-suggestion.ts'

/** Before somebody has the work, it is worth knowing who had it before. */
const EARLY: ReadonlySet<string> = new Set(['received', 'accepted', 'dispatched', 'inHand'])

/** On a case's page: whether it came back, and what it resembles. */
export function CaseSimilar({ kase }: { readonly kase: Kase }) {
  const suggestion = useCaseSuggestion(kase)
  if (suggestion === undefined) return null
  return (
    <>
      {suggestion.recurrence && <RecurrenceNote recurrence={suggestion.recurrence} />}
      {EARLY.has(kase.stage) && (
        <SimilarList
          items={suggestion.similar}
          acts={(one) => one.actions.includes('merge') && <MergeInto kase={kase} one={one} />}
        />
      )}
    </>
  )
}

/** Pressed once it says what will happen, pressed again it happens; a merge can be undone. */
function MergeInto({ kase, one }: { readonly kase: Kase; readonly one: SimilarCase }) {
  const [sure, setSure] = useState(false)
  const merge = useSubmission(
    (into: string, key) =>
      api('act', {
        params: { id: kase.id, action: 'merge' },
        body: { version: kase.version, input: { into } },
        key,
      }),
    {
      done: (answer) => {
        rememberCase(answer)
        announce('已并案，办好后单独答复本人')
      },
      failed: (fault) => announce(fault.message, 'bad'),
    },
  )
  return (
    <p className="similar-acts">
      <button
        type="button"
        className="button button-small"
        disabled={merge.isPending}
        onClick={() => (sure ? merge.mutate(one.number) : setSure(true))}
      >
        {sure ? '确认并入该问题' : '并入该问题'}
      </button>
    </p>
  )
}
