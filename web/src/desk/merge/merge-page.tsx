import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { KeyMark } from '../../shared/key-mark.tsx'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { useKeys } from '../keyboard.ts'
import { useLists } from '../lists/query.ts'
import { useNarrow } from '../media.ts'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { Counter } from './counter.tsx'
import { filterOf, scopeOf } from './filter.ts'
import { idsOf } from './group-list.tsx'
import { type NewProblem, NewProblemDialog } from './new-problem.tsx'
import { OpinionFilters } from './opinion-filters.tsx'
import { OpinionPane } from './opinion-pane.tsx'
import { ProblemList } from './problem-list.tsx'
import { type Group, useGrouping, useMergeCount, useOpinions } from './query.ts'
import { useSelection } from './selection.ts'
import { StepBar } from './step-bar.tsx'
import { keepApart, useDesk } from './use-desk.ts'
import '../page/page.css'
import './merge.css'

/** A problem that is being written down, and the opinions that go into it. */
interface Draft {
  readonly ids: readonly string[]
  readonly initial: NewProblem
}
const BLANK: NewProblem = { title: '', content: '', aspect: '', category: '' }

/** Merge desk (归并台): raw opinions on the left, problems on the right; many voices become few problems, and each still gets its answer. */
export function MergePage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const narrow = useNarrow()
  const filter = filterOf(place.query)
  const scope = scopeOf(filter)
  const run = place.query.get('grouping')
  const opinions = useOpinions(filter, run === null)
  const { data: count } = useMergeCount(scope)
  const grouping = useGrouping(run)
  const selection = useSelection()
  const desk = useDesk(selection)
  const [target, setTarget] = useState<string | null>(null)
  const [cursor, setCursor] = useState(-1)
  const [draft, setDraft] = useState<Draft | null>(null)
  useTitle('归并')
  const mayCreate = session.roles.some((role) => role === 'dispatcher' || role === 'supervisor')
  const tab = place.query.get('tab') === 'problems' ? 'problems' : 'opinions'
  const { data: lists } = useLists()
  const list = lists?.items.find(({ id }) => id === filter.list)
  const aspects = list?.aspects ?? (count?.aspects ?? []).flatMap(({ aspect }) => aspect ?? [])

  const current = run === null ? opinions.rows[cursor] : undefined
  const chosen = selection.ids.size > 0 ? [...selection.ids] : current ? [current.id] : []
  const dragged = (id: string) => (selection.has(id) ? [...selection.ids] : [id])
  const merge = () => {
    if (chosen.length === 0) return announce('先选中要并入的意见', 'bad')
    if (target === null) {
      if (narrow) go(withQuery(place, { tab: 'problems' }), { replace: true })
      return announce('请选一个问题，再按 M 并入')
    }
    if (!desk.busy) desk.attach(chosen, target)
  }
  const group = async () => {
    try {
      const { id } = await api('newGrouping', { body: scope as never })
      go(withQuery(place, { grouping: id, tab: null }), { replace: true })
    } catch (error) {
      announce(error instanceof Error ? error.message : '没有成功，请重试。', 'bad')
    }
  }
  const apart = async (some: readonly string[], others: readonly string[]) => {
    try {
      await keepApart(some, others)
      selection.toggle(some, false)
      announce(`已记下：${some.length} 件不是一回事，以后不再放在一起`)
      await group()
    } catch (error) {
      announce(error instanceof Error ? error.message : '没有成功，请重试。', 'bad')
    }
  }
  const move = (step: number) => setCursor((at) => Math.min(Math.max(at + step, 0), opinions.rows.length - 1))
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => current && selection.toggle([current.id]),
    m: merge,
    Enter: () => current && go(`/w/c/${current.number}`),
    Escape: selection.clear,
  })
  const createFrom = ({ title, category, ...suggested }: Group) =>
    setDraft({
      ids: idsOf({ title, category, ...suggested }),
      initial: { ...BLANK, title, content: title, category: category ?? '' },
    })
  const createEmpty = () => {
    const [first] = opinions.rows.filter(({ id }) => chosen.includes(id))
    setDraft({ ids: chosen, initial: first ? { ...BLANK, title: first.title, content: first.content } : BLANK })
  }
  const save = ({ title, content, aspect, category }: NewProblem) =>
    desk.run(
      {
        ...{ kind: 'create', ids: (draft?.ids ?? []) as never, title, content },
        ...(aspect !== '' && { aspect }),
        ...(category !== '' && { category }),
        ...(filter.list !== undefined && { listId: filter.list }),
      },
      () => setDraft(null),
    )

  return (
    <div className={`merge merge-on-${tab}`}>
      <header className="merge-head">
        <h1>归并</h1>
        <Counter count={count} place={place} />
        <button
          type="button"
          className="button button-primary merge-suggest"
          disabled={grouping.data?.state === 'running'}
          onClick={() => void group()}
        >
          {grouping.data?.state === 'running' ? '正在比对…' : '找出相似的'}
        </button>
        <OpinionFilters place={place} />
        <nav className="merge-tabs" aria-label="归并">
          {(['opinions', 'problems'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="merge-tab"
              aria-current={tab === one ? 'true' : undefined}
              onClick={() => go(withQuery(place, { tab: one }), { replace: true })}
            >
              {one === 'opinions' ? `意见${chosen.length > 0 ? `（已选 ${chosen.length}）` : ''}` : '问题'}
            </button>
          ))}
        </nav>
      </header>
      <div className="merge-body">
        <OpinionPane
          opinions={opinions}
          grouping={run === null ? undefined : grouping}
          gone={desk.gone}
          place={place}
          cursor={cursor}
          selection={selection}
          dragged={dragged}
          attach={desk.attach}
          create={createFrom}
          apart={(some, others) => void apart(some, others)}
          mayCreate={mayCreate}
        />
        <ProblemList
          aspects={aspects}
          list={place.query.get('list') ?? undefined}
          target={target}
          choose={setTarget}
          attach={desk.attach}
          split={desk.split}
          busy={desk.busy}
          create={mayCreate && chosen.length > 0 ? createEmpty : undefined}
        />
      </div>
      <footer className="merge-foot">
        {desk.step && (
          <StepBar
            step={desk.step}
            undo={desk.undo}
            retry={(ids) => desk.step?.problem && desk.attach(ids, desk.step.problem.number)}
            close={desk.close}
            busy={desk.busy}
          />
        )}
        {chosen.length > 0 && (
          <div className="merge-acts">
            <b>已选 {chosen.length.toLocaleString('zh-CN')} 件</b>
            <button type="button" className="button button-primary" disabled={desk.busy} onClick={merge}>
              <Icon name="merge" />
              并入所选问题 <KeyMark>M</KeyMark>
            </button>
            {mayCreate && (
              <button type="button" className="button" disabled={desk.busy} onClick={createEmpty}>
                立新问题
              </button>
            )}
            {selection.ids.size > 0 && (
              <button type="button" className="icon-button" aria-label="取消选择" onClick={selection.clear}>
                <Icon name="close" />
              </button>
            )}
          </div>
        )}
      </footer>
      {draft && (
        <NewProblemDialog
          count={draft.ids.length}
          initial={draft.initial}
          aspects={aspects}
          list={list?.title}
          busy={desk.busy}
          save={save}
          close={() => setDraft(null)}
        />
      )}
    </div>
  )
}
