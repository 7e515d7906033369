import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { refreshPlatform, useEnterprisePlatform } from '../platform/query.ts'
import { DemandList, PeopleList } from '../platform/rows.tsx'
import { Skeleton } from '../state-view.tsx'
import '../platform/platform.css'

/** The enterprise on the platform (政企平台): its people and its demands, for whoever may see them. */
export function PlatformSection({ id }: { readonly id: string }) {
  const { data, error, isPending } = useEnterprisePlatform(id)
  const [invites, setInvites] = useState(false)
  // Whoever may not see it reads the page without it.
  if (error) return null
  if (isPending) return <Skeleton rows={3} />
  return (
    <section aria-label="政企平台">
      <h2>政企平台</h2>
      <PeopleList people={data.people} mayRevoke={data.mayRevoke} named={false} />
      {invites && <InviteForm id={id} close={() => setInvites(false)} />}
      {data.mayInvite && !invites && (
        <button type="button" className="button button-small" onClick={() => setInvites(true)}>
          邀请企业人员
        </button>
      )}
      <h3>企业诉求</h3>
      <DemandList demands={data.demands} named={false} />
    </section>
  )
}

function InviteForm({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const invite = useSubmission(
    (body: Request<'newPlatformPerson'>['body'], key) => api('newPlatformPerson', { params: { id }, body, key }),
    {
      done: () => {
        announce(`已邀请${name}`)
        refreshPlatform()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '邀请企业人员', act: '邀请', sending: invite, close }}
      ready={name.trim() !== '' && address.trim() !== ''}
      submit={() => invite.mutate({ name, ...(address.includes('@') ? { email: address } : { phone: address }) })}
    >
      <PlainField {...{ label: '姓名', maxLength: 50, value: name, set: setName }} />
      <PlainField
        {...{ label: '邮箱或手机号', hint: '登录验证码发到这里', maxLength: 254, value: address, set: setAddress }}
      />
    </PanelForm>
  )
}
