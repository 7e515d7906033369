import { VISIT_KIND, VISIT_PURPOSE, VISIT_ROLE } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import type { Visits } from './query.ts'
import { TagForm } from './tag-form.tsx'

type Visit = Visits['items'][number]

/** Visits, newest first, with what each brought and what came of it. */
export const VisitList = ({ visits, named }: { readonly visits: readonly Visit[]; readonly named?: boolean }) => (
  <ol className="visit-list">
    {visits.map((visit) => (
      <li key={visit.id}>
        <b>
          {named && <Link to={`/w/liaison/${visit.target.id}`}>{visit.target.name}</Link>}
          {named && ' · '}第 {visit.ordinal} 次 · {visit.on} · {VISIT_KIND[visit.kind]}
        </b>
        <span>
          {visit.officials.map(({ name }) => name).join('、')}
          {visit.place && ` · ${visit.place}`}
          {visit.purpose !== 'collect' && ` · ${VISIT_PURPOSE[visit.purpose]}`}
        </span>
        {[visit.note, visit.services, visit.policies, visit.facts, visit.wishes].filter(Boolean).map((text) => (
          <span key={text}>{text}</span>
        ))}
        {visit.quote && (
          <blockquote>
            “{visit.quote}”{!visit.mayQuote && <span className="muted">（未同意引用，仅走访人可见）</span>}
          </blockquote>
        )}
        {visit.attachments.length > 0 && <Files files={visit.attachments} />}
        {visit.cases.map((kase) => (
          <span key={kase.id}>
            {kase.mayOpen ? <Link to={`/w/c/${kase.number}`}>{kase.title}</Link> : kase.title} · {kase.stageLabel} ·
            为此第 {kase.ordinal} 次
          </span>
        ))}
        <span className="chips">
          {visit.roles.map((role) => (
            <span key={role} className="tag">
              {VISIT_ROLE[role]}
            </span>
          ))}
          {visit.tags
            .filter((tag) => visit.roles.every((role) => VISIT_ROLE[role] !== tag))
            .map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
        </span>
        {visit.mayTag && <Tagging visit={visit} />}
      </li>
    ))}
  </ol>
)

function Tagging({ visit }: { readonly visit: Visit }) {
  const [open, setOpen] = useState(false)
  if (open) return <TagForm visit={visit} close={() => setOpen(false)} />
  return (
    <span>
      <button
        type="button"
        className="button button-small"
        aria-label={`补记活动：${visit.target.name} ${visit.on}`}
        onClick={() => setOpen(true)}
      >
        补记活动
      </button>
    </span>
  )
}

const Files = ({ files }: { readonly files: Visit['attachments'] }) => (
  <span className="visit-photos">
    {files.map(({ id, name, url, mediaType }) =>
      mediaType.startsWith('image/') ? (
        <a key={id} href={url}>
          <img src={url} alt={name} loading="lazy" />
        </a>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a voice note has no captions; its visit has words beside it
        <audio key={id} controls preload="none" src={url} aria-label={name} />
      ),
    )}
  </span>
)
