import { useMutation, useQuery } from '@tanstack/react-query'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { CaseName } from '../page/case-name.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'

type List = Answer<'handovers'>['items'][number]

/** Handover lists (移交清单): unsigned ones first; the receiving unit's head signs that all has arrived. */
export function Lists({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['handovers'],
    queryFn: ({ signal }) => api('handovers', { signal }),
  })
  const waiting = data?.items.filter(({ signedAt }) => signedAt === null) ?? []
  const signed = data?.items.filter(({ signedAt }) => signedAt !== null) ?? []
  return (
    <section className="panel" aria-label="移交清单">
      <h2>待签收的移交清单</h2>
      <p className="hint">机构改革时由原单位移交的在办事项，接收单位负责人核对后签收。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={3} className="skeleton-text" />}
      {data && waiting.length === 0 && <EmptyView>没有待签收的清单。</EmptyView>}
      {waiting.map((list) => (
        <OneList key={list.id} list={list} session={session} />
      ))}
      {signed.length > 0 && (
        <details className="mapping">
          <summary>已签收 {signed.length} 份</summary>
          {signed.map((list) => (
            <OneList key={list.id} list={list} session={session} />
          ))}
        </details>
      )}
    </section>
  )
}

function OneList({ list, session }: { readonly list: List; readonly session: Session }) {
  const sign = useMutation<List, ApiFault>({
    mutationFn: () => api('signHandover', { params: { id: list.id } }),
    onSuccess: () => {
      announce(`${list.from.name}移交的清单已签收`)
      void queryClient.invalidateQueries({ queryKey: ['handovers'] })
    },
    onError: (fault) => announce(fault.message, 'bad'),
  })
  const may = list.signedAt === null && session.roles.includes('head') && session.unitId === list.to.id
  return (
    <article className="panel" aria-label={`${list.from.name}移交${list.to.name}`}>
      <h3>
        {list.from.name} → {list.to.name}，{list.count} 件
      </h3>
      <p className="hint">
        {list.on}，{list.basis}
        {list.signedAt !== null && `；${list.signedBy}于 ${columnText(list.signedAt)} 签收`}
      </p>
      <ul>
        {list.cases.map(({ id, number, title }) => (
          <li key={id}>
            <CaseName number={number} title={title} />
          </li>
        ))}
      </ul>
      {may && (
        <div className="panel-acts">
          <button
            type="button"
            className="button button-primary"
            disabled={sign.isPending}
            onClick={() => sign.mutate()}
          >
            签收
          </button>
        </div>
      )}
    </article>
  )
}
