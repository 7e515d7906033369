import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FileUpload } from '../page/file-upload.tsx'
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
  const [confirmed, setConfirmed] = useState<ReadonlySet<number>>(new Set())
  return (
    <div className="enterprise-upload">
      <FileUpload<Read>
        {...{ label: '选择表格', hint: '先试读，不写入任何内容。', act: '写入' }}
        fields={{ confirm: [...confirmed].join(',') }}
        send={(form) => api(call, { form })}
        stored={({ counts }) => {
          announce(`已写入：新增 ${counts.new}，更新 ${counts.changed}`)
          refreshEnterprises()
          go(call === 'importEnterprises' ? '/w/enterprises' : '/w/enterprises/growth')
        }}
        told={({ fileName, counts }) =>
          `“${fileName}”：新增 ${counts.new}，更新 ${counts.changed}，无变化 ${counts.same}。`
        }
        writes={({ counts }) => `新增 ${counts.new}，更新 ${counts.changed}。`}
        isReady={({ warnings }) => warnings.every(({ row }) => confirmed.has(row))}
        chosen={() => setConfirmed(new Set())}
      >
        {({ warnings }) =>
          warnings.length > 0 && <Warnings warnings={warnings} confirmed={confirmed} confirm={setConfirmed} />
        }
      </FileUpload>
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
