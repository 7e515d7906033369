import { LIST_KIND, type LIST_ORIGIN } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { go } from '../router.ts'
import { refreshProblemLists } from './query.ts'

type Kind = keyof typeof LIST_KIND
type Origin = keyof typeof LIST_ORIGIN
/** Broken promises are recorded in their register, which is their list. */
const KINDS = Object.entries(LIST_KIND).filter(([id]) => id !== 'brokenPromise')
/** What comes from above by its kind. */
const ORIGIN_OF: Partial<Record<Kind, Origin>> = { superior: 'superior' }
const splitWords = (text: string) =>
  text
    .split(/[、，,\n]/)
    .map((word) => word.trim())
    .filter(Boolean)

/** A new list (建立清单): title and aspects are enough; all else has a default. */
export function NewList({ first }: { readonly first: boolean }) {
  const [kind, setKind] = useState<Kind>('own')
  const [title, setTitle] = useState('')
  const [aspects, setAspects] = useState('')
  const [document, setDocument] = useState('')
  const [on, setOn] = useState('')
  const send = useSubmission(
    (body: Parameters<typeof api<'newProblemList'>>[1]['body'], key) => api('newProblemList', { body, key }),
    {
      done: (list) => {
        announce(`“${list.title}”已建立，请列入问题`)
        refreshProblemLists()
        go(`/w/lists/${list.id}`)
      },
    },
  )
  const ready = title.trim() !== '' && splitWords(aspects).length > 0
  return (
    <details className="panel mapping" open={first}>
      <summary>建立清单</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({
            ...{ kind, title: title.trim(), aspects: splitWords(aspects), origin: ORIGIN_OF[kind] ?? 'own' },
            ...(document.trim() !== '' && { sourceDocument: document.trim() }),
            ...(on !== '' && { sourceOn: on }),
          })
        }}
      >
        <Labelled label="种类">
          {(field) => (
            <select {...field} className="input" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
              {KINDS.map(([id, word]) => (
                <option key={id} value={id}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label="名称">
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={100}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="方面" hint="按顺序写，用顿号分开，如：民生保障、营商环境">
          {(field) => (
            <input {...field} className="input" value={aspects} onChange={(event) => setAspects(event.target.value)} />
          )}
        </Labelled>
        <Labelled label="来源文件" optional>
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={200}
              value={document}
              onChange={(event) => setDocument(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="文件日期" optional>
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || send.isPending}>
            建立
          </button>
          <span className="hint">建立后先列入问题，再公布。</span>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}
