import { IMPORT_STATE } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiFault, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { columnText } from '../../shared/moment.ts'
import { queryClient, useImports } from '../../shared/query.ts'
import { ReturnPanel } from '../exchange/return-panel.tsx'
import { Link } from '../link.tsx'
import { go, usePlace } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { ImportBatch } from './import-batch.tsx'

/** Import (导入): a file is read first and changes nothing until it is confirmed. */
export function ImportPage() {
  const { query } = usePlace()
  const id = query.get('id')
  useEffect(() => {
    document.title = '导入台账 · 工作台'
  }, [])
  return (
    <div className="page import">
      <header className="page-head">
        <h1>导入台账</h1>
        {id !== null && (
          <Link to="/w/x/import" className="button button-small">
            导入另一个文件
          </Link>
        )}
      </header>
      {id === null ? <Upload /> : <ImportBatch key={id} id={id} />}
      {id === null && <ReturnPanel />}
      <History current={id} />
    </div>
  )
}

const KINDS = '.xlsx,.xls,.csv,.jsonl'

function Upload() {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const send = useMutation<{ id: string }, Error, File>({
    mutationFn: (file) => {
      const form = new FormData()
      form.append('file', file)
      return api('newImport', { form })
    },
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['imports'] })
      go(`/w/x/import?id=${id}`)
    },
  })
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) send.mutate(file)
  }
  return (
    <>
      <label
        className={`drop ${over ? 'is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <Icon name="upload" size={28} />
        <b>{send.isPending ? `正在上传 ${send.variables.name}…` : '选择文件，或拖到这里'}</b>
        <span className="muted">.xlsx、.xls、.csv、.jsonl。先试读，确认后才写入台账；导入后可整批撤销。</span>
        <input
          ref={input}
          type="file"
          accept={KINDS}
          className="sr-only"
          disabled={send.isPending}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      </label>
      {send.error && (
        <p className="notice notice-bad" role="alert">
          {send.error instanceof ApiFault ? send.error.message : '文件没有传上去，请再试一次。'}
        </p>
      )}
    </>
  )
}

function History({ current }: { readonly current: string | null }) {
  const { data, error, refetch, isPending } = useImports()
  return (
    <section className="history" aria-label="导入记录">
      <h2>导入记录</h2>
      {isPending && <Skeleton rows={3} className="skeleton-text" />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <EmptyView>还没有导入过文件。</EmptyView>}
      {data && data.items.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">文件</th>
                <th scope="col">状态</th>
                <th scope="col" className="is-count">
                  新增
                </th>
                <th scope="col" className="is-count">
                  已有
                </th>
                <th scope="col" className="is-count">
                  退回
                </th>
                <th scope="col">导入人</th>
                <th scope="col">时间</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((batch) => (
                <tr key={batch.id} className={batch.id === current ? 'is-current' : ''}>
                  <td>
                    <Link to={`/w/x/import?id=${batch.id}`}>{batch.fileName}</Link>
                  </td>
                  <td>{IMPORT_STATE[batch.state]}</td>
                  <td className="is-count">{batch.added}</td>
                  <td className="is-count">{batch.unchanged}</td>
                  <td className="is-count">{batch.rejected}</td>
                  <td>{batch.by}</td>
                  <td>{columnText(batch.at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
