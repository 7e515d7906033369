import { CAMPAIGN_STATE } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import type { Kase } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { campaignsOfCase, refreshCampaigns } from '../campaigns/query.ts'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'

type Joined = Answer<'caseCampaigns'>['items'][number]

/** The campaigns that count a case (所属活动), and the acts of whoever keeps them; nothing where there are none. */
export function CampaignsBox({ kase }: { readonly kase: Kase }) {
  const [open, setOpen] = useState<Joined | 'join'>()
  const { data } = useQuery({
    queryKey: campaignsOfCase(kase.id),
    queryFn: ({ signal }) => api('caseCampaigns', { params: { id: kase.id }, signal }),
  })
  if (data === undefined || (data.items.length === 0 && data.mayJoin.length === 0)) return null
  const close = () => setOpen(undefined)
  return (
    <section className="box" aria-label="所属活动">
      <h2>所属活动</h2>
      {data.items.length === 0 && <p className="muted">还没有记入活动。</p>}
      <ul>
        {data.items.map((one) => (
          <li key={one.id}>
            <Link to={`/w/campaigns/${one.id}`}>{one.title}</Link>{' '}
            <span className="muted">
              {[CAMPAIGN_STATE[one.state], one.raised && '走访中反映'].filter(Boolean).join(' · ')}
            </span>{' '}
            {one.mayLeave && open !== one && (
              <button
                type="button"
                className="button button-small"
                aria-label={`移出“${one.title}”`}
                onClick={() => setOpen(one)}
              >
                移出
              </button>
            )}
          </li>
        ))}
      </ul>
      {open === undefined && data.mayJoin.length > 0 && (
        <button type="button" className="button button-small" onClick={() => setOpen('join')}>
          记入活动
        </button>
      )}
      {open === 'join' && <JoinForm {...{ kase, running: data.mayJoin, close }} />}
      {open !== undefined && open !== 'join' && <LeaveForm {...{ kase, campaign: open, close }} />}
    </section>
  )
}

function JoinForm({
  kase,
  running,
  close,
}: {
  readonly kase: Kase
  readonly running: Answer<'caseCampaigns'>['mayJoin']
  readonly close: () => void
}) {
  const [id, setId] = useState<string>(running[0]?.id ?? '')
  const save = useSubmission(
    (body: { numbers: string[] }, key) => api('tagCampaignCase', { params: { id }, body, key }),
    {
      done: () => {
        announce('已记入活动')
        refreshCampaigns()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '记入活动', act: '记入', ready: id !== '', sending: save, close }}
      submit={() => save.mutate({ numbers: [kase.number] })}
    >
      <SelectField
        label="活动"
        value={id}
        set={setId}
        words={Object.fromEntries(running.map((one) => [one.id, one.title]))}
      />
    </PanelForm>
  )
}

function LeaveForm({
  kase,
  campaign,
  close,
}: {
  readonly kase: Kase
  readonly campaign: Joined
  readonly close: () => void
}) {
  const [reason, setReason] = useState('')
  const params = { id: campaign.id, caseId: kase.id }
  const save = useSubmission((body: { reason: string }, key) => api('untagCampaignCase', { params, body, key }), {
    done: () => {
      announce(`已移出“${campaign.title}”`)
      refreshCampaigns()
      close()
    },
  })
  return (
    <PanelForm
      {...{ title: `移出：${campaign.title}`, act: '移出', ready: reason.trim() !== '', sending: save, close }}
      submit={() => save.mutate({ reason })}
    >
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
