import { useState } from 'react'
import { shortText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { useRelated } from '../../shared/query.ts'
import type { Kase, Related } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'

/** The groups of the tab, in its order. */
const GROUPS: readonly { readonly label: string; readonly has: (one: Related) => boolean }[] = [
  { label: '上级事项', has: ({ link }) => link === 'parent' },
  { label: '并入的问题', has: ({ link }) => link === 'problem' },
  { label: '并案诉求', has: ({ link }) => link === 'merged' },
  { label: '请示', has: ({ link, type }) => link === 'owned' && type === 'request' },
  { label: '协办与外部协调', has: ({ link, type }) => link === 'owned' && type === 'task' },
  { label: '督办通知', has: ({ link, type }) => link === 'owned' && type === 'notice' },
  { label: '排查', has: ({ link, type }) => link === 'owned' && type === 'sweep' },
  {
    label: '由此产生的事项',
    has: ({ link, type }) => link === 'owned' && !['request', 'task', 'notice', 'sweep'].includes(type),
  },
]
const AT_FIRST = 20

/** What stands around a case (关联): what it belongs to, what was merged into it, what others owe it. */
export function RelatedTab({ kase }: { readonly kase: Kase }) {
  const { data, error, refetch } = useRelated(kase)
  if (error && data === undefined) return <ErrorView error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton rows={4} className="skeleton-text" />
  if (data.items.length === 0) return <EmptyView>没有关联的事项。</EmptyView>
  return (
    <div className="related">
      {GROUPS.map(({ label, has }) => (
        <Group key={label} label={label} kase={kase} items={data.items.filter(has)} />
      ))}
    </div>
  )
}

interface GroupProps {
  readonly label: string
  readonly kase: Kase
  readonly items: readonly Related[]
}

function Group({ label, kase, items }: GroupProps) {
  const [all, setAll] = useState(false)
  if (items.length === 0) return null
  const shown = all ? items : items.slice(0, AT_FIRST)
  return (
    <section aria-label={label}>
      <h2 className="related-head">
        {label} <span className="related-count">{items.length}</span>
        {label === '并案诉求' && <MergedCount merged={kase.merged} />}
      </h2>
      <ul className="related-list">
        {shown.map((one) => (
          <RelatedRow key={one.id} one={one} />
        ))}
      </ul>
      {shown.length < items.length && (
        <button type="button" className="button button-small button-plain" onClick={() => setAll(true)}>
          列出全部 {items.length} 件
        </button>
      )}
    </section>
  )
}

/** Of the voices merged into a problem, how many have their answer. */
export const MergedCount = ({ merged: { answered, unreachable } }: Pick<Kase, 'merged'>) => (
  <span className="related-note">
    已答复 {answered}
    {unreachable > 0 && `、联系不上 ${unreachable}`}
  </span>
)

function RelatedRow({ one }: { readonly one: Related }) {
  const who = [one.unit, one.handler].filter(Boolean).join(' · ')
  return (
    <li className="related-row">
      <LightMark light={one.light} />
      <Link to={`/w/c/${one.number}`} className="related-link">
        <span className="related-title">{titleOf(one)}</span>
        <span className="related-facts">
          <span className="number">{one.documentNumber ?? groupNumber(one.number)}</span>
          <span className="row-stage">{one.stageLabel}</span>
          {who !== '' && <span>{who}</span>}
          {one.dueAt && one.closedAt === null && <span>最迟 {shortText(one.dueAt)}</span>}
        </span>
      </Link>
      {one.answer && one.link === 'owned' && <p className="related-answer">{one.answer}</p>}
    </li>
  )
}

/** A request's title repeats its kind and the case; the kind says it. */
const titleOf = ({ kindLabel, typeLabel, title, link }: Related) =>
  link === 'merged'
    ? title
    : kindLabel === null
      ? `${typeLabel}：${title}`
      : `${kindLabel}：${title.replace(/^.*?：/, '')}`
