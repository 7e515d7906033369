import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { refreshLists } from '../../shared/query.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FileDrop } from '../page/file-drop.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type Drive, refreshDrive } from './query.ts'

type Read = Answer<'importSheets'>

/** A file of returned questionnaires: read on trial first, stored as a whole or not at all. */
export function SheetUpload({ drive, close }: { readonly drive: Drive; readonly close: () => void }) {
  const [on, setOn] = useState(() => [dayOf(new Date()), drive.to].sort()[0] ?? drive.to)
  const [file, setFile] = useState<File>()
  const send = useMutation<Read, ApiFault, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) => {
      const form = new FormData()
      form.append('dryRun', String(dryRun))
      form.append('on', on)
      form.append('file', given)
      return api('importSheets', { params: { id: drive.id }, form })
    },
    onSuccess: (read) => {
      if (read.dryRun) return
      announce(`已导入 ${read.added} 张问卷，提取意见 ${read.opinions} 条`)
      refreshDrive(drive.id)
      refreshLists()
    },
  })
  const read = send.data
  return (
    <div className="sheet-upload">
      <PlainField
        {...{ label: '收回日期', type: 'date', value: on, set: setOn }}
        hint="表中没有“收回日期”一列时用这个日期，须在征集期内。"
      />
      <FileDrop
        {...{ label: '选择问卷汇总表', accept: '.xlsx,.xls,.csv', chosen: file, busy: send.isPending }}
        hint="一行一张：“问卷编号”一列，“意见”一列或几列；可有企业名称、联系人、联系电话、收回日期、无效原因。不能有合并单元格。"
        choose={(chosen) => {
          setFile(chosen)
          send.mutate({ file: chosen, dryRun: true })
        }}
      />
      <FaultNotice fault={send.error} />
      {read && <Outcome read={read} />}
      <div className="panel-acts">
        {read?.dryRun && read.faults.length === 0 && read.added > 0 && file && (
          <Confirm label="导入" busy={send.isPending} run={() => send.mutate({ file, dryRun: false })}>
            写入 {read.added} 张问卷、{read.opinions} 条意见，每条意见成为一件诉求。
          </Confirm>
        )}
        <button type="button" className="button" onClick={close}>
          {read && !read.dryRun ? '完成' : '关闭'}
        </button>
      </div>
    </div>
  )
}

function Outcome({ read }: { readonly read: Read }) {
  const what = read.dryRun ? '试读' : '已导入'
  return (
    <>
      <p className={`notice ${read.faults.length > 0 ? 'notice-bad' : 'notice-ok'}`} role="status">
        {what}“{read.fileName}”：新问卷 {read.added} 张（作废 {read.void} 张），意见 {read.opinions} 条，已有不变{' '}
        {read.unchanged} 张。发放 {read.issued} 张，收回合计 {read.returned} 张。
        {read.faults.length > 0 && `有 ${read.faults.length} 处错误，改正后重新选择文件；没有写入任何内容。`}
      </p>
      {read.opinionColumns.length > 0 && (
        <p className="hint">
          意见取自：{read.opinionColumns.join('、')}
          {read.unusedColumns.length > 0 && `；没有用到：${read.unusedColumns.join('、')}`}
        </p>
      )}
      {read.faults.length > 0 && (
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
    </>
  )
}
