import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { CategoryField } from '../../form/category-field.tsx'
import { Icon } from '../../shared/icon.tsx'
import { Labelled } from '../page/labelled.tsx'

export interface NewProblem {
  readonly title: string
  readonly content: string
  readonly aspect: string
  readonly category: string
}

interface NewProblemProps {
  readonly count: number
  readonly initial: NewProblem
  readonly aspects: readonly string[]
  /** The list the problem will stand on: then one of its aspects must be named. */
  readonly list: string | undefined
  readonly busy: boolean
  readonly save: (problem: NewProblem) => void
  readonly close: () => void
}

/** A new problem with the opinions it is made of: both are there, or neither. */
export function NewProblemDialog({ count, initial, aspects, list, busy, save, close }: NewProblemProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState(initial)
  const aspectsId = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const set = (part: Partial<NewProblem>) => setProblem((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save(problem)
  }
  return (
    <dialog ref={dialog} className="dialog merge-dialog" aria-labelledby="new-problem-title" onClose={close}>
      <header className="dialog-head">
        <h2 id="new-problem-title">立新问题{count > 0 && `，并入 ${count} 件意见`}</h2>
        <button type="button" className="icon-button" aria-label="关闭" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      <form className="merge-form" onSubmit={submit}>
        <Labelled label="问题" hint="一句话说清楚什么地方什么事，不写人名。">
          {(field) => (
            <input
              {...field}
              className="input"
              required
              maxLength={60}
              value={problem.title}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="问题描述">
          {(field) => (
            <textarea
              {...field}
              className="input textarea"
              required
              rows={4}
              maxLength={5000}
              value={problem.content}
              onChange={(event) => set({ content: event.target.value })}
            />
          )}
        </Labelled>
        {list !== undefined && (
          <Labelled label={`列入“${list}”的方面`}>
            {(field) => (
              <select
                {...field}
                className="input"
                required
                value={problem.aspect}
                onChange={(event) => set({ aspect: event.target.value })}
              >
                <option value="">请选择</option>
                {aspects.map((aspect) => (
                  <option key={aspect}>{aspect}</option>
                ))}
              </select>
            )}
          </Labelled>
        )}
        {list === undefined && (
          <Labelled label="方面" optional>
            {(field) => (
              <>
                <input
                  {...field}
                  className="input"
                  list={aspectsId}
                  maxLength={60}
                  value={problem.aspect}
                  onChange={(event) => set({ aspect: event.target.value })}
                />
                <datalist id={aspectsId}>
                  {aspects.map((aspect) => (
                    <option key={aspect} value={aspect} />
                  ))}
                </datalist>
              </>
            )}
          </Labelled>
        )}
        <Labelled label="事项类别" optional>
          {({ id }) => (
            <CategoryField
              id={id}
              text={`${problem.title}${problem.content}`}
              chosen={problem.category === '' ? [] : [problem.category]}
              choose={(values) => set({ category: values[0] ?? '' })}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={busy}>
            {busy ? '正在立项…' : '立项并入'}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            取消
          </button>
        </div>
      </form>
    </dialog>
  )
}
