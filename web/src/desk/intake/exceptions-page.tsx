import { SERVICE_OBSTACLE } from '@banjie/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api, queryText, type Request } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { dayOf } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../page/page.css'
import './intake.css'

const KEEPERS = ['clerk', 'dispatcher', 'window', 'handler', 'head'] as const
type Obstacle = keyof typeof SERVICE_OBSTACLE
type Log = Answer<'serviceExceptions'>

/** Service exceptions (服务特例): whom the normal way did not serve, and how it was done all the same. */
export function ExceptionsPage({ session }: { readonly session: Session }) {
  const today = dayOf(new Date())
  const [wanted, setWanted] = useState<{ from: string; to: string; kind?: Obstacle }>({
    ...{ from: `${today.slice(0, 4)}-01-01`, to: today },
  })
  const [writing, setWriting] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['serviceExceptions', wanted],
    queryFn: ({ signal }) => api('serviceExceptions', { query: wanted, signal }),
    placeholderData: keepPreviousData,
  })
  useTitle('服务特例')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>服务特例</h1>
        <div className="page-acts">
          <a className="button button-small" href={`/api/v1/service-exceptions.xlsx?${queryText(wanted)}`} download>
            <Icon name="download" size={14} />
            导出
          </a>
          {keeps && (
            <button type="button" className="button button-small button-primary" onClick={() => setWriting(true)}>
              登记特例
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">
        按正常办法办不成的（如老人指纹磨损），记下为什么、改用什么办法、办成没有。不写姓名和电话。
      </p>
      {writing && <ExceptionForm close={() => setWriting(false)} />}
      <div className="panel-grid">
        <PlainField
          {...{ label: '从', type: 'date', value: wanted.from }}
          set={(from) => setWanted({ ...wanted, from })}
        />
        <PlainField {...{ label: '到', type: 'date', value: wanted.to }} set={(to) => setWanted({ ...wanted, to })} />
        <SelectField
          label="情形"
          value={wanted.kind ?? ''}
          set={(kind) => setWanted({ from: wanted.from, to: wanted.to, ...(kind !== '' && { kind }) })}
          words={{ '': '全部', ...SERVICE_OBSTACLE }}
        />
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-table" />}
      {data && <Listed log={data} />}
    </div>
  )
}

function Listed({ log: { items, total, counts } }: { readonly log: Log }) {
  return (
    <>
      {counts.length > 0 && (
        <FigureList
          label="各种情形"
          figures={counts.map(({ label, count, done }) => ({
            label: done < count ? `${label}（${count - done} 件未办成）` : label,
            ...{ value: count, unit: '件' },
          }))}
        />
      )}
      <TableSection
        title="特例台账"
        count={total}
        {...(items.length < total && { note: `显示最近 ${items.length} 条，导出含全部。` })}
        head={['日期', '情形', '本应怎样办', '为何办不成', '改用什么办法', '办成', '登记']}
        empty="这段时间没有登记特例。"
      >
        {items.map((one) => (
          <tr key={one.id}>
            <td className="number">{one.on}</td>
            <td>{one.kindLabel}</td>
            <td>{one.what}</td>
            <td>{one.why}</td>
            <td>{one.instead}</td>
            <td>{one.done ? '办成' : <b>没办成</b>}</td>
            <td>
              {[one.by, one.unit, one.place].filter(Boolean).join(' · ')}
              {one.caseNumber && (
                <>
                  <br />
                  <Link to={`/w/c/${one.caseNumber}`} className="number">
                    {one.caseNumber}
                  </Link>
                </>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
    </>
  )
}

const BLANK = {
  ...{ kind: 'fingerprint' as Obstacle, what: '', why: '', instead: '', done: 'yes' as 'yes' | 'no' },
  ...{ on: '', place: '', caseNumber: '' },
}
function ExceptionForm({ close }: { readonly close: () => void }) {
  const [draft, setDraft] = useState({ ...BLANK, on: dayOf(new Date()) })
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission((body: Request<'logException'>['body'], key) => api('logException', { body, key }), {
    done: () => {
      announce('已登记')
      void queryClient.invalidateQueries({ queryKey: ['serviceExceptions'] })
      close()
    },
  })
  const ready = draft.what.trim() !== '' && draft.instead.trim() !== '' && draft.on !== ''
  return (
    <PanelForm
      title="登记特例"
      ready={ready}
      sending={save}
      close={close}
      submit={() => {
        save.mutate({ ...draft, done: draft.done === 'yes' })
      }}
    >
      <SelectField label="什么情形" value={draft.kind} set={set('kind')} words={SERVICE_OBSTACLE} />
      <PlainField label="哪天" type="date" value={draft.on} set={set('on')} />
      <PlainField
        {...{ label: '本应怎样办', value: draft.what, set: set('what'), maxLength: 200 }}
        placeholder="如：待遇资格认证须按指纹"
      />
      <PlainField
        {...{ label: '为何办不成', optional: true, value: draft.why, set: set('why'), maxLength: 500 }}
        placeholder="如：老人指纹磨损，多次录不上"
      />
      <PlainField
        {...{ label: '改用什么办法', value: draft.instead, set: set('instead'), maxLength: 500 }}
        placeholder="如：窗口人员当面核对、拍照留存"
      />
      <SelectField label="办成了吗" value={draft.done} set={set('done')} words={{ yes: '办成了', no: '没办成' }} />
      <PlainField label="地点" optional value={draft.place} set={set('place')} maxLength={100} />
      <PlainField label="关联事项编号" optional value={draft.caseNumber} set={set('caseNumber')} maxLength={40} />
    </PanelForm>
  )
}
