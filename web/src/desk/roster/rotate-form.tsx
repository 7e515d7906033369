import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { api, type Request } from '../../shared/api.ts'
import { usePeople } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Roster, type RosterPost, refreshRoster } from './query.ts'

interface RotateFormProps {
  readonly roster: Roster
  readonly post: RosterPost
  readonly close: () => void
}
/** Fills the empty shifts of a stretch by turns: the month on the screen, the people of the unit, holidays apart. */
export function RotateForm({ roster: { days, today }, post, close }: RotateFormProps) {
  const [first, last] = [days[0]?.day ?? today, days.at(-1)?.day ?? today]
  const begin = [first, today, post.from].sort().at(-1) ?? today
  const [from, setFrom] = useState(begin)
  const [to, setTo] = useState([begin, last].sort().at(-1) ?? last)
  const mates = usePeople(post.unit.id)
  const everybody = usePeople(undefined)
  const own = (mates.data?.items ?? []).map(({ id }) => id)
  const [people, setPeople] = useState<readonly string[]>()
  const [rest, setRest] = useState<readonly string[]>([])
  const [leaders, setLeaders] = useState<readonly string[]>([])
  const options = (everybody.data?.items ?? []).map(({ id, name, unitName, post: title }) => ({
    ...{ value: id, label: name, hint: [unitName, title].filter(Boolean).join(' · ') },
  }))
  const chosen = people ?? [...new Set<string>(own)]
  const save = useSubmission(
    (body: Request<'rotateRoster'>['body'], key) => api('rotateRoster', { params: { id: post.id }, body, key }),
    {
      done: ({ made, gaps, passedOver }) => {
        announce(
          [
            `已排 ${made} 个班`,
            passedOver.length > 0 && `因请假等跳过 ${passedOver.length} 人次`,
            gaps.length > 0 && `还有 ${gaps.length} 个空班`,
          ]
            .filter(Boolean)
            .join('，'),
        )
        refreshRoster()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`轮流排班：${post.name}`}
      act="排班"
      ready={chosen.length > 0 && from !== '' && to !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ from, to, people: [...chosen], restPeople: [...rest], leaders: [...leaders] })}
    >
      <PlainField label="从" type="date" value={from} set={setFrom} hint="已排的班不动" />
      <PlainField label="到" type="date" value={to} set={setTo} />
      <Labelled label="轮到的人，按先后">
        {({ id }) => <Combobox {...{ id, multiple: true, options, chosen, choose: setPeople }} />}
      </Labelled>
      <Labelled label="双休日、节假日另排" optional hint="不填就由同一批人单独轮，节假日不会总轮到一个人">
        {({ id }) => <Combobox {...{ id, multiple: true, options, chosen: rest, choose: setRest }} />}
      </Labelled>
      <Labelled label="带班领导" optional>
        {({ id }) => <Combobox {...{ id, multiple: true, options, chosen: leaders, choose: setLeaders }} />}
      </Labelled>
    </PanelForm>
  )
}
