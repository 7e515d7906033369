import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { columnText, instantOfLocal, localOfInstant } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { refreshRoster, useLogs, useOnDuty } from './query.ts'

/** Calls to the posts (值班电话记录): when, what, what was done, and the case it became. */
export function CallsTab() {
  const place = usePlace()
  const [adding, setAdding] = useState(false)
  const outside = place.query.get('outside') === 'yes' ? ('yes' as const) : undefined
  const { data, error, isPending, refetch } = useLogs({ outside })
  const all = useLogs({}).data?.counts
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  return (
    <>
      <button type="button" className="button button-primary roster-add" onClick={() => setAdding(true)}>
        记一个电话
      </button>
      {adding && <CallForm close={() => setAdding(false)} />}
      {all && (
        <FigureList
          label="值班电话"
          figures={[
            { label: '来电', value: all.calls, unit: '次', to: withQuery(place, { outside: null }) },
            { label: '下班后', value: all.outsideHours, unit: '次', to: withQuery(place, { outside: 'yes' }) },
            { label: '立件', value: all.opened, unit: '件' },
          ]}
        />
      )}
      <TableSection
        {...{ title: outside ? '下班后的来电' : '来电', count: data.items.length, empty: '还没有记录。' }}
        head={['时间', '岗位', '值班人', '什么事', '怎么处理', '立件']}
      >
        {data.items.map((one) => (
          <tr key={one.id}>
            <td>
              {columnText(one.at)}
              {one.outsideHours && <span className="tag">下班后</span>}
            </td>
            <td>{one.post.name}</td>
            <td>{one.onDuty?.name ?? '—'}</td>
            <td className="roster-words">{one.what}</td>
            <td className="roster-words">{one.done}</td>
            <td>
              {one.case === null
                ? '—'
                : (one.case.mayOpen && (
                    <Link to={`/w/c/${one.case.number}`} className="number">
                      {groupNumber(one.case.number)}
                    </Link>
                  )) ||
                  groupNumber(one.case.number)}
            </td>
          </tr>
        ))}
      </TableSection>
    </>
  )
}

function CallForm({ close }: { readonly close: () => void }) {
  const posts = useOnDuty().data?.items.map(({ post }) => post) ?? []
  const [post, setPost] = useState('')
  const [at, setAt] = useState(() => localOfInstant(new Date().toISOString()))
  const [what, setWhat] = useState('')
  const [done, setDone] = useState('')
  const [opens, setOpens] = useState(false)
  const [caller, setCaller] = useState({ name: '', phone: '' })
  const postId = post || (posts[0]?.id ?? '')
  const save = useSubmission((body: Request<'newOnCallLog'>['body'], key) => api('newOnCallLog', { body, key }), {
    done: ({ case: kase }) => {
      announce(kase === null ? '已记下' : `已记下并立件 ${kase.number}`)
      refreshRoster()
      close()
    },
  })
  return (
    <PanelForm
      title="记一个电话"
      ready={postId !== '' && what.trim() !== '' && done.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ postId, at: instantOfLocal(at), what, done, opens, ...(opens && { caller }) })}
    >
      <SelectField
        label="打到哪个岗"
        value={postId}
        set={setPost}
        words={Object.fromEntries(posts.map(({ id, name }) => [id, name]))}
      />
      <PlainField label="来电时间" type="datetime-local" value={at} set={setAt} />
      <LinesField label="什么事" value={what} set={setWhat} rows={2} />
      <LinesField label="怎么处理的" value={done} set={setDone} rows={2} />
      <label className="check">
        <input type="checkbox" checked={opens} onChange={(event) => setOpens(event.target.checked)} />
        <span>需要继续办，同时立件</span>
      </label>
      {opens && (
        <>
          <PlainField
            label="来电人姓名"
            optional
            value={caller.name}
            set={(name) => setCaller({ ...caller, name })}
            maxLength={50}
          />
          <PlainField
            label="来电人电话"
            optional
            type="tel"
            value={caller.phone}
            set={(phone) => setCaller({ ...caller, phone })}
            maxLength={20}
            hint="只存在所立的事项里"
          />
        </>
      )}
    </PanelForm>
  )
}
