import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { TickList } from '../page/tick-list.tsx'
import { refreshDuties, useCampaignTags, type Visits } from './query.ts'

/** Adds the campaigns that were forgotten when a visit was recorded (补记活动): those that ran on its day. */
export function TagForm({ visit, close }: { readonly visit: Visits['items'][number]; readonly close: () => void }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { data } = useCampaignTags(visit.on, visit.target.id)
  const options = (data?.items ?? [])
    .filter(({ tag }) => !visit.tags.includes(tag))
    .map(({ tag, title }) => [tag, title] as const)
  const save = useSubmission(
    (body: { tags: string[] }, key) => api('tagVisit', { params: { id: visit.id }, body, key }),
    {
      done: () => {
        announce('已补记，走访和反映的问题都记入活动')
        refreshDuties()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{
        title: `补记活动：${visit.target.name} ${visit.on}`,
        act: '补记',
        ready: chosen.length > 0,
        sending: save,
        close,
      }}
      submit={() => save.mutate({ tags: [...chosen] })}
    >
      {data !== undefined && options.length === 0 ? (
        <p className="muted">{visit.on} 没有其他进行中的活动可以记入。</p>
      ) : (
        <TickList {...{ label: '当日进行的活动', options, chosen, choose: setChosen }} />
      )}
    </PanelForm>
  )
}
