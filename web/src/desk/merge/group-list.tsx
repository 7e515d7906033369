import { useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import { LoadMore } from '../queue/load-more.tsx'
import { Skeleton } from '../state-view.tsx'
import { OpinionRow } from './opinion-row.tsx'
import { type Group, useOpinions } from './query.ts'
import type { Selection } from './selection.ts'

export const idsOf = (group: Group): readonly string[] => group.matters.flatMap(({ ids }) => ids)

interface GroupListProps {
  readonly run: string
  readonly groups: readonly Group[]
  /** What was merged since the groups were computed. */
  readonly gone: ReadonlySet<string>
  readonly selection: Selection
  readonly attach: (ids: readonly string[], into: string) => void
  readonly create: (group: Group) => void
  /** Some of a group are not of one matter with the others. */
  readonly apart: (some: readonly string[], others: readonly string[]) => void
  readonly dragged: (id: string) => readonly string[]
  readonly mayCreate: boolean
}

/** Suggested groups (归并建议), the largest first; nothing is merged before a person says so. */
export const GroupList = ({ groups, ...rest }: GroupListProps) => (
  <ul className="groups">
    {groups
      .map((group) => without(group, rest.gone))
      .filter(({ matters }) => matters.length > 0)
      .map((group) => (
        <GroupItem key={group.key} group={group} {...rest} />
      ))}
  </ul>
)

function without(group: Group, gone: ReadonlySet<string>): Group {
  const matters = group.matters
    .map((matter) => ({ ...matter, ids: matter.ids.filter((id) => !gone.has(id)) }))
    .filter(({ ids }) => ids.length > 0)
  return { ...group, matters, size: matters.reduce((sum, { ids }) => sum + ids.length, 0) }
}

/** A person who sets more apart than these at once is choosing a group, not a stranger. */
const MOST_APART = 50

function GroupItem({
  run,
  group,
  gone,
  selection,
  attach,
  create,
  apart,
  dragged,
  mayCreate,
}: Omit<GroupListProps, 'groups'> & { readonly group: Group }) {
  const [open, setOpen] = useState(false)
  const ids = idsOf(group)
  const chosen = ids.filter((id) => selection.has(id))
  const { problem } = group
  const people = `${group.reporters} 人${group.anonymous > 0 ? `（匿名 ${group.anonymous}）` : ''}`
  return (
    <li className={`group-item ${chosen.length === ids.length ? 'is-checked' : ''}`}>
      <div className="group-line">
        <label className="row-check">
          <input
            type="checkbox"
            aria-label={`选中这一组 ${ids.length} 件：${group.title}`}
            checked={chosen.length === ids.length}
            ref={(box) => {
              if (box) box.indeterminate = chosen.length > 0 && chosen.length < ids.length
            }}
            onChange={() => selection.toggle(ids, chosen.length < ids.length)}
          />
        </label>
        <button type="button" className="group-open" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="group-title">
            <b>{group.title}</b>
            {group.confidential && <span className="flag flag-secret">保密</span>}
          </span>
          <span className="group-why">
            <span className="group-size">{group.size} 件</span>
            <span>{people}</span>
            {group.matters.length < group.size && <span>{group.matters.length} 桩事</span>}
            {group.place && <span>{group.place}</span>}
            <span className="group-words">{group.words.join(' ')}</span>
          </span>
          <Icon name={open ? 'up' : 'down'} />
        </button>
      </div>
      <div className="group-acts">
        {problem && (
          <button
            type="button"
            className="button button-small"
            title={`共有的词：${problem.why.join('、')}`}
            onClick={() => attach(ids, problem.number)}
          >
            并入「{problem.title}」
          </button>
        )}
        {mayCreate && group.size > 1 && (
          <button type="button" className="button button-small" onClick={() => create(group)}>
            立为新问题
          </button>
        )}
        {chosen.length > 0 && chosen.length < ids.length && chosen.length <= MOST_APART && (
          <button
            type="button"
            className="button button-small"
            onClick={() =>
              apart(
                chosen,
                ids.filter((id) => !selection.has(id)),
              )
            }
          >
            选中的 {chosen.length} 件不是一回事
          </button>
        )}
      </div>
      {open && <Members run={run} group={group} gone={gone} selection={selection} dragged={dragged} />}
    </li>
  )
}

function Members({
  run,
  group,
  gone,
  selection,
  dragged,
}: Pick<GroupListProps, 'run' | 'gone' | 'selection' | 'dragged'> & { readonly group: Group }) {
  const { rows, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useOpinions({
    grouping: run,
    group: group.key,
  })
  if (isPending) return <Skeleton rows={3} className="skeleton-list" />
  return (
    <>
      <ul className="rows group-members">
        {rows
          .filter(({ id }) => !gone.has(id))
          .map((opinion) => (
            <OpinionRow
              key={opinion.id}
              opinion={opinion}
              checked={selection.has(opinion.id)}
              check={(id) => selection.toggle([id])}
              dragged={dragged}
            />
          ))}
      </ul>
      <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
    </>
  )
}
