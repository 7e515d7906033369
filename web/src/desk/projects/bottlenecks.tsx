import { BOTTLENECK, type Bottleneck } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useProjectAct } from './act.ts'
import type { Project } from './query.ts'

/** What holds the project up (瓶颈问题); each is a case with its own page, where it is dispatched and taken upward. */
export function Bottlenecks({ project }: { readonly project: Project }) {
  const [adds, setAdds] = useState(false)
  return (
    <>
      <TableSection
        {...{ title: '瓶颈问题', count: project.bottlenecks.length, empty: '还没有提出瓶颈问题。' }}
        head={['种类', '事项', '状态', '牵头单位', '提出']}
      >
        {project.bottlenecks.map((row) => (
          <tr key={row.number}>
            <td>{BOTTLENECK[row.kind]}</td>
            <td>
              {row.mayOpen ? <Link to={`/w/c/${row.number}`}>{row.title}</Link> : `${row.title}（${row.number}）`}
            </td>
            <td>
              <span>
                <LightMark light={row.light} /> {row.stageLabel}
              </span>
            </td>
            <td>{row.leadUnit?.name ?? '待分办'}</td>
            <td>{dayOf(row.at)}</td>
          </tr>
        ))}
      </TableSection>
      {project.may.edit && (
        <p className="chips no-print">
          <button type="button" className="button button-small" onClick={() => setAdds(true)}>
            提出瓶颈问题
          </button>
        </p>
      )}
      {adds && <BottleneckForm id={project.id} close={() => setAdds(false)} />}
    </>
  )
}

function BottleneckForm({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [kind, setKind] = useState<Bottleneck>('permit')
  const [content, setContent] = useState('')
  const save = useProjectAct(
    (body: Request<'newBottleneck'>['body'], key) => api('newBottleneck', { params: { id }, body, key }),
    '已立件',
    close,
  )
  return (
    <PanelForm
      title="提出瓶颈问题"
      ready={content.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ kind, content })}
      act="立件"
    >
      <SelectField label="种类" value={kind} set={setKind} words={BOTTLENECK} />
      <Labelled label="卡在哪里">
        {(field) => (
          <textarea
            {...field}
            className="input"
            rows={4}
            maxLength={2000}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        )}
      </Labelled>
    </PanelForm>
  )
}
