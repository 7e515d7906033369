import { KNOWLEDGE_KIND } from '@banjie/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../shared/api.ts'
import { momentText } from '../../shared/moment.ts'
import { useCategories } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { EntryForm } from './entry-form.tsx'
import { maySign, mayWrite } from './keeper.ts'
import { StateMark } from './knowledge-page.tsx'
import { type EntryFile, rememberEntry, useEntry } from './query.ts'
import '../page/page.css'
import './knowledge.css'

/** One entry (知识条目): its words, what waits to take their place, and everything that was done to it. */
export function EntryPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data, error, isPending, refetch } = useEntry(id)
  useTitle(data?.title ?? '知识条目')
  return (
    <div className="page page-wide">
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-text" />}
      {data && <Body file={data} session={session} />}
    </div>
  )
}

function Body({ file, session }: { readonly file: EntryFile; readonly session: Session }) {
  const [open, setOpen] = useState<'revise' | 'return' | 'withdraw'>()
  const close = () => setOpen(undefined)
  const approve = useSubmission(
    (_: object, key) => api('approveKnowledge', { params: { id: file.id }, body: {}, key }),
    {
      done: (after) => {
        announce(`“${after.title}”已审定，从现在起可以使用`)
        rememberEntry(after)
      },
    },
  )
  const { waiting } = file
  return (
    <>
      <header className="knowledge-head">
        <Link to="/w/knowledge">← 知识库</Link>
        <h1>
          {file.title} <StateMark entry={file} />
        </h1>
        <p className="muted">
          {[
            KNOWLEDGE_KIND[file.kind],
            `${file.owner ?? '受理中心'}维护`,
            file.public ? '公开' : '不公开',
            `第 ${file.version} 版`,
            file.approver && `${file.approver} 审定`,
            `引用 ${file.used} 次`,
            `有用 ${file.useful}、没用 ${file.useless}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      {waiting !== null && (
        <section className="panel" aria-label="待审定">
          <h2>待审定</h2>
          <p className="muted">
            {waiting.author} 写于 {momentText(waiting.at)}
            {waiting.mine && '。自己写的由别人审定。'}
          </p>
          <Words {...waiting} />
          <div className="panel-acts">
            {maySign(session) && !waiting.mine && (
              <button
                type="button"
                className="button button-primary"
                disabled={approve.isPending}
                onClick={() => approve.mutate({})}
              >
                审定
              </button>
            )}
            {(maySign(session) || waiting.mine) && (
              <button type="button" className="button" onClick={() => setOpen('return')}>
                {waiting.mine ? '撤回修改' : '退回'}
              </button>
            )}
          </div>
          <FaultNotice fault={approve.error} />
        </section>
      )}
      {file.state !== 'draft' && (
        <section className="panel" aria-label="在用内容">
          <Words {...file} />
        </section>
      )}
      {open === undefined && mayWrite(session) && file.state !== 'retired' && (
        <div className="panel-acts">
          <button type="button" className="button" onClick={() => setOpen('revise')}>
            修改
          </button>
          <button type="button" className="button" onClick={() => setOpen('withdraw')}>
            停用
          </button>
        </div>
      )}
      {open === 'revise' && <EntryForm entry={file} close={close} saved={close} />}
      {(open === 'return' || open === 'withdraw') && <Reason key={open} act={open} file={file} close={close} />}
      <History file={file} />
    </>
  )
}

function Words({
  title,
  text,
  phrasings,
  category,
  source,
  sourceUrl,
  validFrom,
  expiresOn,
}: Pick<EntryFile, 'title' | 'text' | 'phrasings' | 'category' | 'source' | 'sourceUrl' | 'validFrom' | 'expiresOn'>) {
  const { data } = useCategories()
  const label = data?.items.find(({ id }) => id === category)?.label
  return (
    <>
      <p className="knowledge-title">{title}</p>
      <p className="answer-text">{text}</p>
      <p className="muted">
        {[
          label,
          source && `来源：${source}`,
          `${validFrom ?? '一直'} 起，${expiresOn === null ? '没有定有效期' : `至 ${expiresOn}`}`,
          phrasings.length > 0 && `问法：${phrasings.join('、')}`,
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {sourceUrl && (
          <a href={sourceUrl} target="_blank" rel="noopener noreferrer">
            原文
          </a>
        )}
      </p>
    </>
  )
}

const ACT = { return: '退回', withdraw: '停用' } as const
/** An act that needs its reason said. */
function Reason({
  act,
  file,
  close,
}: {
  readonly act: keyof typeof ACT
  readonly file: EntryFile
  readonly close: () => void
}) {
  const [reason, setReason] = useState('')
  const send = useSubmission(
    (body: { reason: string }, key) =>
      api(act === 'return' ? 'returnKnowledge' : 'withdrawKnowledge', { params: { id: file.id }, body, key }),
    {
      done: (after) => {
        announce(`已${ACT[act]}`)
        rememberEntry(after)
        close()
      },
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') send.mutate({ reason })
  }
  return (
    <section className="panel panel-form" aria-label={ACT[act]}>
      <form className="panel-grid" onSubmit={submit}>
        <Labelled label={`${ACT[act]}理由`} className="knowledge-wide">
          {(field) => (
            <textarea
              {...field}
              className="input textarea"
              rows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={send.isPending || reason.trim() === ''}>
            {ACT[act]}
          </button>
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </section>
  )
}

const History = ({ file: { history, fromCase } }: { readonly file: EntryFile }) => (
  <section aria-label="经过">
    <h2>经过</h2>
    {fromCase !== null && (
      <p className="muted">
        由 <Link to={`/w/c/${fromCase}`}>{fromCase}</Link> 的公开答复转来
      </p>
    )}
    {history.length === 0 && <p className="muted">随地区文件载入，还没有人改过。</p>}
    <ol className="knowledge-history">
      {history.map((one) => (
        <li key={`${one.at} ${one.action}`}>
          <span className="muted">{momentText(one.at)}</span> <b>{one.label}</b> {one.by}
          {one.note && `：${one.note}`}
          <details>
            <summary>当时的内容（第 {one.version} 版）</summary>
            <p className="answer-text">{one.text}</p>
          </details>
        </li>
      ))}
    </ol>
  </section>
)
