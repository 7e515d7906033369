import { OUTCOME } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { refreshLists } from '../../shared/query.ts'
import type { Row, Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { FilterMenu } from '../ledger/filter-menu.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import type { BulkResult } from './bulk.ts'

const MOST = 500
const BY_UNIT = ['handler', 'head'] as const
const BY_OFFICE = ['clerk', 'dispatcher'] as const
/** What may come of many at once; “cannot” and promises need more said and are written one by one. */
const WORDS = { explained: OUTCOME.explained, solved: OUTCOME.solved, partly: OUTCOME.partly } as const

/** Those of the chosen that this person may answer: a unit what it has in hand, the office what has only arrived. */
const answerable = (chosen: readonly Row[], session: Session): readonly Row[] => {
  const has = (roles: readonly string[]) => roles.some((role) => session.roles.includes(role as never))
  return chosen
    .filter(
      ({ type, stage }) =>
        type === 'appeal' &&
        ((has(BY_UNIT) && stage === 'inHand') || (has(BY_OFFICE) && ['received', 'accepted'].includes(stage))),
    )
    .slice(0, MOST)
}

interface AnswerChosenProps {
  readonly chosen: readonly Row[]
  readonly session: Session
  readonly done: (results: readonly BulkResult[]) => void
}

/** One text for all chosen (一文多答): each gets its own answer with its own beginning. */
export function AnswerChosen({ chosen, session, done }: AnswerChosenProps) {
  const [text, setText] = useState('')
  const [template, setTemplate] = useState('')
  const [outcome, setOutcome] = useState<keyof typeof WORDS>('explained')
  const rows = answerable(chosen, session)
  const run = useMutation({
    mutationFn: () =>
      api('answerMany', {
        body: {
          ...{ text, outcome, items: rows.map(({ id }) => ({ id })) },
          ...(template.trim() !== '' && { template }),
        },
      }),
    onSuccess: ({ items }) => {
      const failed = items.filter(({ ok }) => !ok).length
      announce(
        `已答复 ${items.length - failed} 件${failed > 0 ? `，${failed} 件没有答复` : ''}`,
        failed > 0 ? 'bad' : 'ok',
      )
      setText('')
      refreshLists()
      done(items)
    },
  })
  if (rows.length === 0) return null
  return (
    <FilterMenu label="一文多答" count={0}>
      <form
        className="answer-chosen"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') run.mutate()
        }}
      >
        <PlainField
          {...{ label: '开头', optional: true, value: template, set: setTemplate, maxLength: 1000 }}
          placeholder="您于{反映日期}反映的“{事项}”（{编号}），答复如下。"
          hint="可用 {称呼} {反映日期} {事项} {编号} {地点}，每件各自填好。"
        />
        <Labelled label="答复">
          {(field) => (
            <textarea
              {...field}
              className="input textarea"
              rows={4}
              maxLength={5000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Labelled>
        <SelectField label="办理结果" value={outcome} set={setOutcome} words={WORDS} />
        <button
          type="submit"
          className="button button-small button-primary"
          disabled={run.isPending || text.trim() === ''}
        >
          {run.isPending ? '正在答复…' : `答复 ${rows.length} 件`}
        </button>
        <FaultNotice fault={run.error as never} />
      </form>
    </FilterMenu>
  )
}
