import {
  type MoneyUnit,
  PROJECT_MATURITY,
  PROJECT_TYPE,
  type ProjectMaturity,
  type ProjectType,
  parseMoney,
} from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { typedWan } from '../../shared/wan.ts'
import { announce } from '../announce.tsx'
import { useTargets } from '../duties/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { go } from '../router.ts'
import { type Project, refreshProjects, useGroups } from './query.ts'

const UNITS = { 万元: '万元', 亿元: '亿元' } as const satisfies Partial<Record<MoneyUnit, string>>
const startOf = (before: Project | undefined) => ({
  ...{ name: '', amount: typedWan(before?.amountFen), money: '万元' as keyof typeof UNITS },
  ...{ type: before?.type ?? ('new' as ProjectType), maturity: before?.maturity ?? ('wanted' as ProjectMaturity) },
  ...{ chain: before?.chain ?? '', agent: before?.agent ?? '', single: before?.single ?? true },
  ...{ unitId: before?.unit.id as string | undefined, personId: before?.person?.id as string | undefined },
  enterpriseId: before?.enterprise?.id as string | undefined,
  groupIds: (before?.groups ?? []).map(({ id }) => id as string) as readonly string[],
})
type Draft = ReturnType<typeof startOf>

/** Registers a project, gives one that is bound its sheet, or changes a sheet. */
export function ProjectForm({
  before,
  bound,
  close,
}: {
  readonly before?: Project
  readonly bound?: { readonly id: string; readonly name: string } | undefined
  readonly close: () => void
}) {
  const [draft, setDraft] = useState(() => startOf(before))
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const save = useSubmission(
    (body: Request<'editProject'>['body'], key) =>
      before === undefined
        ? api('newProject', { body: { ...body, ...(bound ? { targetId: bound.id } : { name: draft.name }) }, key })
        : api('editProject', { params: { id: before.id }, body, key }),
    {
      done: ({ id, name }) => {
        announce(`已保存“${name}”`)
        refreshProjects()
        close()
        if (before === undefined) go(`/w/projects/${id}`)
      },
    },
  )
  const amountFen = parseMoney(draft.amount, draft.money)
  const isNamed = before !== undefined || bound !== undefined || draft.name.trim() !== ''
  const { unitId } = draft
  return (
    <PanelForm
      title={before ? '修改项目台账' : bound ? `补台账：${bound.name}` : '登记项目'}
      ready={isNamed && amountFen !== undefined && amountFen > 0 && unitId !== undefined}
      sending={save}
      close={close}
      submit={() => {
        if (unitId === undefined) return
        const { type, maturity, chain, agent, single, personId, enterpriseId, groupIds } = draft
        save.mutate({
          ...{ amountFen, type, maturity, chain, agent, single, unitId, groupIds: [...groupIds] },
          ...(personId && { personId }),
          ...(enterpriseId && { enterpriseId }),
          ...(before?.divisionCode && { divisionCode: before.divisionCode }),
        })
      }}
    >
      {before === undefined && bound === undefined && (
        <PlainField label="项目名称" value={draft.name} set={(name) => change({ name })} maxLength={100} />
      )}
      <PlainField
        {...{ label: '投资额', value: draft.amount, hint: `单位：${draft.money}。没有投资额不能登记` }}
        set={(amount) => change({ amount })}
      />
      <SelectField label="金额单位" value={draft.money} set={(money) => change({ money })} words={UNITS} />
      <SelectField label="类型" value={draft.type} set={(type) => change({ type })} words={PROJECT_TYPE} />
      <SelectField
        {...{ label: '成熟度', value: draft.maturity, words: PROJECT_MATURITY }}
        set={(maturity) => change({ maturity })}
      />
      <Who draft={draft} change={change} />
      <PlainField label="产业链" optional value={draft.chain} set={(chain) => change({ chain })} maxLength={40} />
      <PlainField
        {...{ label: '社会招商机构', optional: true, value: draft.agent, maxLength: 60, hint: '填机构名称，不填个人' }}
        set={(agent) => change({ agent })}
      />
      <label className="check">
        <input type="checkbox" checked={draft.single} onChange={() => change({ single: !draft.single })} />
        <span>单体项目</span>
      </label>
    </PanelForm>
  )
}

function Who({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const enterprises = useTargets({ kind: 'enterprise' })
  const { groups, isPending } = useGroups()
  const of = (id: string | undefined) => (id === undefined ? [] : [id])
  return (
    <>
      <Labelled label="责任单位">
        {({ id }) => <UnitPicker {...{ id, chosen: of(draft.unitId) }} choose={([unitId]) => change({ unitId })} />}
      </Labelled>
      <Labelled label="环节责任人" optional hint="填写后，计划环节记入台账">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: undefined, chosen: of(draft.personId) }}
            choose={([personId]) => change({ personId })}
          />
        )}
      </Labelled>
      <Labelled
        label="领导小组、专班"
        optional
        {...(!isPending && groups.length === 0 && { hint: '本区还没有领导小组或专班' })}
      >
        {({ id }) => (
          <Combobox
            {...{ id, multiple: true, max: 5, loading: isPending, placeholder: '可选多个' }}
            options={groups.map((one) => ({ value: one.id, label: one.name }))}
            chosen={draft.groupIds}
            choose={(groupIds) => change({ groupIds })}
          />
        )}
      </Labelled>
      <Labelled label="业主企业" optional>
        {({ id }) => (
          <Combobox
            {...{ id, loading: enterprises.isPending, placeholder: '输入名称查找' }}
            options={(enterprises.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
            chosen={of(draft.enterpriseId)}
            choose={([enterpriseId]) => change({ enterpriseId })}
          />
        )}
      </Labelled>
    </>
  )
}
