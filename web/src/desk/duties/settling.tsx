import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiFault, api } from '../../shared/api.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { type Owed, refreshDuties } from './query.ts'

type SettlingProps = Pick<Owed, 'id' | 'explanation' | 'may'>
const LABEL = {
  clear: { said: '认可说明', unsaid: '销账' },
  explain: { said: '修改说明', unsaid: '说明原因' },
} as const

/** A missed period is explained by whoever owed it, and taken off the red list by whoever checks. */
export function Settling({ id, explanation, may }: SettlingProps) {
  const [words, setWords] = useState<string>()
  const verb = may.clear ? 'clear' : 'explain'
  const sending = useMutation<unknown, ApiFault, string>({
    mutationFn: (text) =>
      verb === 'clear'
        ? api('clearObligation', { params: { id: id }, body: { note: text } })
        : api('explainObligation', { params: { id: id }, body: { text } }),
    onSuccess: () => {
      setWords(undefined)
      refreshDuties()
    },
  })
  if (!may.clear && !may.explain) return null
  const label = LABEL[verb][explanation === null ? 'unsaid' : 'said']
  if (words === undefined)
    return (
      <button type="button" className="button" onClick={() => setWords('')}>
        {label}
      </button>
    )
  return (
    <PanelForm
      title={label}
      ready={words.trim() !== ''}
      sending={sending}
      submit={() => sending.mutate(words)}
      close={() => setWords(undefined)}
    >
      <Labelled label={verb === 'clear' ? '意见（移出红灯清单，统计中仍为未完成）' : '为什么没有完成'}>
        {(field) => (
          <textarea
            {...field}
            className="input"
            rows={2}
            maxLength={300}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        )}
      </Labelled>
    </PanelForm>
  )
}
