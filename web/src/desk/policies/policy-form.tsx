import { MONEY_UNIT, POLICY_MODE, type PolicyMode, parseMoney } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Draft, draftsOf, emptyDraft, ruleOf } from './condition.ts'
import { ConditionFields } from './condition-fields.tsx'
import { type PolicyDetail, usePolicy, usePolicyAct } from './query.ts'
import '../page/page.css'
import './policies.css'

const JOIN = { all: '全部条件都要符合', any: '符合其中一条即可' } as const
type Body = PolicyDetail['versions'][number]['body']

/** What the fields of a policy hold when the form opens: those of a version that is there, or nothing. */
function fieldsOf(body: Body | undefined, session: Session) {
  const text = {
    ...{ title: body?.title ?? '', documentNo: body?.documentNo ?? '', issuer: body?.issuer ?? '' },
    ...{ benefit: body?.benefit ?? '', sourceUrl: body?.sourceUrl ?? '', payWithin: String(body?.payWithin ?? 20) },
    ...{ wan: body?.fen == null ? '' : String(body.fen / MONEY_UNIT.万元), validTo: body?.validTo ?? '' },
    validFrom: body?.validFrom ?? dayOf(new Date()),
  }
  const unit: string | undefined = body?.unitId ?? session.unitId ?? undefined
  return { text, unit, mode: body?.mode ?? ('auto' as PolicyMode) }
}
const FIRST = { join: 'all' as const, drafts: [{ ...emptyDraft(0), words: 'small、micro' }] }

/** Drafts a policy (起草政策). */
export const NewPolicyPage = ({ session }: { readonly session: Session }) => (
  <PolicyForm session={session} title="起草政策" send={(body, key) => api('newPolicy', { body, key })} />
)

/** Drafts the next version of a policy, or the waiting one anew (起草下一版). */
export function PolicyVersionPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data, error, isPending, refetch } = usePolicy(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const newest = data.versions.at(-1)
  const isWaiting = newest?.published === null
  return (
    <PolicyForm
      session={session}
      title={`${isWaiting ? '修改第' : '起草第'}${(newest?.version ?? 0) + (isWaiting ? 0 : 1)}版：${data.title}`}
      body={newest?.body}
      send={(body, key) => api('newPolicyVersion', { params: { id }, body, key })}
    />
  )
}

interface FormProps {
  readonly session: Session
  readonly title: string
  readonly body?: Body | undefined
  readonly send: (body: Body, key: string) => Promise<{ readonly id: string }>
}
/** The fields of a policy; how many would be eligible is worked out while the rule is typed. */
function PolicyForm({ session, title: heading, body, send }: FormProps) {
  const [known] = useState(() => fieldsOf(body, session))
  const [told] = useState(() => (body === undefined ? FIRST : draftsOf(body.rule)))
  const [text, setText] = useState(known.text)
  const [mode, setMode] = useState(known.mode)
  const [unit, setUnit] = useState(known.unit)
  const [join, setJoin] = useState<keyof typeof JOIN>(told?.join ?? 'all')
  const [drafts, setDrafts] = useState(told?.drafts)
  const set = (name: keyof typeof text) => (value: string) => setText({ ...text, [name]: value })
  const rule = drafts === undefined ? body?.rule : ruleOf(join, drafts)
  const { wan, payWithin, validTo, sourceUrl, ...words } = text
  const fen = wan === '' ? null : parseMoney(wan, '万元')
  useTitle(heading)
  const save = usePolicyAct(send, '已起草，请另一人发布', ({ id }) => go(`/w/policies/${id}`))
  const isReady = [...Object.values(words), payWithin].every((one) => one.trim() !== '')
  return (
    <div className="page page-wide policies">
      <h1>{heading}</h1>
      <PanelForm
        title="政策和规则"
        act="起草"
        ready={isReady && unit !== undefined && rule !== undefined && fen !== undefined}
        sending={save}
        close={() => history.back()}
        submit={() =>
          unit !== undefined &&
          rule !== undefined &&
          save.mutate({
            ...{ ...words, mode, unitId: unit as Body['unitId'], payWithin: Number(payWithin), rule },
            ...{ fen: fen ?? null, validTo: validTo === '' ? null : validTo },
            ...(sourceUrl !== '' && { sourceUrl }),
          })
        }
      >
        <PlainField label="政策名称" value={text.title} set={set('title')} maxLength={100} />
        <PlainField label="文号" value={text.documentNo} set={set('documentNo')} maxLength={80} />
        <PlainField label="发文单位" value={text.issuer} set={set('issuer')} maxLength={80} />
        <PlainField label="原文网址" optional type="url" value={sourceUrl} set={set('sourceUrl')} maxLength={300} />
        <PlainField label="扶持内容" value={text.benefit} set={set('benefit')} maxLength={300} />
        <WanField label="每户金额" value={wan} set={set('wan')} optional />
        <SelectField label="享受方式" value={mode} set={setMode} words={POLICY_MODE} />
        <Labelled label="兑现单位">
          {({ id }) => <UnitPicker id={id} chosen={unit ? [unit] : []} choose={([one]) => setUnit(one)} />}
        </Labelled>
        <PlainField label="几个工作日内兑现" type="number" value={payWithin} set={set('payWithin')} />
        <PlainField label="执行起" type="date" value={text.validFrom} set={set('validFrom')} />
        <PlainField label="执行止" optional type="date" value={validTo} set={set('validTo')} />
        <div className="policy-conditions">
          {drafts === undefined ? (
            <p className="hint">这项政策的规则有嵌套，在这里原样保留；要改规则请通过接口。</p>
          ) : (
            <Conditions {...{ join, setJoin, drafts, setDrafts }} />
          )}
          <Rehearsal rule={rule} />
        </div>
      </PanelForm>
    </div>
  )
}

interface ConditionsProps {
  readonly join: keyof typeof JOIN
  readonly setJoin: (join: keyof typeof JOIN) => void
  readonly drafts: readonly Draft[]
  readonly setDrafts: (drafts: readonly Draft[]) => void
}
const Conditions = ({ join, setJoin, drafts, setDrafts }: ConditionsProps) => (
  <>
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
      onClick={() => setDrafts([...drafts, { ...emptyDraft((drafts.at(-1)?.key ?? 0) + 1), words: 'small、micro' }])}
    >
      加一条条件
    </button>
  </>
)

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
