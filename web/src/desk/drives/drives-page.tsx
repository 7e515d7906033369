import { DRIVE_STATUS } from '@banjie/contract'
import { useState } from 'react'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { DriveForm } from './drive-form.tsx'
import { rowsOf, useDrives } from './query.ts'
import '../page/page.css'
import './drives.css'

const KEEPERS = ['dispatcher', 'supervisor', 'admin'] as const
export const keepsDrives = (session: Session) => KEEPERS.some((role) => session.roles.includes(role))

/** Collection drives (集中征集). */
export function DrivesPage({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = useDrives()
  const [adding, setAdding] = useState(false)
  useTitle('集中征集')
  const keeps = keepsDrives(session)
  const add = (
    <button type="button" className="button button-small button-primary" onClick={() => setAdding(true)}>
      发起征集
    </button>
  )
  return (
    <div className="page">
      <header className="page-head">
        <h1>集中征集</h1>
        {keeps && !adding && add}
      </header>
      <p className="page-lead">一段时间里通过各渠道听取意见，归并成问题，件件答复。所有数字都是逐件数出来的。</p>
      {adding && (
        <DriveForm unit={session.unitId} done={({ id }) => go(`/w/drives/${id}`)} close={() => setAdding(false)} />
      )}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-text" />}
      {data?.items.length === 0 && !adding && <EmptyView action={keeps && add}>还没有集中征集。</EmptyView>}
      {data && data.items.length > 0 && (
        <TableSection
          title="征集活动"
          count={data.items.length}
          head={['活动', '起止', '状态', '意见', '归并问题', '已答复', '未答复']}
          counts={['意见', '归并问题', '已答复', '未答复']}
          empty=""
        >
          {data.items.map((drive) => (
            <tr key={drive.id}>
              <td>
                <span className="drive-name">
                  <Link to={`/w/drives/${drive.id}`}>{drive.title}</Link>
                  <span>{drive.unit.name}</span>
                </span>
              </td>
              <td>
                {drive.from} 至 {drive.to}
              </td>
              <td>
                <span className={drive.status === 'open' ? 'tag tag-good' : 'tag'}>{DRIVE_STATUS[drive.status]}</span>{' '}
                {drive.published && <span className="tag">已公开</span>}
              </td>
              <td className="is-count">
                <Link to={rowsOf(drive.id)}>{drive.total.toLocaleString('zh-CN')}</Link>
              </td>
              <td className="is-count">{drive.problems.toLocaleString('zh-CN')}</td>
              <td className="is-count">{drive.answered.toLocaleString('zh-CN')}</td>
              <td className="is-count">
                {drive.unanswered === 0 ? (
                  0
                ) : (
                  <Link to={rowsOf(drive.id, { answered: 'no' })}>{drive.unanswered.toLocaleString('zh-CN')}</Link>
                )}
              </td>
            </tr>
          ))}
        </TableSection>
      )}
    </div>
  )
}
