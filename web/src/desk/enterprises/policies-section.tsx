import { ELIGIBILITY, ENTITLEMENT_STATE, NEED_KIND, type NeedKind } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { NeedList } from '../policies/need-list.tsx'
import { useEnterprisePolicies, usePolicyAct } from '../policies/query.ts'
import { Reasons } from '../policies/reasons.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../policies/policies.css'

/** What an enterprise may have and why (政策匹配), and what it needs. */
export function PoliciesSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterprisePolicies(id)
  const [adding, setAdding] = useState(false)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <section className="policies" aria-label="政策和需求">
      <h2>政策匹配</h2>
      {data.items.length === 0 ? (
        <p className="muted">现在没有执行中的政策。</p>
      ) : (
        <ul className="policy-matches">
          {data.items.map(({ policy, answer, why, entitlement }) => (
            <li key={policy.id}>
              <b className={`policy-${answer}`}>{ELIGIBILITY[answer]}</b>{' '}
              <Link to={`/w/policies/${policy.id}`}>{policy.title}</Link>
              <span className="hint">
                {' '}
                {policy.benefit}
                {entitlement && ` · ${ENTITLEMENT_STATE[entitlement.state]}`}
              </span>
              <Reasons why={why} />
            </li>
          ))}
        </ul>
      )}
      <h2>企业需求</h2>
      {data.needs.length === 0 && <p className="muted">还没有记下需求。</p>}
      <NeedList needs={data.needs} mayAnswer={data.may.need} />
      {adding ? (
        <NeedForm id={id} close={() => setAdding(false)} />
      ) : (
        data.may.need && (
          <p className="no-print">
            <button type="button" className="button button-small" onClick={() => setAdding(true)}>
              记下需求
            </button>
          </p>
        )
      )}
    </section>
  )
}

function NeedForm({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [kind, setKind] = useState<NeedKind>('funds')
  const [words, setWords] = useState('')
  const save = usePolicyAct(
    (body: Request<'newNeed'>['body'], key) => api('newNeed', { params: { id }, body, key }),
    '需求已记下',
    close,
  )
  return (
    <PanelForm
      title="记下需求"
      ready={words.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ kind, words, on: dayOf(new Date()) })}
    >
      <SelectField label="需求类别" value={kind} set={setKind} words={NEED_KIND} />
      <PlainField label="需要什么" value={words} set={setWords} maxLength={300} />
    </PanelForm>
  )
}
