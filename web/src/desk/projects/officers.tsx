import { PROJECT_OFFICER, type ProjectOfficer } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useProjectAct } from './act.ts'
import type { Project } from './query.ts'

/** Chief and first secretary of a project (项目负责人); whoever keeps the register appoints and relieves them. */
export function Officers({ project }: { readonly project: Project }) {
  const [shows, setShows] = useState<ProjectOfficer | { liaison: string; name: string } | null>(null)
  const close = () => setShows(null)
  return (
    <>
      <TableSection
        {...{ title: '项目负责人', empty: '还没有配备首席负责人和首办秘书。' }}
        head={['职责', '姓名', '职级', '自', '办理']}
      >
        {project.officers.map(({ liaisonId, role, person, rank, fits, from }) => (
          <tr key={liaisonId}>
            <td>{PROJECT_OFFICER[role]}</td>
            <td>{person.name}</td>
            <td>
              {rank ?? '—'} {fits === false && <span className="tag tag-bad">■ 职级不符</span>}
            </td>
            <td>{from}</td>
            <td>
              {project.may.keep ? (
                <button
                  type="button"
                  className="button button-small"
                  onClick={() => setShows({ liaison: liaisonId, name: person.name })}
                >
                  结束{person.name}的任务
                </button>
              ) : (
                '—'
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      {project.may.keep && (
        <p className="chips no-print">
          {(['chief', 'secretary'] as const).map((role) => (
            <button key={role} type="button" className="button button-small" onClick={() => setShows(role)}>
              配备{PROJECT_OFFICER[role]}
            </button>
          ))}
        </p>
      )}
      {typeof shows === 'string' && <AppointForm id={project.id} first={shows} close={close} />}
      {shows !== null && typeof shows !== 'string' && <EndForm id={project.id} {...shows} close={close} />}
    </>
  )
}

function AppointForm({
  id,
  first,
  close,
}: {
  readonly id: string
  readonly first: ProjectOfficer
  readonly close: () => void
}) {
  const [role, setRole] = useState(first)
  const [personId, setPerson] = useState<string>()
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = useProjectAct(
    (body: Request<'appointOfficer'>['body'], key) => api('appointOfficer', { params: { id }, body, key }),
    '已配备',
    close,
  )
  return (
    <PanelForm
      title="配备项目负责人"
      ready={personId !== undefined && from !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => personId !== undefined && save.mutate({ role, personId, from, reason })}
    >
      <SelectField label="职责" value={role} set={setRole} words={PROJECT_OFFICER} />
      <Labelled label="人员">
        {(field) => (
          <PersonPicker
            {...{ id: field.id, unit: undefined, chosen: personId === undefined ? [] : [personId] }}
            choose={([one]) => setPerson(one)}
          />
        )}
      </Labelled>
      <PlainField label="自" type="date" value={from} set={setFrom} />
      <PlainField label="依据" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}

function EndForm({
  id,
  liaison,
  name,
  close,
}: {
  readonly id: string
  readonly liaison: string
  readonly name: string
  readonly close: () => void
}) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = useProjectAct(
    (body: Request<'endOfficer'>['body'], key) => api('endOfficer', { params: { id, liaison }, body, key }),
    `${name}的任务至 ${on}`,
    close,
  )
  return (
    <PanelForm
      title={`结束${name}的任务`}
      ready={on !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ on, reason })}
    >
      <PlainField label="最后一天" type="date" value={on} set={setOn} />
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
