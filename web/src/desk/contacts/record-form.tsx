import { CONTACT_KIND, type ContactKind } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { BLANK_ERRAND, ErrandFields, isReady, sentOf } from './errand-fields.tsx'
import { refreshContacts } from './query.ts'

type Kind = Exclude<ContactKind, 'visit'>
const { visit: _, ...KINDS } = CONTACT_KIND

interface RecordFormProps {
  readonly target: { readonly id: string; readonly name: string }
  readonly close: () => void
}
/** An inspection, a questionnaire or a call that has happened (登记已发生). */
export function RecordForm({ target, close }: RecordFormProps) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [errand, setErrand] = useState({ ...BLANK_ERRAND, kind: 'inspection' as ContactKind })
  const send = useSubmission((body: Request<'recordContact'>['body'], key) => api('recordContact', { body, key }), {
    done: () => {
      announce(`已登记 ${on} 的${CONTACT_KIND[errand.kind]}`)
      refreshContacts()
      close()
    },
  })
  return (
    <PanelForm
      {...{ title: `登记已发生：${target.name}`, sending: send, close }}
      ready={isReady(errand) && on !== ''}
      submit={() => send.mutate({ ...sentOf(errand), kind: errand.kind as Kind, targetId: target.id, on })}
    >
      <PlainField label="日期" type="date" value={on} set={setOn} />
      <ErrandFields errand={errand} set={setErrand} kinds={KINDS} />
      <p className="hint">
        走访不在这里填：请到<Link to={`/w/liaison/${target.id}`}>走访记录</Link>记走访，计划会自动完成。
      </p>
    </PanelForm>
  )
}
