import { LIAISON_END_GROUND, type LiaisonEndGround, PIPELINE, type Pipeline } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshDuties, type Target } from './query.ts'
import { Words } from './visit-form.tsx'

interface Props {
  readonly target: Target
  readonly close: () => void
}
const today = () => dayOf(new Date())

/** Ends something with its last day and the reason: one liaison, or the whole of a project's or an organisation's. */
export function EndForm({ target, bond, close }: Props & { readonly bond: Target['liaisons'][number] | undefined }) {
  const [on, setOn] = useState(today)
  const [reason, setReason] = useState('')
  const save = useSubmission(
    async (body: { on: string; reason: string }, key) => {
      if (bond === undefined) await api('closeLiaisonTarget', { params: { id: target.id }, body, key })
      else await api('endLiaison', { params: { id: bond.id }, body, key })
    },
    {
      done: () => {
        announce(`${bond?.person.name ?? ''}对${target.name}的包保至 ${on} 为止`)
        refreshDuties()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={bond === undefined ? '结束包保' : `结束包保：${bond.person.name}`}
      ready={on !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      act="结束"
      submit={() => save.mutate({ on, reason })}
    >
      <PlainField label="最后一天" type="date" value={on} set={setOn} hint="这一天以后不再欠走访" />
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}

/** The enterprise says it is on the normal track; somebody else approves. */
export function NormalTrackForm({ target, close }: Props) {
  const [ground, setGround] = useState<LiaisonEndGround>('normalTrack')
  const [confirmedBy, setConfirmedBy] = useState('')
  const [confirmedOn, setConfirmedOn] = useState(today)
  const [words, setWords] = useState('')
  const [mayQuote, setMayQuote] = useState(false)
  const [on, setOn] = useState(today)
  const body = { ground, confirmedBy, confirmedOn, words, mayQuote, on }
  const save = useSubmission(
    (given: typeof body, key) => api('askNormalTrack', { params: { id: target.id }, body: given, key }),
    {
      done: () => {
        announce('已提出，待领导或督查批准；批准前照常走访')
        refreshDuties()
        close()
      },
    },
  )
  const isGone = ground === 'dissolved'
  return (
    <PanelForm
      title="申请步入正常轨道"
      ready={confirmedBy.trim() !== '' && words.trim() !== '' && confirmedOn !== '' && on !== ''}
      sending={save}
      close={close}
      act="提出申请"
      submit={() => save.mutate(body)}
    >
      <SelectField label="依据" value={ground} set={setGround} words={LIAISON_END_GROUND} />
      <PlainField
        {...{ label: isGone ? '由谁证明' : '企业由谁确认', value: confirmedBy, set: setConfirmedBy, maxLength: 60 }}
        placeholder={isGone ? '如：登记机关公告' : '如：总经理'}
      />
      <PlainField label="确认日期" type="date" value={confirmedOn} set={setConfirmedOn} />
      <Words label={isGone ? '证明内容' : '企业原话'} value={words} set={setWords} rows={2} />
      <PlainField label="包保最后一天" type="date" value={on} set={setOn} />
      {!isGone && (
        <label className="check">
          <input type="checkbox" checked={mayQuote} onChange={(event) => setMayQuote(event.target.checked)} />
          <span>企业同意引用</span>
        </label>
      )}
    </PanelForm>
  )
}

const NONE = 'none'
const STAGES = { [NONE]: '未标记', ...PIPELINE } as const
/** Which stage a project is at. */
export function PipelineForm({ target, close }: Props) {
  const [stage, setStage] = useState<Pipeline | typeof NONE>(target.pipeline ?? NONE)
  const save = useSubmission(
    (pipeline: Pipeline | null, key) => api('setPipeline', { params: { id: target.id }, body: { pipeline }, key }),
    {
      done: () => {
        announce(`已标记：${STAGES[stage]}`)
        refreshDuties()
        close()
      },
    },
  )
  return (
    <PanelForm
      title="项目阶段"
      ready
      sending={save}
      close={close}
      submit={() => save.mutate(stage === NONE ? null : stage)}
    >
      <SelectField
        {...{ label: '阶段', value: stage, set: setStage, words: STAGES }}
        hint="“四个一”按此计算：谋划、洽谈、服务落地"
      />
    </PanelForm>
  )
}
