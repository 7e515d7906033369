import { NEED_STATE, type NeedState } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { usePolicyAct } from './query.ts'

type Answered = Exclude<NeedState, 'asked'>
const { asked: _, ...ANSWERS } = NEED_STATE

interface AnswerProps {
  readonly need: { readonly id: string; readonly words: string }
  readonly close: () => void
}
/** Answers what an enterprise needs (需求办结), in words that its page keeps. */
export function NeedAnswerForm({ need, close }: AnswerProps) {
  const [state, setState] = useState<Answered>('met')
  const [reply, setReply] = useState('')
  const save = usePolicyAct(
    (body: { state: Answered; reply: string }, key) => api('answerNeed', { params: { id: need.id }, body, key }),
    '需求已办结',
    close,
  )
  return (
    <PanelForm
      title={`答复需求：${need.words}`}
      act="办结"
      ready={reply.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ state, reply })}
    >
      <SelectField label="结果" value={state} set={setState} words={ANSWERS} />
      <LinesField
        label="怎么答复的"
        value={reply}
        set={setReply}
        rows={2}
        hint="写明谁办的、办到什么程度；没有办成的写明原因"
      />
    </PanelForm>
  )
}
