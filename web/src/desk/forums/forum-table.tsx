import { FORUM_KIND } from '@banjie/contract'
import type { ReactNode } from 'react'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Forum, useForums } from './query.ts'

interface ForumTableProps {
  /** Absent: all. */
  readonly drive?: string
  readonly act?: (forum: Forum) => ReactNode
}

/** Occasions on which opinions were heard, with what came of each. */
export function ForumTable({ drive, act }: ForumTableProps) {
  const { data, error, isPending, refetch } = useForums(drive)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} className="skeleton-text" />
  return (
    <TableSection
      title="座谈、坐窗口与调研"
      count={data.items.length}
      head={['名称', '日期', '牵头单位', '主持', '意见', '已答复', ...(act === undefined ? [] : [''])]}
      counts={['意见', '已答复']}
      empty={drive === undefined ? '还没有登记座谈、坐窗口或调研。' : '这次征集没有登记座谈、坐窗口或调研。'}
    >
      {data.items.map((forum) => (
        <tr key={forum.id}>
          <td>
            <span className="drive-name">
              <b>{forum.title}</b>
              <span>{[FORUM_KIND[forum.kind], forum.audience, forum.place].filter(Boolean).join(' · ')}</span>
            </span>
          </td>
          <td>{forum.heldOn}</td>
          <td>{forum.units.map(({ name }) => name).join('、')}</td>
          <td>{forum.presidedBy ?? '—'}</td>
          <td className="is-count">
            {forum.cases === 0 ? 0 : <Link to={`/w/c?forum=${forum.id}`}>{forum.cases.toLocaleString('zh-CN')}</Link>}
          </td>
          <td className="is-count">
            {forum.answered === 0 ? (
              0
            ) : (
              <Link to={`/w/c?forum=${forum.id}&answered=yes`}>{forum.answered.toLocaleString('zh-CN')}</Link>
            )}
          </td>
          {act && <td>{act(forum)}</td>}
        </tr>
      ))}
    </TableSection>
  )
}
