import { moneyText } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FileDrop } from '../page/file-drop.tsx'
import { TableSection } from '../page/table-section.tsx'
import { refreshFinance } from './query.ts'

type Read = Answer<'importDisbursements'>
/** A sheet of payments of one's unit: read on trial first, stored as a whole or not at all (导入拨付表). */
export function PaymentUpload({ unitId, close }: { readonly unitId: string; readonly close: () => void }) {
  const [file, setFile] = useState<File>()
  const send = useMutation<Read, ApiFault, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) => {
      const form = new FormData()
      form.append('unitId', unitId)
      form.append('dryRun', String(dryRun))
      form.append('file', given)
      return api('importDisbursements', { form })
    },
    onSuccess: (read) => {
      if (read.dryRun) return
      announce(`已导入 ${read.added} 笔，${moneyText(read.fen)}`)
      refreshFinance()
      close()
    },
  })
  const read = send.data
  return (
    <section className="panel finance-upload no-print" aria-label="导入拨付表">
      <FileDrop
        {...{ label: '选择拨付表', accept: '.xlsx,.xls,.csv', chosen: file, busy: send.isPending }}
        hint="第一行写企业名称、金额（万元或元）、日期、资金项目、凭证号。先试读，不会写入。"
        choose={(chosen) => {
          setFile(chosen)
          send.mutate({ file: chosen, dryRun: true })
        }}
      />
      <FaultNotice fault={send.error} />
      {read && (
        <p className={`notice ${read.faults.length > 0 ? 'notice-bad' : 'notice-ok'}`} role="status">
          试读：{read.read} 行，{read.enterprises} 户企业，合计 {moneyText(read.fen)}，金额单位{read.moneyUnit}。
          {read.faults.length > 0 && `有 ${read.faults.length} 处错误，改正后重新选择文件；没有写入任何内容。`}
        </p>
      )}
      {read && read.faults.length > 0 && (
        <TableSection title="错误" count={read.faults.length} head={['行', '列', '原因']} empty="">
          {read.faults.map(({ row, column, detail }, i) => (
            <tr key={i}>
              <td>{row}</td>
              <td>{column}</td>
              <td>{detail}</td>
            </tr>
          ))}
        </TableSection>
      )}
      {read?.dryRun && read.faults.length === 0 && file && (
        <Confirm label="写入" busy={send.isPending} run={() => send.mutate({ file, dryRun: false })}>
          写入 {read.read} 笔，合计 {moneyText(read.fen)}。
        </Confirm>
      )}
      <button type="button" className="button" onClick={close}>
        取消
      </button>
    </section>
  )
}
