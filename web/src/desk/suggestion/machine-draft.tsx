import { DRAFT_KIND, type DraftKind } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import type { Kase } from '../../shared/shape.ts'
import { useSuggestionState } from './use-suggestion.ts'

/** Which form a draft is for, and the field it is for. */
const KIND: Readonly<Record<string, { readonly kind: DraftKind; readonly field: string }>> = {
  accept: { kind: 'summary', field: 'summary' },
  draftAnswer: { kind: 'answer', field: 'text' },
  answerAtOnce: { kind: 'answer', field: 'text' },
}

interface MachineDraftProps {
  readonly kase: Kase
  readonly action: string
  readonly set: (name: string, value: unknown) => void
}

/** A machine's draft (机器草稿): there only where the district has opened an endpoint; it is read first, and put into the form by a person. */
export function MachineDraft({ kase, action, set }: MachineDraftProps) {
  const wanted = KIND[action]
  const state = useSuggestionState(wanted !== undefined)
  // Nothing is stored, so nothing can happen twice: no submission with a key.
  const draft = useMutation<Answer<'draftText'>, ApiFault, DraftKind>({
    mutationFn: (kind) => api('draftText', { params: { id: kase.id }, body: { kind } }),
  })
  if (wanted === undefined || state?.drafts !== true || kase.confidential) return null
  return (
    <div className="machine-draft">
      <p>
        <button
          type="button"
          className="button button-small"
          disabled={draft.isPending}
          onClick={() => draft.mutate(wanted.kind)}
        >
          {draft.isPending ? '正在起草…' : DRAFT_KIND[wanted.kind]}
        </button>{' '}
        <span className="hint">只送去掉电话、证件号的诉求内容；草稿不保存。</span>
      </p>
      {draft.error && (
        <p className="notice notice-bad" role="alert">
          {draft.error.message}
        </p>
      )}
      {draft.data && (
        <section className="suggestion" aria-label={draft.data.mark}>
          <p className="hint">
            <span className="tag">{draft.data.mark}</span> {draft.data.model}
          </p>
          <p className="machine-words">{draft.data.text}</p>
          <p>
            <button
              type="button"
              className="button button-small"
              onClick={() => set(wanted.field, draft.data?.text ?? '')}
            >
              放入表单再改
            </button>
          </p>
        </section>
      )}
    </div>
  )
}
