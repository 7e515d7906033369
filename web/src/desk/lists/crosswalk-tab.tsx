import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { TableSection } from '../page/table-section.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { Field } from './add-item.tsx'
import { Choice } from './goals.tsx'
import { mayKeep } from './keeper.ts'
import { type List, refreshProblemLists, useLists } from './query.ts'

type Walk = Answer<'crosswalk'>

/** The crosswalk (对照) of a superior's list with one of our own, seen from either side. */
export function CrosswalkTab({ list, session }: { readonly list: List; readonly session: Session }) {
  const { data } = useLists()
  const [chosen, setChosen] = useState('')
  if (data === undefined) return <Skeleton rows={5} className="skeleton-text" />
  const isSuperior = list.origin === 'superior'
  const others = data.items.filter(({ id, origin }) => id !== list.id && (origin === 'superior') !== isSuperior)
  const other = others.find(({ id }) => id === chosen) ?? others[0]
  if (other === undefined)
    return (
      <EmptyView>
        {isSuperior ? '还没有本级清单可以对照，请先建立。' : '还没有上级清单可以对照，请先建立“上级点题清单”。'}
      </EmptyView>
    )
  const [superior, own] = isSuperior ? [list, other] : [other, list]
  return (
    <>
      <Labelled label={isSuperior ? '与哪份本级清单对照' : '与哪份上级清单对照'}>
        {(field) => <Choice field={field} lists={others} chosen={other.id} choose={setChosen} />}
      </Labelled>
      <Pairs superior={superior.id} own={own.id} keeps={mayKeep(session)} />
    </>
  )
}

function Pairs({ superior, own, keeps }: { readonly superior: string; readonly own: string; readonly keeps: boolean }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['lists', superior, 'crosswalk', own],
    queryFn: ({ signal }) => api('crosswalk', { params: { id: superior }, query: { own: own as never }, signal }),
  })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={5} className="skeleton-text" />
  return (
    <>
      <div className="list-bar">
        <a
          className="button button-small"
          href={`/api/v1/problem-lists/${superior}/crosswalk.xlsx?own=${own}`}
          download
        >
          <Icon name="download" size={14} />
          对照表（上报）
        </a>
        <span className="muted">
          上级 {data.superiorItems.length} 项，未对上 {data.unmatched.superior.length}；本级 {data.ownItems.length}{' '}
          项，未对上 {data.unmatched.own.length}
        </span>
      </div>
      {keeps && <MatchForm walk={data} />}
      <Table walk={data} keeps={keeps} />
      <TableSection
        title="本级清单中上级未列的"
        count={data.unmatched.own.length}
        head={['问题', '责任单位', '进展']}
        empty="本级问题都已对照。"
      >
        {data.ownItems
          .filter(({ id }) => data.unmatched.own.includes(id))
          .map((item) => (
            <tr key={item.id}>
              <td>{item.title}</td>
              <td>{item.leadUnit?.name ?? '—'}</td>
              <td>{item.stageLabel}</td>
            </tr>
          ))}
      </TableSection>
    </>
  )
}

function Table({ walk, keeps }: { readonly walk: Walk; readonly keeps: boolean }) {
  const ours = new Map(walk.ownItems.map((item) => [item.id, item]))
  const rows = walk.superiorItems.flatMap((above) => {
    const pairs = walk.matches.filter(({ superiorId }) => superiorId === above.id)
    if (pairs.length === 0)
      return [
        <tr key={above.id}>
          <td>{above.aspect}</td>
          <td>{above.title}</td>
          <td colSpan={keeps ? 5 : 4}>
            <span className="tag tag-bad">■ 本级无对应问题</span>
          </td>
        </tr>,
      ]
    return pairs.map(({ ownId, note }, i) => {
      const item = ours.get(ownId)
      return (
        <tr key={`${above.id} ${ownId}`}>
          <td>{i === 0 ? above.aspect : ''}</td>
          <td>{i === 0 ? above.title : ''}</td>
          <td>{item?.title}</td>
          <td>{item?.leadUnit?.name ?? '—'}</td>
          <td>
            {item && <LightMark light={item.light} />} {item?.stageLabel}
          </td>
          <td className="is-reason">{note}</td>
          {keeps && (
            <td>
              <Unmatch list={walk.superior.id} pair={{ superiorId: above.id, ownId }} />
            </td>
          )}
        </tr>
      )
    })
  })
  return (
    <TableSection
      title="对照"
      count={walk.matches.length}
      head={['上级方面', '上级问题', '本级问题', '责任单位', '进展', '说明', ...(keeps ? ['取消'] : [])]}
      empty="上级清单还没有问题。"
    >
      {rows}
    </TableSection>
  )
}

type Pair = {
  readonly superiorId: Walk['matches'][number]['superiorId']
  readonly ownId: Walk['matches'][number]['ownId']
}

function Unmatch({ list, pair }: { readonly list: string; readonly pair: Pair }) {
  const send = useSubmission(
    (body: Pair & { readonly reason: string }, key) => api('unmatch', { params: { id: list }, body, key }),
    {
      done: () => {
        announce('已取消对照')
        refreshProblemLists()
      },
      failed: (fault) => announce(fault.message, 'bad'),
    },
  )
  return (
    <button
      type="button"
      className="button button-small button-plain"
      disabled={send.isPending}
      onClick={() => send.mutate({ ...pair, reason: '对照有误，取消' })}
    >
      取消
    </button>
  )
}

function MatchForm({ walk }: { readonly walk: Walk }) {
  const [superiorId, setSuperior] = useState<string>(walk.unmatched.superior[0] ?? walk.superiorItems[0]?.id ?? '')
  const [ownId, setOwn] = useState<string>(walk.unmatched.own[0] ?? walk.ownItems[0]?.id ?? '')
  const [note, setNote] = useState('')
  const send = useSubmission(
    (body: Parameters<typeof api<'match'>>[1]['body'], key) =>
      api('match', { params: { id: walk.superior.id }, body, key }),
    {
      done: () => {
        announce('已对照')
        setNote('')
        refreshProblemLists()
      },
    },
  )
  if (walk.superiorItems.length === 0 || walk.ownItems.length === 0) return null
  const text = note.trim()
  return (
    <details className="panel mapping">
      <summary>对照一项</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({ superiorId: superiorId as never, ownId: ownId as never, ...(text !== '' && { note: text }) })
        }}
      >
        <Labelled label="上级问题">
          {(field) => <Choice field={field} lists={walk.superiorItems} chosen={superiorId} choose={setSuperior} />}
        </Labelled>
        <Labelled label="本级问题">
          {(field) => <Choice field={field} lists={walk.ownItems} chosen={ownId} choose={setOwn} />}
        </Labelled>
        <Field label="说明" optional most={500} value={note} set={setNote} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={send.isPending}>
            对照
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}
