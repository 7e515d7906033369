import { DRIVE_STATUS } from '@banjie/contract'
import { useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { ForumTable } from '../forums/forum-table.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Claims } from './claims.tsx'
import { DriveForm } from './drive-form.tsx'
import { keepsDrives } from './drives-page.tsx'
import { Problems } from './problems.tsx'
import { type Drive, rowsOf, useDrive } from './query.ts'
import { Questionnaires } from './questionnaires.tsx'
import { Reconciliation } from './reconciliation.tsx'
import { Timeline } from './timeline.tsx'
import '../page/page.css'
import './drives.css'

/** One drive (征集活动): what came in by which way, what it was merged into, who still waits. Each figure leads to its rows. */
export function DrivePage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data: drive, error, refetch } = useDrive(id)
  const [editing, setEditing] = useState(false)
  useTitle(drive?.title ?? '集中征集')
  const keeps = keepsDrives(session)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (drive === undefined) return <Skeleton rows={10} className="skeleton-page" />
  const close = () => setEditing(false)
  return (
    <div className="page page-wide">
      <header className="page-head">
        <div>
          <h1>{drive.title}</h1>
          <p className="drive-under">
            {drive.from} 至 {drive.to} · {drive.unit.name}
            {drive.audience && ` · 面向${drive.audience}`}{' '}
            <span className={drive.status === 'open' ? 'tag tag-good' : 'tag'}>{DRIVE_STATUS[drive.status]}</span>
          </p>
        </div>
        <div className="page-acts">
          {drive.published && (
            <a className="button button-small" href={`/open/drives/${id}`} target="_blank" rel="noopener">
              <Icon name="open" size={14} />
              公开页
            </a>
          )}
          {keeps && !editing && (
            <button type="button" className="button button-small" onClick={() => setEditing(true)}>
              修改
            </button>
          )}
        </div>
      </header>
      {editing && <DriveForm drive={drive} unit={session.unitId} done={close} close={close} />}
      {drive.figures.partial && <p className="notice notice-warn">以下按您可见的事项统计，可能少于全部。</p>}
      <Overview drive={drive} />
      <div className="drive-columns">
        <Reconciliation drive={drive} keeps={keeps} />
        <div className="drive-side">
          <Timeline days={drive.figures.perDay} id={id} from={drive.from} to={drive.to} />
          <Claims drive={drive} keeps={keeps} />
        </div>
      </div>
      <Problems drive={drive} />
      <Questionnaires drive={drive} session={session} />
      <ForumTable drive={id} />
      {drive.status === 'open' && (
        <p className="hint">
          登记一条意见：<Link to={`/w/new?drive=${id}`}>去登记</Link>
          。收到日期须在征集期内，登记后自动计入上面的数字。
        </p>
      )}
    </div>
  )
}

const per = (whole: number, parts: number) => (parts === 0 ? '' : `平均每个问题 ${(whole / parts).toFixed(1)} 条`)

/** The drive in four figures: n opinions → m problems → answered, and who still waits. */
function Overview({ drive: { id, figures } }: { readonly drive: Drive }) {
  const { total, merged, unmerged, problems, aspects, answered, declined, unanswered, withdrawn } = figures
  const named = aspects.filter(({ aspect }) => aspect !== null).length
  return (
    <FigureList
      label="总体情况"
      figures={[
        {
          ...{ label: '意见', value: total, unit: '条', to: rowsOf(id) },
          under: withdrawn > 0 ? `含撤回 ${withdrawn} 条` : undefined,
        },
        {
          ...{ label: '归并', value: `${merged.toLocaleString('zh-CN')} → ${problems.length}` },
          ...{
            unit: '个问题',
            to: rowsOf(id, { problem: 'any' }),
            under: `${named} 个方面。${per(merged, problems.length)}`,
          },
        },
        {
          ...{ label: '未归并', value: unmerged, unit: '条', to: rowsOf(id, { problem: 'none' }) },
          under: '单独办理',
        },
        {
          ...{ label: '已答复', value: answered, unit: `/ ${total.toLocaleString('zh-CN')}` },
          ...{
            to: rowsOf(id, { answered: 'yes' }),
            under: declined > 0 ? `含不予受理并告知 ${declined} 条` : undefined,
          },
        },
        {
          ...{ label: '未答复', value: unanswered, unit: '条', bad: unanswered > 0 },
          ...{ to: rowsOf(id, { answered: 'no' }), under: unanswered === 0 && total > 0 ? '件件有答复' : '仍在等' },
        },
      ]}
    />
  )
}
