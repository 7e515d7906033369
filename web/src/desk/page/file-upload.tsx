import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ApiFault } from '../../shared/api.ts'
import { Confirm } from './confirm.tsx'
import { FaultNotice } from './fault-notice.tsx'
import { FileDrop } from './file-drop.tsx'
import { TableSection } from './table-section.tsx'

/** What a file came to: on trial nothing was written. */
interface Trial {
  readonly dryRun: boolean
  readonly faults: readonly { readonly row: number; readonly column: string; readonly detail: string }[]
  readonly unusedColumns?: readonly string[]
}
interface Props<R extends Trial> {
  readonly label: string
  readonly hint: string
  readonly accept?: string
  /** What the form holds beside the file. */
  readonly fields: Readonly<Record<string, string>>
  readonly send: (form: FormData) => Promise<R>
  /** After everything was written. */
  readonly stored: (read: R) => void
  /** What was read, in a sentence. */
  readonly told: (read: R) => string
  /** What writing it does, in a sentence. */
  readonly writes: (read: R) => string
  readonly act?: string
  /** Whether it may be written, where an error is not the only hindrance. */
  readonly isReady?: (read: R) => boolean
  readonly chosen?: () => void
  readonly children?: (read: R) => ReactNode
}

/** A table as a file: read on trial first, stored as a whole or not at all (先试读，再导入). */
export function FileUpload<R extends Trial>({
  label,
  hint,
  accept = '.xlsx,.xls,.csv',
  act = '导入',
  ...props
}: Props<R>) {
  const [file, setFile] = useState<File>()
  const send = useMutation<R, ApiFault, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ ...props.fields, dryRun: String(dryRun) })) form.append(name, value)
      form.append('file', given)
      return props.send(form)
    },
    onSuccess: (read) => {
      if (!read.dryRun) props.stored(read)
    },
  })
  const read = send.data
  const isReady = read?.dryRun && read.faults.length === 0 && (props.isReady?.(read) ?? true)
  return (
    <>
      <FileDrop
        {...{ label, hint, accept, chosen: file, busy: send.isPending }}
        choose={(given) => {
          setFile(given)
          props.chosen?.()
          send.mutate({ file: given, dryRun: true })
        }}
      />
      <FaultNotice fault={send.error} />
      {read && (
        <p className={`notice ${read.faults.length > 0 ? 'notice-bad' : 'notice-ok'}`} role="status">
          {read.dryRun ? '试读' : '已导入'}
          {props.told(read)}
          {read.faults.length > 0 && `有 ${read.faults.length} 处错误，改正后重新选择文件；没有写入任何内容。`}
          {(read.unusedColumns?.length ?? 0) > 0 && `没有用到的列：${read.unusedColumns?.join('、')}。`}
        </p>
      )}
      {read && read.faults.length > 0 && (
        <TableSection title="错误" count={read.faults.length} head={['行', '列', '原因']} empty="">
          {read.faults.map(({ row, column, detail }, i) => (
            <tr key={i}>
              <td className="number">{row}</td>
              <td>{column || '—'}</td>
              <td className="is-reason">{detail}</td>
            </tr>
          ))}
        </TableSection>
      )}
      {read && props.children?.(read)}
      {isReady && file && (
        <Confirm label={act} busy={send.isPending} run={() => send.mutate({ file, dryRun: false })}>
          {props.writes(read)}
        </Confirm>
      )}
    </>
  )
}
