import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FileDrop } from '../page/file-drop.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go } from '../router.ts'
import { refreshEnterprises } from './query.ts'
import '../page/page.css'
import './enterprises.css'

type Call = 'importEnterprises' | 'importEnterpriseFigures'
type Read = Answer<'importEnterprises'> | Answer<'importEnterpriseFigures'>

/** A list of enterprises, or a bureau's table of months: read on trial, doubtful rows confirmed, stored whole (导入). */
export function EnterpriseImportPage({ figures = false }: { readonly figures?: boolean }) {
  useTitle(figures ? '导入月度指标' : '导入企业名单')
  return (
    <div className="page enterprises">
      <header className="page-head">
        <h1>{figures ? '导入月度指标' : '导入企业名单'}</h1>
        <div className="page-acts">
          <Link to={figures ? '/w/enterprises/growth' : '/w/enterprises'} className="button button-small">
            返回
          </Link>
        </div>
      </header>
      <p className="page-lead">
        {figures
          ? '表头写明“企业名称”或“统一社会信用代码”、“月份”和指标；每项指标在表头写明单位，如“工业总产值（万元）”。'
          : '表头须有“企业名称”；统一社会信用代码、规模、规上、产业链、行业、党组织等列按表头识别，空格不改原有内容。'}
      </p>
      <Upload call={figures ? 'importEnterpriseFigures' : 'importEnterprises'} />
    </div>
  )
}

function Upload({ call }: { readonly call: Call }) {
  const [file, setFile] = useState<File>()
  const [confirmed, setConfirmed] = useState<ReadonlySet<number>>(new Set())
  const send = useMutation<Read, ApiFault, { file: File; dryRun: boolean }>({
    mutationFn: ({ file: given, dryRun }) => {
      const form = new FormData()
      form.append('dryRun', String(dryRun))
      form.append('confirm', [...confirmed].join(','))
      form.append('file', given)
      return api(call, { form })
    },
    onSuccess: ({ dryRun, counts }) => {
      if (dryRun) return
      announce(`已写入：新增 ${counts.new}，更新 ${counts.changed}`)
      refreshEnterprises()
      go(call === 'importEnterprises' ? '/w/enterprises' : '/w/enterprises/growth')
    },
  })
  const read = send.data
  const open = read?.warnings.filter(({ row }) => !confirmed.has(row)).length ?? 0
  const isReady = read?.dryRun === true && read.faults.length === 0 && open === 0
  return (
    <div className="enterprise-upload">
      <FileDrop
        {...{ label: '选择表格', accept: '.xlsx,.xls,.csv', chosen: file, busy: send.isPending }}
        hint="先试读，不写入任何内容。"
        choose={(chosen) => {
          setFile(chosen)
          setConfirmed(new Set())
          send.mutate({ file: chosen, dryRun: true })
        }}
      />
      <FaultNotice fault={send.error} />
      {read?.dryRun && (
        <p className={`notice ${read.faults.length > 0 ? 'notice-bad' : 'notice-ok'}`} role="status">
          试读“{read.fileName}”：新增 {read.counts.new}，更新 {read.counts.changed}，无变化 {read.counts.same}。
          {read.faults.length > 0 && `有 ${read.faults.length} 处错误，改正后重新选择文件。`}
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
      {read && read.warnings.length > 0 && (
        <Warnings warnings={read.warnings} confirmed={confirmed} confirm={setConfirmed} />
      )}
      {isReady && file && (
        <Confirm label="写入" busy={send.isPending} run={() => send.mutate({ file, dryRun: false })}>
          新增 {read.counts.new}，更新 {read.counts.changed}。
        </Confirm>
      )}
    </div>
  )
}

interface WarningsProps {
  readonly warnings: Read['warnings']
  readonly confirmed: ReadonlySet<number>
  readonly confirm: (rows: ReadonlySet<number>) => void
}
const Warnings = ({ warnings, confirmed, confirm }: WarningsProps) => (
  <TableSection title="须逐行确认" count={warnings.length} head={['行', '原因', '确认']} empty="">
    {warnings.map(({ row, detail }, i) => (
      <tr key={i}>
        <td className="number">{row}</td>
        <td className="is-reason">{detail}</td>
        <td>
          <label className="enterprise-tick">
            <input
              type="checkbox"
              checked={confirmed.has(row)}
              onChange={({ target }) =>
                confirm(new Set(target.checked ? [...confirmed, row] : [...confirmed].filter((one) => one !== row)))
              }
            />
            已核对第 {row} 行
          </label>
        </td>
      </tr>
    ))}
  </TableSection>
)
