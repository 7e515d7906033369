import { KNOWLEDGE_KIND, KNOWLEDGE_STATE } from '@banjie/contract'
import { useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { EntryForm } from './entry-form.tsx'
import { mayWrite } from './keeper.ts'
import { type Entry, useEntries } from './query.ts'
import '../page/page.css'
import './knowledge.css'

type State = keyof typeof KNOWLEDGE_STATE
const STATES = Object.keys(KNOWLEDGE_STATE) as State[]

/** The knowledge base (知识库): what may be used for answers, whose it is, and until when it holds. */
export function KnowledgePage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const q = place.query.get('q') ?? ''
  const state = STATES.find((one) => one === place.query.get('state'))
  const { data, error, isPending, refetch } = useEntries({
    ...(q !== '' && { q }),
    ...(state !== undefined && { state }),
  })
  const [writing, setWriting] = useState(false)
  useTitle('知识库')
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>知识库</h1>
        <div className="page-acts">
          <a className="button button-small" href="/k" target="_blank" rel="noopener">
            <Icon name="open" size={14} />
            公开页
          </a>
          {mayWrite(session) && (
            <button type="button" className="button button-small button-primary" onClick={() => setWriting(true)}>
              起草条目
            </button>
          )}
        </div>
      </header>
      {writing && (
        <EntryForm
          entry={undefined}
          close={() => setWriting(false)}
          saved={({ id }) => go(`/w/knowledge/${encodeURIComponent(id)}`)}
        />
      )}
      <Search q={q} />
      <div className="chips">
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={state === one}
            onClick={() => go(withQuery(place, { state: state === one ? null : one }), { replace: true })}
          >
            {KNOWLEDGE_STATE[one]}
          </button>
        ))}
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={10} className="skeleton-table" />}
      {data?.items.length === 0 && (
        <EmptyView
          action={
            (q !== '' || state !== undefined) && (
              <Link to="/w/knowledge" className="button">
                看全部条目
              </Link>
            )
          }
        >
          {q === '' && state === undefined ? '知识库里还没有条目。' : '没有符合条件的条目。'}
        </EmptyView>
      )}
      {data && data.items.length > 0 && (
        <TableSection
          {...{ title: '条目', count: data.items.length, empty: '' }}
          head={['条目', '状态', '维护单位', '有效期至', '引用', '有用／没用']}
          counts={['引用', '有用／没用']}
        >
          {data.items.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </TableSection>
      )}
    </div>
  )
}

function Search({ q }: { readonly q: string }) {
  const place = usePlace()
  const [words, setWords] = useState(q)
  return (
    <form
      className="knowledge-search"
      onSubmit={(event) => {
        event.preventDefault()
        go(withQuery(place, { q: words.trim() === '' ? null : words.trim() }), { replace: true })
      }}
    >
      <input
        className="input"
        type="search"
        aria-label="查知识库"
        placeholder="标题、问法或内容"
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit" className="button">
        <Icon name="search" size={14} />查
      </button>
    </form>
  )
}

const Row = ({ entry }: { readonly entry: Entry }) => (
  <tr>
    <td className="knowledge-what">
      <Link to={`/w/knowledge/${encodeURIComponent(entry.id)}`}>{entry.title}</Link>
      <span className="muted">
        {[KNOWLEDGE_KIND[entry.kind], entry.source, entry.public ? null : '不公开'].filter(Boolean).join(' · ')}
      </span>
    </td>
    <td>
      <StateMark entry={entry} />
    </td>
    <td>{entry.owner ?? '受理中心'}</td>
    <td>{entry.state === 'retired' ? '—' : <Expiry entry={entry} />}</td>
    <td className="is-count">{entry.used}</td>
    <td className="is-count">
      {entry.useful}／{entry.useless}
    </td>
  </tr>
)

/** In use or not, and whether words wait for somebody. */
export const StateMark = ({ entry: { state, stateLabel, waiting } }: { readonly entry: Entry }) => (
  <span className="knowledge-state">
    <span className={`tag ${state === 'approved' ? 'tag-good' : state === 'expired' ? 'tag-bad' : ''}`}>
      {stateLabel}
    </span>
    {waiting !== null && state !== 'draft' && <span className="tag">有修改待审</span>}
  </span>
)

const Expiry = ({ entry: { expiresOn, light } }: { readonly entry: Entry }) => (
  <span className="knowledge-state">
    {light !== 'green' && <LightMark light={light} />}
    {expiresOn ?? '未定'}
  </span>
)
