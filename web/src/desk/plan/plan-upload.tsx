import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FileDrop } from '../page/file-drop.tsx'
import { TableSection } from '../page/table-section.tsx'
import { go } from '../router.ts'
import { refreshPlans } from './query.ts'

type Read = Answer<'importPlan'>

interface Props {
  /** The empty draft it goes into, or what the new plan is called. */
  readonly into: { readonly planId: string } | { readonly year: string; readonly title: string }
}
/** A plan as a table: read on trial first, stored as a whole or not at all (导入作战图). */
export function PlanUpload({ into }: Props) {
  const [file, setFile] = useState<File>()
  const send = useMutation<Read, ApiFault, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ ...into, dryRun: String(dryRun) })) form.append(name, value)
      form.append('file', given)
      return api('importPlan', { form })
    },
    onSuccess: (read) => {
      if (read.dryRun || read.planId === null) return
      announce(`已导入 ${read.targets} 个目标、${read.tasks} 项任务`)
      refreshPlans()
      go(`/w/plan?plan=${read.planId}`)
    },
  })
  const read = send.data
  return (
    <div className="plan-upload">
      <FileDrop
        {...{ label: '选择作战图表格', accept: '.xlsx,.xls', chosen: file, busy: send.isPending }}
        hint="每行一个领域、目标或任务，不能有合并单元格。先试读，有错会写明行和列。"
        choose={(chosen) => {
          setFile(chosen)
          send.mutate({ file: chosen, dryRun: true })
        }}
      />
      <a className="button button-small" href="/api/v1/plan-template" download>
        下载模板
      </a>
      <FaultNotice fault={send.error} />
      {read?.dryRun && (
        <p className={`notice ${read.faults.length > 0 ? 'notice-bad' : 'notice-ok'}`} role="status">
          试读“{read.fileName}”：领域 {read.fields} 个，目标 {read.targets} 个，任务 {read.tasks} 项。
          {read.faults.length > 0 && `有 ${read.faults.length} 处错误，改正后重新选择文件；没有写入任何内容。`}
          {read.unusedColumns.length > 0 && `没有用到的列：${read.unusedColumns.join('、')}。`}
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
      {read?.dryRun && read.faults.length === 0 && file && (
        <Confirm label="导入" busy={send.isPending} run={() => send.mutate({ file, dryRun: false })}>
          写入 {read.fields} 个领域、{read.targets} 个目标、{read.tasks} 项任务，成为一张编制中的作战图。
        </Confirm>
      )}
    </div>
  )
}
