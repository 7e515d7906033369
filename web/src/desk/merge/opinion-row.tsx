import { CHANNEL } from '@banjie/contract'
import { memo, useEffect, useRef } from 'react'
import { shortText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { Link } from '../link.tsx'
import { TagMarks } from '../tag-marks.tsx'
import type { Opinion } from './query.ts'

/** What is being dragged: the ids of opinions. */
export const DRAGGED = 'application/x-banjie-opinions'

interface OpinionRowProps {
  readonly opinion: Opinion
  readonly current?: boolean
  readonly checked: boolean
  readonly check: (id: string) => void
  /** The ids that go along when this row is dragged. */
  readonly dragged?: (id: string) => readonly string[]
}

/** A raw opinion in a list: its words, where it came from, what it belongs to. */
export const OpinionRow = memo(function OpinionRow({
  opinion,
  current = false,
  checked,
  check,
  dragged,
}: OpinionRowProps) {
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const { id, number, title, content, problem } = opinion
  const rest = content.startsWith(title) ? content.slice(title.length).replace(/^[。，！？\s]+/, '') : content
  const facts = [opinion.categoryLabel, CHANNEL[opinion.channel], opinion.address].filter(Boolean)
  return (
    <li
      ref={item}
      className={`opinion ${current ? 'is-current' : ''} ${checked ? 'is-checked' : ''}`}
      draggable={dragged !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, JSON.stringify(dragged?.(id) ?? [id]))
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <label className="row-check">
        <input type="checkbox" checked={checked} aria-label={`选中 ${title}`} onChange={() => check(id)} />
      </label>
      <div className="opinion-body">
        <p className="opinion-title">
          <b>{title}</b>
          {opinion.confidential && <span className="flag flag-secret">保密</span>}
          <TagMarks tags={opinion.tags} />
        </p>
        {rest !== '' && <p className="opinion-text">{rest}</p>}
        <p className="opinion-facts">
          <Link to={`/w/c/${number}`} className="number">
            {groupNumber(number)}
          </Link>
          <span>{facts.join(' · ')}</span>
          <time dateTime={opinion.receivedAt}>{shortText(opinion.receivedAt)}</time>
          {problem ? (
            <span className="opinion-into">已并入 {problem.title}</span>
          ) : (
            !opinion.mergeable && <span className="opinion-into">{opinion.stageLabel}</span>
          )}
        </p>
      </div>
    </li>
  )
})
