import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type Drive, refreshDrive, rowsOf } from './query.ts'
import { SheetUpload } from './sheet-upload.tsx'

const TAKERS = ['clerk', 'dispatcher', 'window', 'supervisor'] as const
const SHOWN = 20

/** Questionnaires (问卷): handed out, come back, read in. */
export function Questionnaires({ drive, session }: { readonly drive: Drive; readonly session: Session }) {
  const params = { id: drive.id }
  const { data: issues } = useQuery({
    queryKey: ['issues', drive.id],
    queryFn: ({ signal }) => api('issues', { params, signal }),
  })
  const { data: sheets } = useQuery({
    queryKey: ['sheets', drive.id],
    queryFn: ({ signal }) => api('sheets', { params, signal }),
  })
  const [all, setAll] = useState(false)
  const [what, setWhat] = useState<'issue' | 'upload'>()
  const takes = TAKERS.some((role) => session.roles.includes(role))
  const returned = sheets?.items ?? []
  return (
    <section id="questionnaires" className="panel" aria-label="问卷">
      <div className="panel-head">
        <h2>问卷</h2>
        {takes && (
          <div className="page-acts">
            <button type="button" className="button button-small" onClick={() => setWhat('issue')}>
              登记发放
            </button>
            <button
              type="button"
              className="button button-small"
              disabled={drive.figures.sheets.issued === 0}
              title={drive.figures.sheets.issued === 0 ? '先登记发放了多少张' : undefined}
              onClick={() => setWhat('upload')}
            >
              导入收回的问卷
            </button>
          </div>
        )}
      </div>
      {what === 'issue' && <IssueForm drive={drive} unit={session.unitId} close={() => setWhat(undefined)} />}
      {what === 'upload' && <SheetUpload drive={drive} close={() => setWhat(undefined)} />}
      <div className="drive-issues">
        <TableSection
          title="发放"
          head={['日期', '发给', '发放单位', '张数']}
          counts={['张数']}
          empty="还没有发放问卷。"
        >
          {(issues?.items ?? []).map((issue) => (
            <tr key={issue.id}>
              <td>{issue.on}</td>
              <td className="is-reason">
                {issue.recipients}
                <span className="is-narrow muted">{issue.unit.name}</span>
              </td>
              <td>{issue.unit.name}</td>
              <td className="is-count">{issue.quantity.toLocaleString('zh-CN')}</td>
            </tr>
          ))}
        </TableSection>
      </div>
      <div className="drive-sheets">
        <TableSection
          title="收回"
          count={returned.length}
          head={['问卷编号', '收回日期', '是否有效', '提取意见']}
          counts={['提取意见']}
          empty="还没有收回问卷。"
        >
          {(all ? returned : returned.slice(0, SHOWN)).map((sheet) => (
            <tr key={sheet.id}>
              <td className="number">
                {sheet.number}
                <span className="is-narrow muted">{sheet.on}</span>
              </td>
              <td>{sheet.on}</td>
              <td className="is-reason">
                {sheet.valid ? '有效' : <span className="tag">作废：{sheet.voidReason}</span>}
              </td>
              <td className="is-count">
                {sheet.opinions === 0 ? 0 : <Link to={rowsOf(drive.id, { sheet: sheet.id })}>{sheet.opinions}</Link>}
              </td>
            </tr>
          ))}
        </TableSection>
      </div>
      {!all && returned.length > SHOWN && (
        <div className="panel-acts">
          <button type="button" className="button button-small" onClick={() => setAll(true)}>
            看全部 {returned.length.toLocaleString('zh-CN')} 张
          </button>
        </div>
      )}
    </section>
  )
}

interface IssueFormProps {
  readonly drive: Drive
  readonly unit: string | null
  readonly close: () => void
}
function IssueForm({ drive, unit, close }: IssueFormProps) {
  const [quantity, setQuantity] = useState('')
  const [recipients, setRecipients] = useState('')
  const [unitId, setUnitId] = useState<string | undefined>(unit ?? undefined)
  const [on, setOn] = useState(() => dayOf(new Date()))
  const save = useSubmission(
    (body: Parameters<typeof api<'issueSheets'>>[1]['body'], key) =>
      api('issueSheets', { params: { id: drive.id }, body, key }),
    {
      done: (issue) => {
        announce(`已登记发放 ${issue.quantity} 张`)
        refreshDrive(drive.id)
        close()
      },
    },
  )
  const ready = Number(quantity) > 0 && recipients.trim() !== '' && unitId !== undefined && on !== ''
  return (
    <form
      className="panel-grid"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) save.mutate({ quantity: Number(quantity), recipients: recipients.trim(), unitId, on })
      }}
    >
      <PlainField label="张数" type="number" min="1" value={quantity} set={setQuantity} />
      <PlainField
        label="发给"
        value={recipients}
        set={setRecipients}
        maxLength={100}
        placeholder="如：规模以上工业企业"
      />
      <Labelled label="发放单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => setUnitId(one)} />}
      </Labelled>
      <PlainField label="日期" type="date" value={on} set={setOn} />
      <div className="panel-acts">
        <button type="submit" className="button button-primary" disabled={!ready || save.isPending}>
          登记发放
        </button>
        <button type="button" className="button" onClick={close}>
          取消
        </button>
      </div>
      <FaultNotice fault={save.error} />
    </form>
  )
}
