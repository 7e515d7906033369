import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { columnText } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import '../page/page.css'

type Returns = Answer<'cityReturns'>
const SHOWN = 500

/** Return to the superior (回传上级): what is answered waits here until it has arrived in the superior's system. */
export function ReturnPanel() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['cityReturns'],
    queryFn: ({ signal }) => api('cityReturns', { query: { limit: SHOWN }, signal }),
  })
  return (
    <section className="panel" aria-label="回传上级">
      <h2>
        回传上级{' '}
        {data && data.waiting > 0 && <span className="table-count">{data.waiting.toLocaleString('zh-CN')}</span>}
      </h2>
      <p className="hint">
        上级交办的件答复、更正、回访或办结后在这里等待回传。先下载回传表报上级，送达后再登记；之后又有更正的会再次列出。
      </p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={3} className="skeleton-text" />}
      {data && data.items.length === 0 && <EmptyView>没有待回传的件。上级交办的件答复后会列在这里。</EmptyView>}
      {data && data.items.length > 0 && <Waiting returns={data} />}
    </section>
  )
}

function Waiting({ returns }: { readonly returns: Returns }) {
  const { items, upTo, waiting } = returns
  const send = useSubmission(
    (body: Parameters<typeof api<'acknowledgeReturns'>>[1]['body'], key) => api('acknowledgeReturns', { body, key }),
    {
      done: ({ acknowledged, waiting: left }) => {
        announce(`已登记回传 ${acknowledged} 件${left > 0 ? `，还有 ${left} 件待回传` : ''}`)
        void queryClient.invalidateQueries({ queryKey: ['cityReturns'] })
      },
    },
  )
  return (
    <>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">上级编号</th>
              <th scope="col">结论</th>
              <th scope="col">承办单位</th>
              <th scope="col">答复</th>
              <th scope="col">评价</th>
              <th scope="col">回传</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, 10).map((item) => (
              <tr key={item.number}>
                <td>
                  <Link to={`/w/c/${item.number}`} className="number">
                    {item.cityNumber}
                  </Link>
                </td>
                <td>{item.outcomeLabel}</td>
                <td>{item.unit}</td>
                <td>{item.answeredAt && columnText(item.answeredAt)}</td>
                <td>{item.satisfaction}</td>
                <td>{item.again ? <span className="tag">更正</span> : '首次'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {items.length > 10 && <p className="hint">上面是最早的 10 件，回传表含全部 {items.length} 件。</p>}
      {waiting > items.length && <p className="hint">一次回传 {items.length} 件，登记后再下载其余的。</p>}
      <div className="panel-acts">
        <a className="button" href={`/api/v1/exchange/12345/returns.xlsx?upTo=${upTo ?? ''}`} download>
          <Icon name="download" size={14} />
          下载回传表
        </a>
        <Confirm label="登记已回传" busy={send.isPending} run={() => send.mutate({ upTo: upTo ?? undefined })}>
          {`这 ${items.length} 件的办理结果已送达上级，登记后不再列出；以后有更正的会再次列出。`}
        </Confirm>
      </div>
      <FaultNotice fault={send.error} />
    </>
  )
}
