import { ROSTER_DAY } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { refreshRoster, useOvertime } from './query.ts'

/** Overtime (加班记录): the sums are those of the rows below. */
export function OvertimeTab({ session }: { readonly session: Session }) {
  const [adding, setAdding] = useState(false)
  const { data, error, isPending, refetch } = useOvertime({})
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  const { people, personTimes, hours } = data.counts
  return (
    <>
      <button type="button" className="button button-primary roster-add" onClick={() => setAdding(true)}>
        记加班
      </button>
      {adding && <OvertimeForm session={session} close={() => setAdding(false)} />}
      <FigureList
        label="加班"
        figures={[
          { label: '人数', value: people, unit: '人' },
          { label: '人次', value: personTimes, unit: '人次' },
          { label: '合计', value: hours, unit: '小时' },
        ]}
      />
      <TableSection
        {...{ title: '加班记录', count: data.items.length, empty: '还没有加班记录。' }}
        head={['日期', '人员', '单位', '小时', '为什么', '活动', '登记']}
        counts={['小时']}
      >
        {data.items.map((one) => (
          <tr key={one.id}>
            <td>
              {one.on} {one.kind !== 'work' && <span className="tag">{ROSTER_DAY[one.kind]}</span>}
            </td>
            <td>{one.person.name}</td>
            <td>{one.unit.name}</td>
            <td className="is-count">{one.hours}</td>
            <td className="roster-words">{one.why}</td>
            <td>{one.campaign ?? '—'}</td>
            <td>{one.by}</td>
          </tr>
        ))}
      </TableSection>
    </>
  )
}

function OvertimeForm({ session, close }: { readonly session: Session; readonly close: () => void }) {
  const [person, setPerson] = useState<string | undefined>(session.personId)
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [hours, setHours] = useState('2')
  const [why, setWhy] = useState('')
  const [campaign, setCampaign] = useState('')
  const save = useSubmission((body: Request<'newOvertime'>['body'], key) => api('newOvertime', { body, key }), {
    done: (made) => {
      announce(`已记${made.person.name} ${made.on} 加班 ${made.hours} 小时`)
      refreshRoster()
      close()
    },
  })
  return (
    <PanelForm
      title="记加班"
      ready={person !== undefined && why.trim() !== '' && Number(hours) > 0}
      sending={save}
      close={close}
      submit={() => person !== undefined && save.mutate({ personId: person, on, hours: Number(hours), why, campaign })}
    >
      <Labelled label="人员">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: undefined, chosen: person ? [person] : [] }}
            choose={([one]) => setPerson(one)}
          />
        )}
      </Labelled>
      <PlainField label="日期" type="date" value={on} set={setOn} />
      <PlainField label="小时" type="number" min="0.5" step="0.5" value={hours} set={setHours} hint="按半小时计" />
      <PlainField label="为什么" value={why} set={setWhy} maxLength={200} />
      <PlainField label="活动" optional value={campaign} set={setCampaign} maxLength={40} />
    </PanelForm>
  )
}
