import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { groupNumber } from '../../shared/number.ts'
import { refreshLists, useCaseTypes } from '../../shared/query.ts'
import type { Row, Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { AnswerChosen } from './answer-chosen.tsx'
import { type BulkAction, type BulkResult, bulkActions, runBulk } from './bulk.ts'
import { TAGGERS, TagChosen } from './tag-chosen.tsx'

interface BulkBarProps {
  readonly chosen: readonly Row[]
  readonly session: Session
  readonly clear: () => void
  readonly settled: (results: readonly BulkResult[]) => void
}

/** Actions on all chosen cases, and afterwards which of them failed and why. */
export function BulkBar({ chosen, session, clear, settled }: BulkBarProps) {
  const { data: types } = useCaseTypes()
  const [failures, setFailures] = useState<readonly (BulkResult & { number: string; title: string })[]>([])
  const actions = bulkActions(types?.items ?? [], chosen, session)
  const run = useMutation({
    mutationFn: async (action: BulkAction) => ({ action, results: await runBulk(action), rows: chosen }),
    onSuccess: ({ action, results, rows }) => {
      const failed = results.filter(({ ok }) => !ok)
      const done = results.length - failed.length
      announce(
        `已${action.name === 'dispatch' ? '交办' : action.label} ${done} 件${failed.length > 0 ? `，${failed.length} 件失败` : ''}`,
        failed.length > 0 ? 'bad' : 'ok',
      )
      show(results, rows)
      refreshLists()
    },
    onError: (error) => announce(error.message, 'bad'),
  })
  const show = (results: readonly BulkResult[], rows: readonly Row[]) => {
    setFailures(
      results
        .filter(({ ok }) => !ok)
        .map((result) => ({
          ...result,
          number: rows.find(({ id }) => id === result.id)?.number ?? '',
          title: rows.find(({ id }) => id === result.id)?.title ?? '',
        })),
    )
    settled(results)
  }
  return (
    <section className="bulk" aria-label="批量办理">
      <div className="bulk-line">
        <b>已选 {chosen.length} 件</b>
        {actions.map((action) => (
          <button
            key={action.name}
            type="button"
            className="button button-small"
            disabled={run.isPending}
            onClick={() => run.mutate(action)}
          >
            {run.isPending && run.variables.name === action.name ? '办理中…' : action.label}
            {action.ids.length < chosen.length && ` ${action.ids.length} 件`}
          </button>
        ))}
        <AnswerChosen chosen={chosen} session={session} done={(results) => show(results, chosen)} />
        {session.roles.some((role) => TAGGERS.includes(role)) && <TagChosen ids={chosen.map(({ id }) => id)} />}
        {actions.length === 0 && types && <span className="muted">所选事项没有可以批量办理的动作</span>}
        <button
          type="button"
          className="button button-small button-plain"
          onClick={() => {
            setFailures([])
            clear()
          }}
        >
          取消选择
        </button>
      </div>
      {failures.length > 0 && (
        <ul className="bulk-failures">
          {failures.map(({ id, number, title, detail }) => (
            <li key={id}>
              <span className="number">{groupNumber(number)}</span> {title}：{detail}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
