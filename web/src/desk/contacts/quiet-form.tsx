import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Quiet, refreshContacts } from './query.ts'

const MONTH_MS = 30 * 86_400_000

interface QuietFormProps {
  readonly target: { readonly id: string; readonly name: string }
  readonly close: () => void
}
/** Do not disturb, I will call (免打扰), as the enterprise said it. */
export function QuietForm({ target, close }: QuietFormProps) {
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [to, setTo] = useState(() => dayOf(new Date(Date.now() + MONTH_MS)))
  const [words, setWords] = useState('')
  const send = useSubmission((body: Request<'newDoNotDisturb'>['body'], key) => api('newDoNotDisturb', { body, key }), {
    done: () => {
      announce(`${target.name} ${from} 至 ${to} 免打扰`)
      refreshContacts()
      close()
    },
  })
  return (
    <PanelForm
      {...{ title: `登记免打扰：${target.name}`, sending: send, close }}
      ready={words.trim() !== '' && from !== '' && to !== ''}
      submit={() => send.mutate({ targetId: target.id, from, to, words })}
    >
      <PlainField label="自哪天起" type="date" value={from} set={setFrom} />
      <PlainField label="至哪天" type="date" value={to} set={setTo} min={from} />
      <PlainField
        {...{ label: '企业怎么说的', value: words, set: setWords, maxLength: 200 }}
        {...{ placeholder: '如：盘点期间不必来，有事我打电话', hint: '这段时间只有法定检查能计划' }}
      />
    </PanelForm>
  )
}

/** The stretches in which the target wants to be left alone. */
export function Quiets({ quiets, today }: { readonly quiets: readonly Quiet[]; readonly today: string }) {
  const [ended, setEnded] = useState<Quiet>()
  return (
    <>
      {ended && <EndForm key={ended.id} quiet={ended} close={() => setEnded(undefined)} />}
      {quiets.map((quiet) => (
        <div key={quiet.id} className="notice notice-warn contact-quiet">
          <span>
            免打扰 {quiet.from} 至 {quiet.to}：“{quiet.words}”（{quiet.by}登记）
            {quiet.ended !== null && `，已提前解除：${quiet.ended}`}
          </span>
          {quiet.ended === null && quiet.to >= today && (
            <button type="button" className="button button-small" onClick={() => setEnded(quiet)}>
              解除
            </button>
          )}
        </div>
      ))}
    </>
  )
}

function EndForm({ quiet, close }: { readonly quiet: Quiet; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const send = useSubmission(
    (body: { reason: string }, key) => api('endDoNotDisturb', { params: { id: quiet.id }, body, key }),
    {
      done: () => {
        announce('已解除免打扰')
        refreshContacts()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '解除免打扰', act: '解除', sending: send, close }}
      ready={reason.trim() !== ''}
      submit={() => send.mutate({ reason })}
    >
      <PlainField label="企业怎么说的" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
