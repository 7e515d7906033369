import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { mayKeep } from './keeper.ts'
import { type List, refreshProblemLists } from './query.ts'
import { Share } from './share.tsx'

/** Goals (目标): “the two solves” with its two lists; the progress is counted from their rows. */
export function Goals({ lists, session }: { readonly lists: readonly List[]; readonly session: Session }) {
  const { data } = useQuery({ queryKey: ['lists', 'goals'], queryFn: ({ signal }) => api('goals', { signal }) })
  const above = lists.filter(({ origin }) => origin === 'superior')
  const own = lists.filter(({ origin }) => origin !== 'superior')
  const bindable = mayKeep(session) && data?.items.length === 0 && above.length > 0 && own.length > 0
  return (
    <>
      {data?.items.map((goal) => (
        <section key={goal.id} className="panel goal" aria-label={goal.title}>
          <div className="goal-head">
            <h2>{goal.title}</h2>
            <span className={`tag ${goal.reached ? 'tag-good' : ''}`}>
              {goal.reached ? `✓ ${goal.reachedAt ? dayOf(goal.reachedAt) : ''} 达成` : '进行中'}
            </span>
          </div>
          <Share part={goal.accepted} whole={goal.items} />
          <ul className="goal-lists">
            {goal.lists.map((list) => (
              <li key={list.id}>
                <Link to={`/w/lists/${list.id}`}>{list.title}</Link>
                <span className="muted">
                  {list.aspects.length} 个方面，{list.items} 个问题，已销号 {list.accepted}
                </span>
              </li>
            ))}
          </ul>
          <p className="hint">两份清单的每个问题都验收销号，目标才算达成；进度由清单算出，不能填写。</p>
        </section>
      ))}
      {bindable && <NewGoal above={above} own={own} />}
    </>
  )
}

function NewGoal({ above, own }: { readonly above: readonly List[]; readonly own: readonly List[] }) {
  const [superiorListId, setSuperior] = useState(above[0]?.id ?? '')
  const [ownListId, setOwn] = useState(own[0]?.id ?? '')
  const send = useSubmission(
    (body: Parameters<typeof api<'newGoal'>>[1]['body'], key) => api('newGoal', { body, key }),
    {
      done: ({ title }) => {
        announce(`目标“${title}”已建立`)
        refreshProblemLists()
      },
    },
  )
  return (
    <details className="mapping">
      <summary>建立“两个解决”目标</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({ title: '两个解决', superiorListId, ownListId })
        }}
      >
        <Labelled label="上级清单">
          {(field) => <Choice field={field} lists={above} chosen={superiorListId} choose={setSuperior} />}
        </Labelled>
        <Labelled label="本级清单">
          {(field) => <Choice field={field} lists={own} chosen={ownListId} choose={setOwn} />}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button" disabled={send.isPending}>
            建立目标
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}

interface ChoiceProps {
  readonly field: { readonly id: string }
  readonly lists: readonly { readonly id: string; readonly title: string }[]
  readonly chosen: string
  readonly choose: (id: string) => void
}
export const Choice = ({ field, lists, chosen, choose }: ChoiceProps) => (
  <select {...field} className="input" value={chosen} onChange={(event) => choose(event.target.value)}>
    {lists.map(({ id, title }) => (
      <option key={id} value={id}>
        {title}
      </option>
    ))}
  </select>
)
