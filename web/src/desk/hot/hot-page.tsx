import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { shortText } from '../../shared/moment.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { tagMany } from '../queue/bulk.ts'
import { TAGGERS } from '../queue/tag-chosen.tsx'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { useTagWords } from '../tag-marks.tsx'
import '../page/page.css'
import './hot.css'

type HotIssue = Answer<'hotIssues'>['items'][number]
const DAYS = [3, 7, 14, 30, 90]
const LEAST = [3, 5, 10, 20]

/** Hot issues (反映集中): what many people speak of at the same time, and what has become of it. */
export function HotPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const days = Number(place.query.get('days') ?? 14) || 14
  const least = Number(place.query.get('least') ?? 5) || 5
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['hot', days, least],
    queryFn: ({ signal }) => api('hotIssues', { query: { days, least }, signal }),
  })
  useTitle('反映集中')
  const choose = (name: string, value: string) => go(withQuery(place, { [name]: value }), { replace: true })
  const mayTag = session.roles.some((role) => TAGGERS.includes(role))
  return (
    <div className="page">
      <header className="page-head">
        <h1>反映集中</h1>
        <div className="hot-choice">
          <Choice label="时间" values={DAYS} value={days} word="天内" choose={(value) => choose('days', value)} />
          <Choice label="人数" values={LEAST} value={least} word="人以上" choose={(value) => choose('least', value)} />
        </div>
      </header>
      <p className="page-lead">
        按人数不按件数：一人反映多次只算一人，匿名的每件算一人并另行注明。只看是不是同一件事，同一条街上的不同事情不算。
      </p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-text" />}
      {data && data.items.length === 0 && (
        <EmptyView
          action={
            <Link to="/w/merge?merged=all" className="button">
              看全部意见
            </Link>
          }
        >
          {days} 天内没有 {least} 人以上集中反映的事情。
        </EmptyView>
      )}
      <ul className="hot-list">
        {data?.items.map((issue) => (
          <Issue key={issue.key} issue={issue} mayTag={mayTag} />
        ))}
      </ul>
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly values: readonly number[]
  readonly value: number
  readonly word: string
  readonly choose: (value: string) => void
}
const Choice = ({ label, values, value, word, choose }: ChoiceProps) => (
  <select className="filter-button" aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
    {[...new Set([...values, value])]
      .sort((a, b) => a - b)
      .map((one) => (
        <option key={one} value={one}>
          {one} {word}
        </option>
      ))}
  </select>
)

const PLACES_SHOWN = 4
function Issue({ issue, mayTag }: { readonly issue: HotIssue; readonly mayTag: boolean }) {
  const word = useTagWords()
  const { places, problem, tags } = issue
  const more = places.length > PLACES_SHOWN ? ` 等 ${places.length} 处` : ''
  const tag = async () => {
    const results = await tagMany(issue.ids, tags)
    const done = results.filter(({ ok }) => ok).length
    announce(`已给 ${done} 件打上${tags.map(word).join('、')}`, done === results.length ? 'ok' : 'bad')
    void queryClient.invalidateQueries({ queryKey: ['hot'] })
    refreshLists()
  }
  return (
    <li className="hot">
      <p className="hot-count">
        <b>{issue.reporters}</b> 人{issue.anonymous > 0 && <span className="hint">含匿名 {issue.anonymous}</span>}
      </p>
      <div className="hot-body">
        <h2>{issue.title}</h2>
        <p className="hot-facts">
          {issue.topic && <span>{issue.topic.label}</span>}
          <span>{issue.words.join(' ')}</span>
        </p>
        <p className="hot-facts">
          <span>
            {places
              .slice(0, PLACES_SHOWN)
              .map(({ place, cases }) => `${place} ${cases}`)
              .join('、') + more}
          </span>
          <span>
            {shortText(issue.firstAt)} 至 {shortText(issue.lastAt)}
          </span>
        </p>
        <div className="hot-acts">
          <Link to={`/w/c?number=${issue.numbers.join(',')}`} className="button button-small">
            看这 {issue.cases} 件
          </Link>
          {problem ? (
            <Link to={`/w/c/${problem.number}`} className="button button-small">
              已立问题「{problem.title}」
            </Link>
          ) : (
            <Link
              to={`/w/merge?q=${encodeURIComponent(issue.words[0] ?? issue.title)}`}
              className="button button-small"
            >
              去归并
            </Link>
          )}
          {mayTag && tags.length > 0 && (
            <button type="button" className="button button-small" onClick={() => void tag()}>
              标为{tags.map(word).join('、')}
            </button>
          )}
        </div>
      </div>
    </li>
  )
}
