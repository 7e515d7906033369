import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { TargetPicker } from '../duties/target-picker.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshFinance, useProducts, type Whitelist } from './query.ts'

/** A whitelist (设白名单): the product, what it asks for, and until when it holds. */
export function WhitelistForm({ close }: { readonly close: () => void }) {
  const products = useProducts().data?.items ?? []
  const [picked, setPicked] = useState('')
  const product = picked || (products[0]?.code ?? '')
  const [title, setTitle] = useState('')
  const [criteria, setCriteria] = useState('')
  const [conditions, setConditions] = useState('')
  const [validTo, setValidTo] = useState('')
  const save = useSubmission((body: Request<'newWhitelist'>['body'], key) => api('newWhitelist', { body, key }), {
    done: (made) => {
      announce(`已设白名单 ${made.title}`)
      refreshFinance()
      close()
    },
  })
  return (
    <PanelForm
      title="设白名单"
      ready={product !== '' && title.trim() !== '' && criteria.trim() !== '' && validTo !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ product, title, criteria, conditions: partsOf(conditions), validTo })}
    >
      <SelectField
        label="产品"
        value={product}
        set={setPicked}
        words={Object.fromEntries(products.map(({ code, label }) => [code, label]))}
        {...(products.length === 0 && { hint: '还没有融资产品，请先在“融资进度”点“增加产品”' })}
      />
      <PlainField label="名称" value={title} set={setTitle} maxLength={60} />
      <PlainField label="准入标准" value={criteria} set={setCriteria} maxLength={500} />
      <PlainField label="逐条条件" optional value={conditions} set={setConditions} hint="用“；”隔开" />
      <PlainField label="有效期至" type="date" value={validTo} set={setValidTo} />
    </PanelForm>
  )
}
const partsOf = (words: string) =>
  words
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** An enterprise that waits for screening (加入待筛企业). */
export function CandidateForm({ list, close }: { readonly list: Whitelist; readonly close: () => void }) {
  const [firm, setFirm] = useState<string>()
  const save = useSubmission(
    (body: Request<'addCandidates'>['body'], key) => api('addCandidates', { params: { id: list.id }, body, key }),
    {
      done: () => {
        announce(`已加入 ${list.title}`)
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`加入待筛企业：${list.title}`}
      ready={firm !== undefined}
      sending={save}
      close={close}
      submit={() => firm !== undefined && save.mutate({ enterpriseIds: [firm] })}
    >
      <TargetPicker label="企业" kind="enterprise" chosen={firm} choose={setFirm} />
    </PanelForm>
  )
}

const RESULT = { passed: '通过', refused: '未通过' } as const
/** The screening of one candidate (筛选), with the reason. */
export function ScreenForm(props: {
  readonly list: Whitelist
  readonly enterprise: { readonly id: string; readonly name: string }
  readonly close: () => void
}) {
  const { list, enterprise, close } = props
  const [state, setState] = useState<keyof typeof RESULT>('passed')
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: Request<'screenCandidate'>['body'], key) => api('screenCandidate', { params: { id: list.id }, body, key }),
    {
      done: () => {
        announce(`${enterprise.name} ${RESULT[state]}`)
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`筛选 ${enterprise.name}`}
      ready={reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ enterpriseId: enterprise.id, state, reason })}
    >
      <SelectField label="结果" value={state} set={setState} words={RESULT} />
      <PlainField label="理由" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
