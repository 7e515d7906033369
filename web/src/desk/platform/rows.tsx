import { ENTERPRISE_CASE, LIGHT, LIGHT_SHAPE, PLATFORM_PERSON } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { momentText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Demand, type Person, refreshPlatform } from './query.ts'

/** The people of enterprises on the platform (企业用户); each can be taken off with a reason. */
export function PeopleList({
  people,
  named,
  mayRevoke,
}: {
  readonly people: readonly Person[]
  readonly named: boolean
  readonly mayRevoke: boolean
}) {
  const [ending, setEnding] = useState<Person>()
  if (people.length === 0)
    return <p className="muted">还没有企业用户。在企业的页面上邀请其联系人，就能登录企业服务。</p>
  return (
    <>
      <ul className="platform-rows" aria-label="企业用户">
        {people.map((one) => (
          <li key={one.id}>
            <b>{one.name}</b>
            {named && <Link to={`/w/enterprises/${one.enterpriseId}`}>{one.enterprise}</Link>}
            <span className="tag">{PLATFORM_PERSON[one.state]}</span>
            <span className="muted">
              {one.revokedWhy ?? (one.lastSignedInAt ? `最近登录 ${momentText(one.lastSignedInAt)}` : '还没有登录过')}
            </span>
            {mayRevoke && one.state !== 'revoked' && (
              <button type="button" className="button button-small" onClick={() => setEnding(one)}>
                停用
              </button>
            )}
          </li>
        ))}
      </ul>
      {ending && <RevokeForm person={ending} close={() => setEnding(undefined)} />}
    </>
  )
}

function RevokeForm({ person, close }: { readonly person: Person; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const revoke = useSubmission(
    (body: { reason: string }, key) => api('revokePlatformPerson', { params: { id: person.id }, body, key }),
    {
      done: () => {
        announce(`已停用${person.name}`)
        refreshPlatform()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: `停用${person.name}`, act: '停用', sending: revoke, close }}
      ready={reason.trim() !== ''}
      submit={() => revoke.mutate({ reason })}
    >
      <PlainField {...{ label: '原因', hint: '停用后立即退出登录', maxLength: 200, value: reason, set: setReason }} />
    </PanelForm>
  )
}

/** What enterprises brought (企业诉求), with its light. */
export const DemandList = ({ demands, named }: { readonly demands: readonly Demand[]; readonly named: boolean }) =>
  demands.length === 0 ? (
    <p className="muted">还没有企业诉求。企业登录企业服务后提的，和在会上提出的，都会出现在这里。</p>
  ) : (
    <ul className="platform-rows" aria-label="企业诉求">
      {demands.map((one) => (
        <li key={one.id}>
          <Link to={`/w/c/${one.number}`}>{one.title}</Link>
          {named && <span>{one.enterprise}</span>}
          <span className="muted">
            {one.number} · {ENTERPRISE_CASE[one.way]} · {one.stageLabel} ·{' '}
            <span aria-hidden="true">{LIGHT_SHAPE[one.light]}</span> {LIGHT[one.light]}
          </span>
        </li>
      ))}
    </ul>
  )
