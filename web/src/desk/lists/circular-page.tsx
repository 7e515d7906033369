import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Item, type List, useList } from './query.ts'
import './lists.css'

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })

/** The circular (通报): the list as a document on A4, district-wide. */
export function CircularPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data, error, isPending, refetch } = useList(id, undefined)
  useTitle(data ? `关于${data.list.title}的通报` : '通报')
  return (
    <div className="circular-page">
      <div className="list-bar no-print">
        <Link to={`/w/lists/${id}`} className="button button-small">
          返回清单
        </Link>
        <button type="button" className="button button-small button-primary" onClick={() => window.print()}>
          打印
        </button>
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={10} className="skeleton-text" />}
      {data && (
        <article className="circular">
          <h1>关于{data.list.title}的通报</h1>
          <p className="circular-to">各街道、各部门、各有关单位：</p>
          <p>{opening(data.list, data.stats.voices)}</p>
          {data.list.aspects.map((aspect, i) => (
            <Aspect
              key={aspect}
              number={i + 1}
              aspect={aspect}
              items={data.items.filter((item) => item.aspect === aspect && !item.confidential)}
            />
          ))}
          <p>
            请责任单位对照清单找准病灶、深挖根源、落实措施，按期整改，并将承诺向社会公开、接受监督；逾期未兑现的一并公开。
          </p>
          <p className="circular-sign">
            {data.list.ownerUnit?.name ?? session.district}
            <br />
            {DAY.format(data.list.publishedAt ? new Date(data.list.publishedAt) : new Date())}
          </p>
        </article>
      )}
    </div>
  )
}

const opening = ({ title, items, aspects, sourceDocument }: List, voices: number | null) =>
  [
    sourceDocument === null ? '经梳理汇总' : `根据${sourceDocument}，经梳理汇总`,
    voices !== null && voices > 0 && `从 ${voices.toLocaleString('zh-CN')} 件意见诉求中归并`,
    `形成${title}，共 ${aspects.length} 个方面 ${items} 个问题，现予通报。`,
  ]
    .filter(Boolean)
    .join('，')

const CHINESE = '一二三四五六七八九十'
function Aspect({
  number,
  aspect,
  items,
}: {
  readonly number: number
  readonly aspect: string
  readonly items: readonly Item[]
}) {
  return (
    <section>
      <h2>
        {CHINESE[number - 1] ?? number}、{aspect}（{items.length} 个）
      </h2>
      <table className="circular-table">
        <thead>
          <tr>
            {['序号', '问题', '整改措施', '责任单位', '期限'].map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, i) => (
            <tr key={item.id}>
              <td>{i + 1}</td>
              <td>{item.title}</td>
              <td>{item.measures ?? '由责任单位制定'}</td>
              <td>{item.leadUnit?.name ?? '待定'}</td>
              <td>{item.deadline ?? (item.dueAt ? dayOf(item.dueAt) : item.stageLabel)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
