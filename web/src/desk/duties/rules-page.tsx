import { CADENCE_PER, DEBTOR_KIND, DUTY_SHARING, LIAISON_TARGET_KIND, VISIT_KIND } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { usePeople, useUnits } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { ExemptionForm } from './exemption-form.tsx'
import { type Rule, refreshDuties, useExemptions, useRules } from './query.ts'
import { RuleForm } from './rule-form.tsx'
import '../page/page.css'
import './duties.css'

const KEEPERS = ['supervisor', 'admin'] as const
type Form = { readonly do: 'new' | 'exempt' } | { readonly do: 'version' | 'end'; readonly rule: Rule }

/** Rules of recurring duties with their versions (责任规则), and beside them who or what is exempt (请假与暂停). */
export function DutyRulesPage({ session }: { readonly session: Session }) {
  const rules = useRules()
  const exemptions = useExemptions()
  const [form, setForm] = useState<Form>()
  useTitle('责任规则')
  const mayKeep = KEEPERS.some((role) => session.roles.includes(role))
  const close = () => setForm(undefined)
  const error = rules.error ?? exemptions.error
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>责任规则</h1>
        <div className="page-acts">
          <Link to="/w/duties?of=all" className="button button-small">
            周期责任
          </Link>
          {mayKeep && (
            <>
              <button type="button" className="button button-small" onClick={() => setForm({ do: 'exempt' })}>
                登记请假或暂停
              </button>
              <button
                type="button"
                className="button button-small button-primary"
                onClick={() => setForm({ do: 'new' })}
              >
                立规则
              </button>
            </>
          )}
        </div>
      </header>
      <p className="page-lead">改规则就是发布新版本：以前的周期仍按当时的版本判断。</p>
      {form?.do === 'new' && <RuleForm before={undefined} close={close} />}
      {form?.do === 'version' && <RuleForm key={form.rule.id} before={form.rule} close={close} />}
      {form?.do === 'end' && <EndRuleForm key={form.rule.id} rule={form.rule} close={close} />}
      {form?.do === 'exempt' && <ExemptionForm close={close} />}
      {error && (
        <ErrorView
          error={error}
          retry={() => {
            void rules.refetch()
            void exemptions.refetch()
          }}
        />
      )}
      {(rules.isPending || exemptions.isPending) && <Skeleton rows={6} />}
      {rules.data && <Rules rules={rules.data.items} open={mayKeep ? setForm : undefined} />}
      {exemptions.data && (
        <TableSection
          {...{ title: '请假与暂停', count: exemptions.data.items.length }}
          empty="没有登记。人员请假、对象停产停工时登记，那些天不欠走访。"
          head={['人员或对象', '起止', '原因', '登记人']}
        >
          {exemptions.data.items.map((one) => (
            <tr key={one.id}>
              <td>
                {one.person?.name}
                {one.target && <Link to={`/w/liaison/${one.target.id}`}>{one.target.name}</Link>}
              </td>
              <td>
                {one.from} 至 {one.to}
              </td>
              <td>{one.reason}</td>
              <td>{one.by}</td>
            </tr>
          ))}
        </TableSection>
      )}
    </div>
  )
}

interface RulesProps {
  readonly rules: readonly Rule[]
  readonly open: ((form: Form) => void) | undefined
}
/** The newest version of each rule can be followed by another or be ended. */
function Rules({ rules, open }: RulesProps) {
  const whoOwes = useDebtorWord()
  const newest = new Set(
    [...Map.groupBy(rules, ({ code }) => code).values()].map((versions) => versions[0]?.id).filter(Boolean),
  )
  return (
    <TableSection
      {...{ title: '规则', count: rules.length }}
      empty="还没有规则。立一条，例如“包保项目每周至少到现场一次”。"
      head={['规则', '版', '由谁', '应做', '有效', '依据', ...(open ? ['操作'] : [])]}
    >
      {rules.map((rule) => (
        <tr key={rule.id}>
          <td>{rule.title}</td>
          <td>第 {rule.version} 版</td>
          <td>
            {whoOwes(rule)}
            <span className="muted">（{DUTY_SHARING[rule.sharing]}）</span>
          </td>
          <td>
            对{rule.target?.name ?? (rule.towardKind ? LIAISON_TARGET_KIND[rule.towardKind] : '')}{' '}
            {CADENCE_PER[rule.per]} {rule.min} 次，{rule.counts.map((kind) => VISIT_KIND[kind]).join('、')}
          </td>
          <td>
            {rule.validFrom} 至 {rule.validTo ?? '今'}
          </td>
          <td>{rule.basis}</td>
          {open && (
            <td>
              {newest.has(rule.id) && rule.validTo === null ? (
                <span className="row-acts">
                  <button type="button" className="button button-small" onClick={() => open({ do: 'version', rule })}>
                    发新版
                  </button>
                  <button type="button" className="button button-small" onClick={() => open({ do: 'end', rule })}>
                    停止
                  </button>
                </span>
              ) : (
                '—'
              )}
            </td>
          )}
        </tr>
      ))}
    </TableSection>
  )
}

function useDebtorWord() {
  const people = usePeople(undefined).data?.items
  const units = useUnits().data?.items
  return ({ debtor }: Rule): string => {
    if (debtor.kind === 'liaison' || debtor.kind === 'officer') return DEBTOR_KIND[debtor.kind]
    if (debtor.kind === 'person') return people?.find(({ id }) => id === debtor.personId)?.name ?? DEBTOR_KIND.person
    const unit = units?.find(({ id }) => id === debtor.unitId)?.name ?? DEBTOR_KIND.unit
    return debtor.kind === 'post' ? `${unit}${debtor.title}` : unit
  }
}

function EndRuleForm({ rule, close }: { readonly rule: Rule; readonly close: () => void }) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: { on: string; reason: string }, key) => api('endCadenceRule', { params: { id: rule.id }, body, key }),
    {
      done: () => {
        announce(`“${rule.title}”到 ${on} 为止`)
        refreshDuties()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`停止：${rule.title}`}
      ready={on !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      act="停止"
      submit={() => save.mutate({ on, reason })}
    >
      <PlainField label="最后一天" type="date" value={on} set={setOn} hint="已经欠下的周期不因停止而消失" />
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
