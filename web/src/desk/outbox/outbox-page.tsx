import { OUTBOX_KIND, OUTBOX_STATE, type OutboxState } from '@banjie/contract'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { queryClient } from '../../shared/query.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { LoadMore } from '../queue/load-more.tsx'
import { usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../page/page.css'

type Page = Answer<'outbox'>
type Entry = Page['items'][number]
const STATES = ['dead', 'unset', 'waiting', 'done'] as const satisfies readonly OutboxState[]
const isState = (value: string | null): value is OutboxState => STATES.some((state) => state === value)

/** Outbox (待发箱): what is to leave the house, what could not, and why. */
export function OutboxPage() {
  const { query } = usePlace()
  const chosen = query.get('state')
  const state = isState(chosen) ? chosen : undefined
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['outbox', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api('outbox', { query: { ...(state && { state }), ...(pageParam !== '' && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.nextCursor,
    refetchInterval: 30_000,
  })
  useTitle('待发箱')
  const [first] = data?.pages ?? []
  return (
    <div className="page">
      <header className="page-head">
        <h1>待发箱</h1>
      </header>
      <p className="page-lead">发给诉求人和关注人的邮件、短信和接口推送。联系方式不在这里，发送时才取用。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-text" />}
      {first && (
        <>
          <Outlets page={first} />
          <States page={first} chosen={state} />
          <Entries entries={data?.pages.flatMap(({ items }) => items) ?? []} state={state} />
          <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
        </>
      )}
    </div>
  )
}

/** Which ways out are set up; what is not is set by whoever runs the server. */
function Outlets({ page: { senders, mailbox } }: { readonly page: Page }) {
  return (
    <TableSection
      title="发送方式"
      head={['方式', '状态', '待发']}
      empty="没有发送方式。"
      note={`${mailbox === null ? '收信未开启' : `收信地址 ${mailbox}`}。发送和收信由运维人员设置，见安装说明“邮件与短信”。`}
    >
      {senders.map(({ kind, configured, waiting }) => (
        <tr key={kind}>
          <td>{OUTBOX_KIND[kind]}</td>
          <td>
            {configured ? <span className="tag tag-good">已配置</span> : <span className="tag tag-warn">未配置</span>}
          </td>
          <td>{waiting === 0 ? '—' : `${waiting} 条${configured ? '' : '，配置后自动发出'}`}</td>
        </tr>
      ))}
    </TableSection>
  )
}

function States({ page, chosen }: { readonly page: Page; readonly chosen: OutboxState | undefined }) {
  return (
    <nav className="party-reasons" aria-label="按状态查看">
      <Link to="/w/admin/outbox" className="chip" aria-current={chosen === undefined ? 'true' : undefined}>
        全部
      </Link>
      {STATES.map((state) => (
        <Link
          key={state}
          to={`/w/admin/outbox?state=${state}`}
          className="chip"
          aria-current={chosen === state ? 'true' : undefined}
        >
          {OUTBOX_STATE[state]} {page.counts[state] ?? 0}
        </Link>
      ))}
    </nav>
  )
}

const TONE = { dead: 'tag-bad', unset: 'tag-warn', waiting: '', done: 'tag-good' } as const

function Entries({ entries, state }: { readonly entries: readonly Entry[]; readonly state: OutboxState | undefined }) {
  return (
    <TableSection
      title={state === undefined ? '消息' : OUTBOX_STATE[state]}
      head={['事项', '内容', '方式', '状态', '时间', '次数', '原因']}
      empty={state === undefined ? '还没有要发的消息。' : `没有“${OUTBOX_STATE[state]}”的消息。`}
    >
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td>{entry.number === null ? '—' : <Link to={`/w/c/${entry.number}`}>{groupNumber(entry.number)}</Link>}</td>
          <td>{entry.what}</td>
          <td>{OUTBOX_KIND[entry.kind]}</td>
          <td>
            <span className={`tag ${TONE[entry.state]}`}>{OUTBOX_STATE[entry.state]}</span>
          </td>
          <td>{columnText(entry.doneAt ?? entry.createdAt)}</td>
          <td>{entry.attempts}</td>
          <td className="is-reason">
            {entry.lastError ?? ''}
            {entry.state === 'waiting' && entry.attempts > 0 && `，${columnText(entry.runAt)} 再试`}
            {entry.state === 'dead' && <Retry id={entry.id} />}
          </td>
        </tr>
      ))}
    </TableSection>
  )
}

function Retry({ id }: { readonly id: string }) {
  const retry = useMutation<undefined, ApiFault>({
    mutationFn: () => api('retryOutbox', { params: { id } }),
    onSuccess: () => announce('已放回待发，马上再试'),
    onError: (fault) => announce(fault.message, 'bad'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['outbox'] }),
  })
  return (
    <>
      {' '}
      <button type="button" className="button button-small" disabled={retry.isPending} onClick={() => retry.mutate()}>
        重新发送
      </button>
    </>
  )
}
