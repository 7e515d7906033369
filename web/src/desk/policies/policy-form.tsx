import { POLICY_MODE, type PolicyMode, parseMoney } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go } from '../router.ts'
import { emptyDraft, ruleOf } from './condition.ts'
import { ConditionFields } from './condition-fields.tsx'
import { usePolicyAct } from './query.ts'
import '../page/page.css'
import './policies.css'

const JOIN = { all: '全部条件都要符合', any: '符合其中一条即可' } as const
const EMPTY = { title: '', documentNo: '', issuer: '', benefit: '', wan: '', payWithin: '20', validTo: '' }

/** Drafts a policy (起草政策); how many would be eligible is worked out while the rule is typed. */
export function PolicyFormPage({ session }: { readonly session: Session }) {
  const [text, setText] = useState(EMPTY)
  const [validFrom, setFrom] = useState(() => dayOf(new Date()))
  const [mode, setMode] = useState<PolicyMode>('auto')
  const [unit, setUnit] = useState(session.unitId ?? undefined)
  const [join, setJoin] = useState<keyof typeof JOIN>('all')
  const [drafts, setDrafts] = useState([{ ...emptyDraft(0), words: 'small、micro' }])
  const set = (name: keyof typeof EMPTY) => (value: string) => setText({ ...text, [name]: value })
  const rule = ruleOf(join, drafts)
  const fen = text.wan === '' ? null : parseMoney(text.wan, '万元')
  useTitle('起草政策')
  const save = usePolicyAct(
    (body: Request<'newPolicy'>['body'], key) => api('newPolicy', { body, key }),
    '已起草，请另一人发布',
    ({ id }) => go(`/w/policies/${id}`),
  )
  const { title, documentNo, issuer, benefit, payWithin, validTo } = text
  return (
    <div className="page page-wide policies">
      <h1>起草政策</h1>
      <PanelForm
        title="政策和规则"
        act="起草"
        ready={
          [title, documentNo, issuer, benefit, payWithin].every((one) => one.trim() !== '') &&
          unit !== undefined &&
          rule !== undefined &&
          fen !== undefined
        }
        sending={save}
        close={() => go('/w/policies')}
        submit={() =>
          unit !== undefined &&
          rule !== undefined &&
          save.mutate({
            ...{
              title,
              documentNo,
              issuer,
              benefit,
              mode,
              validFrom,
              unitId: unit,
              payWithin: Number(payWithin),
              rule,
            },
            ...{ fen: fen ?? null, validTo: validTo === '' ? null : validTo },
          })
        }
      >
        <PlainField label="政策名称" value={title} set={set('title')} maxLength={100} />
        <PlainField label="文号" value={documentNo} set={set('documentNo')} maxLength={80} />
        <PlainField label="发文单位" value={issuer} set={set('issuer')} maxLength={80} />
        <PlainField label="扶持内容" value={benefit} set={set('benefit')} maxLength={300} />
        <WanField label="每户金额" value={text.wan} set={set('wan')} optional />
        <SelectField label="享受方式" value={mode} set={setMode} words={POLICY_MODE} />
        <Labelled label="兑现单位">
          {({ id }) => <UnitPicker id={id} chosen={unit ? [unit] : []} choose={([one]) => setUnit(one)} />}
        </Labelled>
        <PlainField label="几个工作日内兑现" type="number" value={payWithin} set={set('payWithin')} />
        <PlainField label="执行起" type="date" value={validFrom} set={setFrom} />
        <PlainField label="执行止" optional type="date" value={validTo} set={set('validTo')} />
        <div className="policy-conditions">
          <SelectField label="几条条件的关系" value={join} set={setJoin} words={JOIN} />
          {drafts.map((draft, i) => (
            <ConditionFields
              key={draft.key}
              {...{ draft, no: i + 1 }}
              change={(part) => setDrafts(drafts.map((one) => (one.key === draft.key ? { ...one, ...part } : one)))}
              drop={drafts.length > 1 ? () => setDrafts(drafts.filter(({ key }) => key !== draft.key)) : undefined}
            />
          ))}
          <button
            type="button"
            className="button button-small"
            onClick={() =>
              setDrafts([...drafts, { ...emptyDraft((drafts.at(-1)?.key ?? 0) + 1), words: 'small、micro' }])
            }
          >
            加一条条件
          </button>
          <Rehearsal rule={rule} />
        </div>
      </PanelForm>
    </div>
  )
}

/** How many would be eligible today; nothing is stored. */
function Rehearsal({ rule }: { readonly rule: ReturnType<typeof ruleOf> }) {
  const { data, error } = useQuery({
    queryKey: ['policyPreview', rule],
    queryFn: ({ signal }) =>
      rule === undefined ? null : api('policyPreview', { body: { rule }, signal, key: crypto.randomUUID() }),
    enabled: rule !== undefined,
    retry: false,
  })
  if (rule === undefined) return <p className="hint">每条条件填好取值和依据条款，就会试算有多少企业符合。</p>
  if (error) return <p className="hint">{error.message}</p>
  if (data == null) return <p className="hint">正在试算…</p>
  return (
    <p role="status">
      今天符合 <b>{data.yes}</b> 户，不符合 {data.no} 户，缺数据 {data.unknown} 户
      {data.sample.length > 0 &&
        `；如 ${data.sample
          .slice(0, 5)
          .map(({ name }) => name)
          .join('、')}`}
    </p>
  )
}
