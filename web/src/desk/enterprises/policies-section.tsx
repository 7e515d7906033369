import { ELIGIBILITY, ENTITLEMENT_STATE, NEED_KIND, NEED_STATE, type NeedKind } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { NeedAnswerForm } from '../policies/need-answer.tsx'
import { type EnterprisePolicies, useEnterprisePolicies, usePolicyAct } from '../policies/query.ts'
import { Reasons } from '../policies/reasons.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../policies/policies.css'

/** What an enterprise may have and why (政策匹配), and what it needs. */
export function PoliciesSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterprisePolicies(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <section className="policies" aria-label="政策和需求">
      <h2>
        政策匹配 <span className="table-count">{data.items.length}</span>
      </h2>
      {data.items.length === 0 ? (
        <p className="muted">现在没有执行中的政策。</p>
      ) : (
        <ul className="policy-matches">
          {data.items.map(({ policy, answer, why, entitlement }) => (
            <li key={policy.id}>
              <span className="policy-match-head">
                <b className={`policy-${answer}`}>{ELIGIBILITY[answer]}</b>
                <Link to={`/w/policies/${policy.id}`}>{policy.title}</Link>
                {entitlement && (
                  <span className={`policy-state policy-state-${entitlement.state}`}>
                    {ENTITLEMENT_STATE[entitlement.state]}
                  </span>
                )}
              </span>
              <span className="hint">{policy.benefit}</span>
              <Reasons why={why} />
            </li>
          ))}
        </ul>
      )}
      <Needs id={id} {...data} />
    </section>
  )
}

function Needs({ id, needs, may }: Pick<EnterprisePolicies, 'needs' | 'may'> & { readonly id: string }) {
  const [doing, setDoing] = useState<'note' | EnterprisePolicies['needs'][number]>()
  const close = () => setDoing(undefined)
  return (
    <>
      <h2>
        企业需求 <span className="table-count">{needs.length}</span>
      </h2>
      {needs.length === 0 && <p className="muted">还没有记下需求。</p>}
      <ul className="policy-needs">
        {needs.map((need) => (
          <li key={need.id}>
            <span className="policy-need-words">
              <b>{NEED_KIND[need.kind]}</b> {need.words}
              <span className="hint">
                {need.on} {need.by}记下 · {NEED_STATE[need.state]}
                {need.reply && `：${need.reply}`}
                {need.answered && `（${need.answered.on} ${need.answered.by}）`}
              </span>
            </span>
            {may.need && need.state === 'asked' && (
              <button
                type="button"
                className="button button-small no-print"
                aria-label={`答复：${need.words}`}
                onClick={() => setDoing(need)}
              >
                答复
              </button>
            )}
          </li>
        ))}
      </ul>
      {doing === 'note' && <NeedForm id={id} close={close} />}
      {doing !== undefined && doing !== 'note' && <NeedAnswerForm key={doing.id} need={doing} close={close} />}
      {doing === undefined && may.need && (
        <p className="no-print">
          <button type="button" className="button button-small" onClick={() => setDoing('note')}>
            记下需求
          </button>
        </p>
      )}
    </>
  )
}

function NeedForm({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [kind, setKind] = useState<NeedKind>('funds')
  const [words, setWords] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const save = usePolicyAct(
    (body: Request<'newNeed'>['body'], key) => api('newNeed', { params: { id }, body, key }),
    '需求已记下',
    close,
  )
  return (
    <PanelForm
      title="记下需求"
      ready={words.trim() !== '' && on !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ kind, words, on })}
    >
      <SelectField label="需求类别" value={kind} set={setKind} words={NEED_KIND} />
      <PlainField label="需要什么" value={words} set={setWords} maxLength={300} />
      <PlainField label="哪天提出" type="date" value={on} set={setOn} />
    </PanelForm>
  )
}
