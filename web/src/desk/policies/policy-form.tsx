import { type NewPolicy, POLICY_MODE, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { type ApiFault, api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { typedWan } from '../../shared/wan.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type PolicyDetail, usePolicy, usePolicyAct } from './query.ts'
import { RuleFields, useRule } from './rule-fields.tsx'
import type { RuleWords } from './rule-lines.tsx'
import '../page/page.css'
import './policies.css'

type Body = Request<'newPolicy'>['body']

/** Drafts a policy (起草政策); how many would be eligible is worked out while the rule is typed. */
export function PolicyFormPage({ session }: { readonly session: Session }) {
  useTitle('起草政策')
  const save = usePolicyAct(
    (body: Body, key) => api('newPolicy', { body, key }),
    '已起草，请另一人发布',
    ({ id }) => go(`/w/policies/${id}`),
  )
  return (
    <div className="page page-wide policies">
      <header className="page-head">
        <h1>起草政策</h1>
      </header>
      <PolicyForm
        {...{ title: '政策和规则', act: '起草', save }}
        unit={session.unitId ?? undefined}
        close={() => go('/w/policies')}
      />
    </div>
  )
}

/** Drafts the next version of a policy (起草下一版), or goes on with the one that waits. */
export function NextVersionPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = usePolicy(id)
  useTitle('起草下一版')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  return <NextVersion policy={data} />
}

function NextVersion({ policy }: { readonly policy: PolicyDetail }) {
  const { id, versions } = policy
  const newest = versions.at(-1)
  const isWaiting = newest?.published === null
  const no = (newest?.version ?? 0) + (isWaiting ? 0 : 1)
  const save = usePolicyAct(
    (body: Body, key) => api('newPolicyVersion', { params: { id }, body, key }),
    `第 ${no} 版已起草，请另一人发布`,
    () => go(`/w/policies/${id}`),
  )
  return (
    <div className="page page-wide policies">
      <header className="page-head">
        <h1>
          {policy.title}：{isWaiting ? `修改第${no}版` : `起草第${no}版`}
        </h1>
      </header>
      <p className="page-lead">
        {isWaiting
          ? `第${no}版还没有发布，保存后仍待发布。`
          : `内容取自第${no - 1}版，改好后由另一人发布；到“执行起”那一天才换用新版，在此之前仍按现行版执行。`}
      </p>
      <PolicyForm
        {...{ title: `第${no}版`, act: '保存这一版', save, start: newest?.body, words: policy.ruleWords }}
        from={isWaiting ? undefined : dayOf(new Date())}
        close={() => go(`/w/policies/${id}`)}
      />
    </div>
  )
}

interface FormProps {
  readonly title: string
  readonly act: string
  /** What it begins with. */
  readonly start?: NewPolicy | undefined
  readonly words?: RuleWords
  readonly unit?: string | undefined
  /** The first day of a version that follows another. */
  readonly from?: string | undefined
  readonly save: {
    readonly isPending: boolean
    readonly error: ApiFault | null
    readonly mutate: (body: Body) => void
  }
  readonly close: () => void
}
const textOf = (start: NewPolicy | undefined, from: string | undefined) => ({
  ...{ title: start?.title ?? '', documentNo: start?.documentNo ?? '', issuer: start?.issuer ?? '' },
  ...{ benefit: start?.benefit ?? '', wan: typedWan(start?.fen), sourceUrl: start?.sourceUrl ?? '' },
  ...{ payWithin: String(start?.payWithin ?? 20), validTo: start?.validTo ?? '' },
  validFrom: from ?? start?.validFrom ?? dayOf(new Date()),
})

function PolicyForm({ title: head, act, start, words, unit: ownUnit, from, save, close }: FormProps) {
  const [text, setText] = useState(() => textOf(start, from))
  const [mode, setMode] = useState(start?.mode ?? 'auto')
  const [unit, setUnit] = useState<string | undefined>(start?.unitId ?? ownUnit)
  const of = useRule(start?.rule)
  const set = (name: keyof typeof text) => (value: string) => setText((before) => ({ ...before, [name]: value }))
  const { title, documentNo, issuer, benefit, wan, payWithin, validFrom, validTo, sourceUrl } = text
  const fen = wan === '' ? null : parseMoney(wan, '万元')
  const body =
    unit === undefined ||
    of.rule === undefined ||
    fen === undefined ||
    [title, documentNo, issuer, benefit, payWithin, validFrom].some((one) => one.trim() === '')
      ? undefined
      : {
          ...{ title, documentNo, issuer, benefit, mode, validFrom, unitId: unit, rule: of.rule, fen },
          ...{ payWithin: Number(payWithin), validTo: validTo === '' ? null : validTo },
          ...(sourceUrl.trim() !== '' && { sourceUrl }),
        }
  return (
    <PanelForm
      title={head}
      act={act}
      ready={body !== undefined}
      sending={save}
      close={close}
      submit={() => body && save.mutate(body)}
    >
      <PlainField label="政策名称" value={title} set={set('title')} maxLength={100} />
      <PlainField label="文号" value={documentNo} set={set('documentNo')} maxLength={80} />
      <PlainField label="发文单位" value={issuer} set={set('issuer')} maxLength={80} />
      <PlainField label="扶持内容" value={benefit} set={set('benefit')} maxLength={300} />
      <WanField label="每户金额" value={wan} set={set('wan')} optional />
      <SelectField label="享受方式" value={mode} set={setMode} words={POLICY_MODE} />
      <Labelled label="兑现单位">
        {({ id }) => <UnitPicker id={id} chosen={unit ? [unit] : []} choose={([one]) => setUnit(one)} />}
      </Labelled>
      <PlainField
        label="几个工作日内兑现"
        type="number"
        min="1"
        value={payWithin}
        set={set('payWithin')}
        hint="从列入应享名单算起"
      />
      <PlainField label="执行起" type="date" value={validFrom} set={set('validFrom')} />
      <PlainField label="执行止" optional type="date" value={validTo} set={set('validTo')} hint="没有期限的留空" />
      <PlainField label="原文网址" optional type="url" value={sourceUrl} set={set('sourceUrl')} maxLength={300} />
      <RuleFields of={of} {...(words && { words })} />
    </PanelForm>
  )
}
