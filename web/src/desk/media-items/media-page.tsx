import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { ListDialog } from '../figures/list-dialog.tsx'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { MediaMaker } from './media-maker.tsx'
import { MediaReady } from './media-ready.tsx'
import '../lists/lists.css'
import '../page/page.css'
import '../figures/figures.css'
import './media.css'

type Item = Answer<'mediaItems'>['items'][number]
const MAKERS = ['clerk', 'dispatcher', 'supervisor', 'admin'] as const

/** Items for the district's own media (宣传件): ready text and picture, and what came back by the link. */
export function MediaPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const [makes, setMakes] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['mediaItems'],
    queryFn: ({ signal }) => api('mediaItems', { signal }),
  })
  useTitle('宣传件')
  const open = data?.items.find(({ id }) => id === place.query.get('item'))
  const counted = data?.items.find(({ id }) => id === place.query.get('visits'))
  const mayMake = MAKERS.some((role) => session.roles.includes(role))
  return (
    <div className="page page-wide lists">
      <header className="page-head">
        <h1>宣传件</h1>
        {mayMake && (
          <button type="button" className="button button-small button-primary" onClick={() => setMakes(true)}>
            制作宣传件
          </button>
        )}
      </header>
      <p className="page-lead">
        把已经公开的问题、清单、答复、征集做成文字和图片，供本区公众号等使用。每件有自己的短链接，带回多少访问、多少诉求都数得出来。
      </p>
      {makes && (
        <MediaMaker
          close={() => setMakes(false)}
          made={(id) => {
            void queryClient.invalidateQueries({ queryKey: ['mediaItems'] })
            setMakes(false)
            go(withQuery(place, { item: id }), { replace: true })
          }}
        />
      )}
      {open && <MediaReady key={open.id} item={open} close={() => go(withQuery(place, { item: null }))} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-table" />}
      {data?.items.length === 0 && <EmptyView>还没有宣传件。</EmptyView>}
      {data && data.items.length > 0 && (
        <TableSection
          {...{ title: '全部宣传件', count: data.items.length, empty: '' }}
          head={['标题', '制作', '短链接', '访问', '带回诉求', '']}
          counts={['访问', '带回诉求']}
          note="同一台设备一天只数一次；机器、预览和本区工作人员不数。"
        >
          {data.items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </TableSection>
      )}
      {counted && <Visits item={counted} close={() => go(withQuery(place, { visits: null }))} />}
    </div>
  )
}

function Row({ item }: { readonly item: Item }) {
  const place = usePlace()
  const { id, title, kindLabel, path, code, by, createdAt, visits, filed } = item
  return (
    <tr>
      <td>
        <span className="media-title">
          <b>{title}</b>
          <a href={path} target="_blank" rel="noopener">
            {kindLabel}
          </a>
        </span>
      </td>
      <td>
        <span>
          {by} {columnText(createdAt)}
        </span>
      </td>
      <td>
        <span className="number">/m/{code}</span>
      </td>
      <td className="is-count">
        {visits === 0 ? 0 : <Link to={withQuery(place, { visits: id })}>{visits.toLocaleString('zh-CN')}</Link>}
      </td>
      <td className="is-count">
        {filed === 0 ? 0 : <Link to={`/w/c?media=${id}`}>{filed.toLocaleString('zh-CN')}</Link>}
      </td>
      <td>
        <button
          type="button"
          className="button button-small"
          onClick={() => go(withQuery(place, { item: id }), { replace: true })}
        >
          文字和图片
        </button>
      </td>
    </tr>
  )
}

/** The visits of an item day by day; nobody knows more of them than that. */
function Visits({ item, close }: { readonly item: Item; readonly close: () => void }) {
  const { data } = useQuery({
    queryKey: ['mediaVisits', item.id],
    queryFn: ({ signal }) => api('mediaVisits', { params: { id: item.id }, signal }),
  })
  return (
    <ListDialog title={`${item.title} · 访问 ${item.visits}`} under="按天；同一台设备一天只数一次" close={close}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">日期</th>
            <th scope="col" className="is-count">
              访问
            </th>
          </tr>
        </thead>
        <tbody>
          {data?.items.map(({ day, visits }) => (
            <tr key={day}>
              <td>{day}</td>
              <td className="is-count">{visits.toLocaleString('zh-CN')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListDialog>
  )
}
