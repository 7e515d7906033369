import { CHANNEL, URGENCY } from '@banjie/contract'
import { type MouseEvent, memo, useEffect, useRef } from 'react'
import { shortText } from '../../shared/moment.ts'
import type { LedgerItem, Row } from '../../shared/shape.ts'
import { faceOf } from '../ledger/place.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { SupervisedMark } from '../supervised-mark.tsx'

interface CaseRowProps {
  readonly row: Row | LedgerItem
  readonly to: string
  readonly replace?: boolean
  readonly current: boolean
  readonly checked?: boolean
  readonly check?: (id: string, extend: boolean) => void
  readonly showStage?: boolean
}

/** Something owed in a list: light and what is left, what it is about, where it stands. */
export const CaseRow = memo(function CaseRow({
  row,
  to,
  replace = false,
  current,
  checked = false,
  check,
  showStage = false,
}: CaseRowProps) {
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  // The channel of a request or a notice says nothing: nobody called about it.
  const channel = row.type === 'appeal' && row.channel !== null ? CHANNEL[row.channel] : null
  const isOwed = 'form' in row && row.form !== 'once'
  const owners = isOwed ? row.owners.map(({ name }) => name).join('、') : null
  const facts = [row.categoryLabel, channel, owners, row.leadUnit?.name].filter(Boolean)
  return (
    <li ref={item} className={`row row-${row.light} ${current ? 'is-current' : ''} ${checked ? 'is-checked' : ''}`}>
      {check && (
        <label className="row-check">
          <input
            type="checkbox"
            checked={checked}
            aria-label={`选中 ${row.title}`}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => check(row.id, event.shiftKey)}
          />
        </label>
      )}
      <Link to={to} replace={replace} className="row-link" aria-current={current ? 'true' : undefined}>
        <span className="row-top">
          <LightMark light={row.light} remaining={row.remaining} />
          <SupervisedMark degree={row.supervised} />
          <Flags row={row} />
          {isOwed && row.dueAt !== null ? (
            <time className="row-time" dateTime={row.dueAt} title="期限">
              {shortText(row.dueAt)} 前
            </time>
          ) : (
            <time className="row-time" dateTime={row.receivedAt} title="收到时间">
              {shortText(row.receivedAt)}
            </time>
          )}
        </span>
        <span className={`row-title ${isOwed ? 'is-long' : ''}`}>{row.title}</span>
        <span className="row-facts">
          <span className="number">{faceOf(row)}</span>
          {showStage && <span className="row-stage">{stageOf(row)}</span>}
          {facts.length > 0 && <span className="row-where">{facts.join(' · ')}</span>}
        </span>
      </Link>
    </li>
  )
})

/** Where it stands, with how much of it is done. */
const stageOf = (row: Row | LedgerItem) =>
  'progress' in row && row.progress !== null ? `${row.stageLabel} ${row.progress}` : row.stageLabel

/** What sets a case apart: urgency, urging, rounds, confidentiality. */
export function Flags({ row }: { readonly row: Pick<Row, 'urgency' | 'urged' | 'round' | 'confidential'> }) {
  return (
    <>
      {row.urgency !== 'normal' && <span className={`flag flag-${row.urgency}`}>{URGENCY[row.urgency]}</span>}
      {row.urged > 0 && <span className="flag flag-urged">催办 {row.urged}</span>}
      {row.round > 1 && <span className="flag">第 {row.round} 轮</span>}
      {row.confidential && <span className="flag flag-secret">保密</span>}
    </>
  )
}
