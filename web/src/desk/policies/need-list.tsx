import { NEED_KIND, NEED_STATE } from '@banjie/contract'
import { type ReactNode, useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Need, usePolicyAct } from './query.ts'

const { asked: _, ...ANSWERS } = NEED_STATE

interface Props<N extends Need> {
  readonly needs: readonly N[]
  readonly mayAnswer: boolean
  /** Whose it is, where the list holds several enterprises'. */
  readonly whose?: (need: N) => ReactNode
}
/** Needs of enterprises (企业需求); one that was asked is answered once. */
export function NeedList<N extends Need>({ needs, mayAnswer, whose }: Props<N>) {
  const [answering, setAnswering] = useState<string>()
  return (
    <ul className="policy-reasons">
      {needs.map((need) => (
        <li key={need.id}>
          {whose?.(need)} <b>{NEED_KIND[need.kind]}</b> {need.words}{' '}
          <span className="hint">
            {need.on} · {NEED_STATE[need.state]}
            {need.reply && `：${need.reply}`}
          </span>{' '}
          {mayAnswer && need.state === 'asked' && answering !== need.id && (
            <button type="button" className="button button-small no-print" onClick={() => setAnswering(need.id)}>
              答复
            </button>
          )}
          {answering === need.id && <AnswerForm need={need} close={() => setAnswering(undefined)} />}
        </li>
      ))}
    </ul>
  )
}

function AnswerForm({ need: { id, words }, close }: { readonly need: Need; readonly close: () => void }) {
  const [state, setState] = useState<keyof typeof ANSWERS>('met')
  const [reply, setReply] = useState('')
  const answer = usePolicyAct(
    (body: Request<'answerNeed'>['body'], key) => api('answerNeed', { params: { id }, body, key }),
    '已答复',
    close,
  )
  return (
    <PanelForm
      {...{ title: `答复：${words}`, act: '答复', sending: answer, close }}
      ready={reply.trim() !== ''}
      submit={() => answer.mutate({ state, reply })}
    >
      <SelectField label="结果" value={state} set={setState} words={ANSWERS} />
      <PlainField label="怎么办的" value={reply} set={setReply} maxLength={300} />
    </PanelForm>
  )
}
