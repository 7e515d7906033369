import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { DecideForm } from './decide-form.tsx'
import { refreshPlans, type TargetDetail } from './query.ts'

type Version = TargetDetail['versions'][number]

/** Every version of the target (目标各版): what was promised first stays beside what holds now. */
export function Versions({ target }: { readonly target: TargetDetail }) {
  const [changes, setChanges] = useState(false)
  const waits = target.versions.some(({ state, version }) => state === 'proposed' && version > 1)
  return (
    <section className="table-section" aria-label="目标各版">
      <h2>
        目标各版<span className="table-count">{target.versions.length}</span>
      </h2>
      <ol className="plan-versions">
        {target.versions.map((version) => (
          <VersionItem key={version.version} id={target.id} version={version} />
        ))}
      </ol>
      {target.may.propose && !waits && !changes && (
        <button type="button" className="button plan-add no-print" onClick={() => setChanges(true)}>
          报批变更
        </button>
      )}
      {changes && <ProposeForm target={target} close={() => setChanges(false)} />}
    </section>
  )
}

const VersionItem = ({ id, version }: { readonly id: string; readonly version: Version }) => (
  <li>
    <p>
      <b>第 {version.version} 版</b> <span className="tag">{version.stateLabel}</span> {version.words}
      {version.definition.dueOn && `，${version.definition.dueOn} 前`} · 按此版完成 {version.achieved}
    </p>
    <p className="hint">
      {version.proposer} {columnText(version.proposedAt)} {version.version === 1 ? '编制' : '报批'}
      {version.reason && `：${version.reason}`}
      {version.approver &&
        version.decidedAt &&
        ` · ${version.approver} ${columnText(version.decidedAt)} ${version.stateLabel.slice(1)}`}
      {version.note && `：${version.note}`}
    </p>
    {version.decidable && <DecideForm kind="target" id={id} version={version.version} />}
  </li>
)

function ProposeForm({ target, close }: { readonly target: TargetDetail; readonly close: () => void }) {
  const { definition } = target
  const [value, setValue] = useState(String(definition.value))
  const [dueOn, setDueOn] = useState(definition.dueOn ?? '')
  const [reason, setReason] = useState('')
  const send = useSubmission(
    (body: Parameters<typeof api<'proposeTarget'>>[1]['body'], key) =>
      api('proposeTarget', { params: { id: target.id }, body, key }),
    {
      done: () => {
        announce('已报批，待另一个人批准')
        refreshPlans()
        close()
      },
    },
  )
  return (
    <form
      className="panel panel-grid no-print"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate({ definition: { ...definition, value: Number(value), dueOn: dueOn || null }, reason })
      }}
    >
      <PlainField {...{ label: `数量（${definition.unit}）`, type: 'number', value, set: setValue }} />
      <PlainField label="完成" type="date" value={dueOn} set={setDueOn} />
      <PlainField {...{ label: '为什么变更', value: reason, set: setReason, maxLength: 300 }} />
      <div className="panel-acts">
        <button type="submit" className="button button-primary" disabled={reason.trim() === '' || send.isPending}>
          报批
        </button>
        <button type="button" className="button" onClick={close}>
          取消
        </button>
      </div>
      <FaultNotice fault={send.error} />
    </form>
  )
}
