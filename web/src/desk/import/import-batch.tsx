import { IMPORT_STATE } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { queryClient, refreshLists, useImport } from '../../shared/query.ts'
import type { Import } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { MappingEditor } from './mapping-editor.tsx'

/** An import batch (导入批次): what was read, what would be written, what is refused and why. */
export function ImportBatch({ id }: { readonly id: string }) {
  const { data: batch, error, refetch } = useImport(id)
  const state = batch?.state
  useEffect(() => {
    if (state === 'done') {
      announce('已导入台账')
      refreshLists()
    }
    if (state !== undefined) void queryClient.invalidateQueries({ queryKey: ['imports'] })
  }, [state])
  if (error && !batch) return <ErrorView error={error} retry={() => void refetch()} />
  if (!batch) return <Skeleton rows={4} className="skeleton-text" />
  const busy = batch.state === 'reading' || batch.state === 'committing'
  return (
    <section className="batch" aria-label={batch.fileName}>
      <header className="batch-head">
        <h2>{batch.fileName}</h2>
        <span className={`tag batch-${batch.state}`}>{IMPORT_STATE[batch.state]}</span>
        {batch.seconds !== null && !busy && <span className="muted">用时 {batch.seconds} 秒</span>}
      </header>
      {busy && <Progress batch={batch} />}
      {batch.fault && (
        <p className="notice notice-bad" role="alert">
          {batch.fault}
        </p>
      )}
      {!busy && (
        <dl className="tally">
          <Tally label="读到" value={batch.read} />
          <Tally label={batch.state === 'done' ? '已新增' : '将新增'} value={batch.added} tone="good" />
          <Tally label="台账里已有" value={batch.unchanged} />
          <Tally label="退回" value={batch.rejected} tone={batch.rejected > 0 ? 'bad' : undefined} />
        </dl>
      )}
      <BatchActions batch={batch} />
      {batch.columns.length > 0 && (batch.state === 'ready' || batch.state === 'failed') && (
        <MappingEditor key={JSON.stringify(batch.mapping)} batch={batch} />
      )}
      {batch.errors.length > 0 && <Errors batch={batch} />}
    </section>
  )
}

function Progress({ batch }: { readonly batch: Import }) {
  const word = IMPORT_STATE[batch.state]
  return (
    <div className="progress">
      <progress
        aria-label={word}
        max={batch.total ?? undefined}
        value={batch.total === null ? undefined : batch.read}
      />
      <span className="muted">
        {word} {batch.read}
        {batch.total !== null && ` / ${batch.total}`} 行
      </span>
    </div>
  )
}

const Tally = ({
  label,
  value,
  tone,
}: {
  readonly label: string
  readonly value: number
  readonly tone?: 'good' | 'bad' | undefined
}) => (
  <div className={tone ? `is-${tone}` : ''}>
    <dt>{label}</dt>
    <dd>{value.toLocaleString('zh-CN')}</dd>
  </div>
)

function BatchActions({ batch }: { readonly batch: Import }) {
  const [sure, setSure] = useState(false)
  const settle = {
    onSuccess: (next: Import) => queryClient.setQueryData(['import', batch.id], next),
    onError: (error: Error) => announce(error.message, 'bad'),
  }
  const commit = useMutation({ mutationFn: () => api('commitImport', { params: { id: batch.id } }), ...settle })
  const undo = useMutation({
    mutationFn: () => api('undoImport', { params: { id: batch.id } }),
    ...settle,
    onSettled: () => {
      setSure(false)
      refreshLists()
    },
  })
  return (
    <div className="batch-actions">
      {batch.state === 'ready' && (
        <button
          type="button"
          className="button button-primary"
          disabled={commit.isPending || batch.added === 0}
          onClick={() => commit.mutate()}
        >
          确认导入 {batch.added.toLocaleString('zh-CN')} 件
        </button>
      )}
      {batch.rejected > 0 && (
        <a className="button" href={`/api/v1/imports/${batch.id}/returned.xlsx`} download>
          <Icon name="download" size={14} />
          下载退回的表
        </a>
      )}
      {batch.state === 'done' && (
        <Link className="button" to={`/w/c?batch=${batch.id}`}>
          在台账中查看
        </Link>
      )}
      {batch.state === 'done' && !sure && (
        <button type="button" className="button button-danger" onClick={() => setSure(true)}>
          整批撤销
        </button>
      )}
      {sure && (
        <span className="sure" role="alert">
          撤销后本批 {batch.added} 件从台账移除。
          <button
            type="button"
            className="button button-danger button-small"
            disabled={undo.isPending}
            onClick={() => undo.mutate()}
          >
            确认撤销
          </button>
          <button type="button" className="button button-small" onClick={() => setSure(false)}>
            不撤销
          </button>
        </span>
      )}
    </div>
  )
}

const LISTED = 200

function Errors({ batch }: { readonly batch: Import }) {
  const shown = batch.errors.slice(0, LISTED)
  return (
    <section aria-label="退回的行">
      <h3>退回的行</h3>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="is-count">
                行
              </th>
              <th scope="col">栏目</th>
              <th scope="col">原因</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, column, code, detail }) => (
              <tr key={`${row} ${column} ${code}`}>
                <td className="is-count">{row}</td>
                <td>{column}</td>
                <td className="is-reason">{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {batch.errors.length > shown.length && <p className="hint">只列出前 {LISTED} 处，全部见退回的表。</p>}
    </section>
  )
}
