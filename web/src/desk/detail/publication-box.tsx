import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import { dayOf, momentText } from '../../shared/moment.ts'
import { useSession } from '../../shared/query.ts'
import type { Kase } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { mayWrite } from '../knowledge/keeper.ts'
import { rememberEntry } from '../knowledge/query.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { go } from '../router.ts'

interface Spot {
  readonly at: number
  readonly word: string
  readonly as: string
  readonly kind: string
  readonly must: boolean
}

/** Places that may not go out (脱敏位置), each with what stands there instead. */
export const MaskedSpots = ({ spots }: { readonly spots: readonly Spot[] }) =>
  spots.length === 0 ? (
    <p className="muted">没有发现个人信息。</p>
  ) : (
    <ul className="masked-spots">
      {spots.map(({ at, word, as, kind, must }) => (
        <li key={`${at} ${word}`}>
          <span className={`tag ${must ? 'tag-bad' : ''}`}>{kind}</span> <s>{word}</s> → {as === '' ? '（略）' : as}
          {!must && <span className="muted">，请判断是否公共场所</span>}
        </li>
      ))}
    </ul>
  )

/** What the public would read (公开稿): de-identified, with every masked place; shown to who may publish. */
export function PublicationBox({ kase }: { readonly kase: Kase }) {
  const { data } = useQuery({
    queryKey: ['publication', kase.id, kase.version],
    queryFn: ({ signal }) => api('publication', { params: { id: kase.id }, signal }),
  })
  if (data === undefined) return null
  const { question, answer, title, correction, publishable, why } = data
  return (
    <>
      {correction && (
        <section className="box" aria-label="等待公开的更正">
          <h2>
            等待公开的更正 <span className="flag">群众看到的还是原来的</span>
          </h2>
          <p className="answer-text">{correction.text}</p>
          <p className="muted">
            {correction.author} 写于 {momentText(correction.at)}：{correction.reason}
          </p>
        </section>
      )}
      <details className="box">
        <summary>公开稿{publishable ? '（尚未公开）' : why && `：${why}`}</summary>
        <p className="knowledge-title">{title.text}</p>
        <p className="answer-text muted">{question.text}</p>
        <p className="answer-text">{answer.text}</p>
        <MaskedSpots spots={[...title.spots, ...question.spots, ...answer.spots]} />
        {kase.publishedAt !== null && <ToKnowledge kase={kase} />}
      </details>
    </>
  )
}

const YEAR_MS = 365 * 86_400_000
/** Makes an entry of a public answer (转为知识条目), for a year; its words can be changed before somebody else approves it. */
function ToKnowledge({ kase }: { readonly kase: Kase }) {
  const { data: session } = useSession()
  const make = useSubmission(
    (body: { expiresOn: string }, key) => api('knowledgeFromCase', { params: { id: kase.id }, body, key }),
    {
      done: (file) => {
        rememberEntry(file)
        go(`/w/knowledge/${encodeURIComponent(file.id)}`)
      },
    },
  )
  if (!session || !mayWrite(session)) return null
  return (
    <>
      <button
        type="button"
        className="button button-small"
        disabled={make.isPending}
        onClick={() => make.mutate({ expiresOn: dayOf(new Date(Date.now() + YEAR_MS)) })}
      >
        转为知识条目
      </button>
      <FaultNotice fault={make.error} />
    </>
  )
}
