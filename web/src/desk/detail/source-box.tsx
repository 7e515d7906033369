import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../shared/api.ts'
import type { Kase } from '../../shared/shape.ts'
import { Link } from '../link.tsx'

/** Where the case came from (来源): channel record, drive, sheet, forum, and the post itself. */
export function SourceBox({ kase }: { readonly kase: Kase }) {
  const has = kase.facts['source'] !== undefined
  const { data } = useQuery({
    queryKey: ['source', kase.id],
    queryFn: ({ signal }) => api('caseSource', { params: { id: kase.id }, signal }),
    enabled: has,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!has || data === undefined) return null
  const { channel, drive, sheet, forum, media, link } = data
  const lines: readonly (readonly [string, ReactNode])[] = [
    ['渠道记录', channel && <Link to={`/w/c?channelRecord=${channel.id}`}>{channel.name}</Link>],
    ['征集活动', drive && <Link to={`/w/drives/${drive.id}`}>{drive.title}</Link>],
    ['问卷', sheet && <Link to={`/w/c?sheet=${sheet.id}`}>{sheet.number}</Link>],
    ['座谈调研', forum && <Link to={`/w/c?forum=${forum.id}`}>{forum.title}</Link>],
    ['宣传件', media && <Link to={`/w/c?media=${media.id}`}>{media.title}</Link>],
    [
      '原帖',
      link && (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {new URL(link).host}（新窗口打开）
        </a>
      ),
    ],
  ]
  const given = lines.filter(([, what]) => what !== null)
  // A short link that was copied wrong names nothing.
  if (given.length === 0) return null
  return (
    <section className="box" aria-label="来源">
      <h2>来源</h2>
      <dl className="facts">
        {given.map(([label, what]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
