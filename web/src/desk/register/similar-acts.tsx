import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { rememberCase } from '../../shared/query.ts'
import type { CaseAnswer } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import type { SimilarCase } from '../suggestion/use-suggestion.ts'

interface SimilarActsProps {
  readonly one: SimilarCase
  readonly content: string
  readonly body: Request<'openCase'>['body']
  readonly done: (answer: CaseAnswer) => void
}

/** What the clerk may do instead of registering the same once more; pressed once it says so, pressed again it happens. */
export function SimilarActs({ one, content, body, done }: SimilarActsProps) {
  const [sure, setSure] = useState(false)
  const [action] = one.actions
  const send = useSubmission(
    (_: string, key) => (action === 'merge' ? mergedInto(one, body, key) : addedTo(one, content, key)),
    {
      done: (answer) => {
        rememberCase(answer)
        done(answer)
      },
      failed: (fault) => announce(fault.message, 'bad'),
    },
  )
  if (action === undefined) return null
  const word = action === 'merge' ? '登记并并入该问题' : '补充到该件'
  return (
    <p className="similar-acts">
      <button
        type="button"
        className="button button-small"
        disabled={send.isPending || content.trim() === ''}
        onClick={() => (sure ? send.mutate(`${one.number} ${content}`) : setSure(true))}
      >
        {sure ? `确认${word}` : word}
      </button>
      {sure && (
        <span className="hint">
          {action === 'merge'
            ? '另有编号，办好后单独答复本人。'
            : '同一人补充时用：不另登记，写的内容记到那一件。他人反映请照常登记，各自得到答复。'}
        </span>
      )}
    </p>
  )
}

async function addedTo({ id }: SimilarCase, content: string, key: string): Promise<CaseAnswer> {
  const { case: kase } = await api('getCase', { params: { id } })
  return api('act', {
    params: { id, action: 'supplement' },
    body: { version: kase.version, input: { text: content } },
    key,
  })
}

async function mergedInto(
  { number }: SimilarCase,
  body: Request<'openCase'>['body'],
  key: string,
): Promise<CaseAnswer> {
  const { case: kase } = await api('openCase', { body, key })
  return api('act', {
    params: { id: kase.id, action: 'merge' },
    body: { version: kase.version, input: { into: number } },
  })
}
