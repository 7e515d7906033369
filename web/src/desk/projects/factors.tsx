import { PROJECT_FACTOR, type ProjectFactor } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useProjectAct } from './act.ts'
import type { Project } from './query.ts'

/** What the project needs (要素保障), and whether it has it. */
export function Factors({ project }: { readonly project: Project }) {
  const [adds, setAdds] = useState(false)
  return (
    <>
      <TableSection
        {...{ title: '要素保障', empty: '还没有登记需要的要素。' }}
        head={['要素', '需要', '期限', '已保障']}
      >
        {project.factors.map((row) => (
          <tr key={row.factor}>
            <td>{PROJECT_FACTOR[row.factor]}</td>
            <td>{row.needed}</td>
            <td>{row.dueOn ?? '—'}</td>
            <td>{row.securedOn ?? <span className="tag tag-bad">■ 未落实</span>}</td>
          </tr>
        ))}
      </TableSection>
      {project.may.edit && (
        <p className="chips no-print">
          <button type="button" className="button button-small" onClick={() => setAdds(true)}>
            登记要素
          </button>
        </p>
      )}
      {adds && <FactorForm project={project} close={() => setAdds(false)} />}
    </>
  )
}

function FactorForm({ project, close }: { readonly project: Project; readonly close: () => void }) {
  const [factor, setFactor] = useState<ProjectFactor>('land')
  const startOf = (wanted: ProjectFactor) => {
    const row = project.factors.find((one) => one.factor === wanted)
    return { needed: row?.needed ?? '', dueOn: row?.dueOn ?? '', securedOn: row?.securedOn ?? '' }
  }
  const [draft, setDraft] = useState(() => startOf('land'))
  const save = useProjectAct(
    (body: Request<'setFactor'>['body'], key) => api('setFactor', { params: { id: project.id }, body, key }),
    '要素已登记',
    close,
  )
  const { needed, dueOn, securedOn } = draft
  return (
    <PanelForm
      title="登记要素"
      ready={needed.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ factor, needed, ...(dueOn && { dueOn }), ...(securedOn && { securedOn }) })}
    >
      <SelectField
        {...{ label: '要素', value: factor, words: PROJECT_FACTOR }}
        set={(one) => {
          setFactor(one)
          setDraft(startOf(one))
        }}
      />
      <PlainField
        {...{ label: '需要什么', value: needed, maxLength: 200 }}
        set={(value) => setDraft({ ...draft, needed: value })}
      />
      <PlainField
        {...{ label: '期限', type: 'date', optional: true, value: dueOn }}
        set={(value) => setDraft({ ...draft, dueOn: value })}
      />
      <PlainField
        {...{ label: '已保障日期', type: 'date', optional: true, value: securedOn }}
        set={(value) => setDraft({ ...draft, securedOn: value })}
      />
    </PanelForm>
  )
}
