import { BASELINE_STATE, PROJECT_STAGE } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useProjectAct } from './act.ts'
import type { Project } from './query.ts'

/** Versions of the expected dates (预期日期): who proposed, who froze, on which document. */
export function Baselines({ project }: { readonly project: Project }) {
  const [shows, setShows] = useState<'new' | number | null>(null)
  const waits = project.baselines.some(({ state }) => state === 'proposed')
  const close = () => setShows(null)
  return (
    <>
      <TableSection
        {...{ title: '预期日期', note: '缩短天数以首次冻结的日期为准，提出人不能自己冻结。' }}
        empty="还没有冻结的预期日期。先在环节中填写预期日期，再报请冻结。"
        head={['版本', '预期', '依据', '提出', '状态']}
      >
        {project.baselines.map((row) => (
          <tr key={row.version}>
            <td>第 {row.version} 版</td>
            <td>{row.dates.map(({ stage, on }) => `${PROJECT_STAGE[stage]} ${on}`).join('、')}</td>
            <td>{[row.document, row.reason].filter(Boolean).join('；')}</td>
            <td>
              {row.proposer} {dayOf(row.proposedAt)}
            </td>
            <td>
              {BASELINE_STATE[row.state]}{' '}
              {[row.decider, row.decidedAt && dayOf(row.decidedAt)].filter(Boolean).join(' ')}
              {row.mayDecide && (
                <button type="button" className="button button-small" onClick={() => setShows(row.version)}>
                  决定第 {row.version} 版
                </button>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      {project.may.edit && !waits && (
        <p className="chips no-print">
          <button type="button" className="button button-small" onClick={() => setShows('new')}>
            报请冻结
          </button>
        </p>
      )}
      {shows === 'new' && <ProposeForm project={project} close={close} />}
      {typeof shows === 'number' && <DecideForm id={project.id} version={shows} close={close} />}
    </>
  )
}

function ProposeForm({ project, close }: { readonly project: Project; readonly close: () => void }) {
  const [document_, setDocument] = useState('')
  const [reason, setReason] = useState('')
  const isChange = project.baselines.some(({ state }) => state === 'frozen')
  const save = useProjectAct(
    (body: Request<'newBaseline'>['body'], key) => api('newBaseline', { params: { id: project.id }, body, key }),
    '已报请冻结',
    close,
  )
  return (
    <PanelForm
      title="报请冻结预期日期"
      ready={document_.trim() !== '' && (!isChange || reason.trim() !== '')}
      sending={save}
      close={close}
      submit={() => save.mutate({ document: document_, reason })}
      act="报请"
    >
      <PlainField label="依据的文件或会议" value={document_} set={setDocument} maxLength={200} />
      <PlainField label="变更理由" optional={!isChange} value={reason} set={setReason} maxLength={300} />
    </PanelForm>
  )
}

function DecideForm({
  id,
  version,
  close,
}: {
  readonly id: string
  readonly version: number
  readonly close: () => void
}) {
  const [note, setNote] = useState('')
  const [freeze, setFreeze] = useState(true)
  const save = useProjectAct(
    (body: Request<'decideBaseline'>['body'], key) =>
      api('decideBaseline', { params: { id, version: String(version) }, body, key }),
    freeze ? '已冻结' : '已退回',
    close,
  )
  return (
    <PanelForm
      title={`决定第 ${version} 版`}
      ready={freeze || note.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ freeze, note })}
      act={freeze ? '冻结' : '退回'}
    >
      <label className="check">
        <input type="checkbox" checked={freeze} onChange={() => setFreeze(!freeze)} />
        <span>同意冻结</span>
      </label>
      <PlainField label={freeze ? '意见' : '退回理由'} optional={freeze} value={note} set={setNote} maxLength={300} />
    </PanelForm>
  )
}
