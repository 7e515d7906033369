import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { ProgressLight } from './progress-mark.tsx'
import { useDutyTree, useOrders, usePlans } from './query.ts'
import '../lists/lists.css'
import '../page/page.css'
import './plan.css'

/** The duty tree (责任树) of a plan down to the person, and the orders that nobody has opened yet (未知悉). */
export function OrdersPage() {
  const place = usePlace()
  const mine = place.query.get('mine') === 'true'
  const { data: plans } = usePlans()
  const running = plans?.items.filter(({ state }) => state === 'published') ?? []
  const asked = place.query.get('plan')
  const plan = mine ? undefined : (running.find(({ id }) => id === asked) ?? running[0])
  const { data: orders, error, isPending, refetch } = useOrders({ plan: plan?.id, mine })
  const { data: tree } = useDutyTree(plan?.id)
  useTitle('责任树')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  return (
    <div className="page page-wide lists plan-page">
      <header className="page-head">
        <h1>{mine ? '待我知悉的任务' : '责任树'}</h1>
        <div className="page-acts no-print">
          <Link to={withQuery(place, { mine: mine ? null : 'true' })} className="button button-small">
            {mine ? '看责任树' : '只看交给我的'}
          </Link>
          <Link to={plan ? `/w/plan?plan=${plan.id}` : '/w/plan'} className="button button-small">
            作战图
          </Link>
        </div>
      </header>
      <p className="page-lead">纵向到底，横向到边：每项任务交到人，本人第一次打开即为知悉。</p>
      {plans && running.length === 0 && <EmptyView>还没有公布的作战图，公布之后任务才交办到人。</EmptyView>}
      {tree && (
        <FigureList
          label="任务交办"
          figures={[
            { label: '已交办', value: tree.orders, unit: '项任务' },
            { label: '未知悉', value: tree.unopened, unit: '项任务', bad: tree.unopened > 0 },
            { label: '超期', value: tree.red, unit: '项任务', bad: tree.red > 0 },
          ]}
        />
      )}
      <TableSection
        {...{ title: '未知悉', count: orders.total, empty: '交办的任务都已知悉。' }}
        head={['任务', '目标', '责任人', '交办', '已等']}
      >
        {orders.items.map(({ task, target, person, unit, order }) => (
          <tr key={task.id}>
            <td>
              <Link to={`/w/plan/tasks/${task.id}`}>{task.title}</Link>
            </td>
            <td>{target.title}</td>
            <td>{[unit?.name, person.name].filter(Boolean).join(' · ')}</td>
            <td>{dayOf(order.issuedAt)}</td>
            <td>{order.waitingDays} 个工作日</td>
          </tr>
        ))}
      </TableSection>
      {tree?.fields.map((field) => (
        <section key={field.id} className="plan-duty" aria-label={field.name}>
          <h2>
            {field.name} <Counts {...field} />
          </h2>
          {field.units.length === 0 && <p className="muted">这个领域还没有任务。</p>}
          <ul>
            {field.units.map((unit) => (
              <UnitBranch key={unit.id} unit={unit} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface Counted {
  readonly orders: number
  readonly unopened: number
  readonly red: number
}
const Counts = ({ orders, unopened, red }: Counted) => (
  <span className="plan-counts">
    <span className="muted">{orders} 项</span>
    {unopened > 0 && <span className="tag plan-unopened">未知悉 {unopened}</span>}
    {red > 0 && <span className="tag tag-bad">超期 {red}</span>}
  </span>
)

type Unit = NonNullable<ReturnType<typeof useDutyTree>['data']>['fields'][number]['units'][number]
/** A unit with its people; their tasks are shown when it is opened. */
function UnitBranch({ unit }: { readonly unit: Unit }) {
  const [open, setOpen] = useState(unit.unopened > 0 && unit.orders <= FEW)
  return (
    <li className={unit.under === null ? '' : 'plan-duty-under'}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{unit.name}</b> <Counts {...unit} />
        </summary>
        {open &&
          unit.people.map((person) => (
            <div key={person.id ?? 'nobody'} className="plan-duty-person">
              <p>
                {person.name} <Counts {...person} />
              </p>
              <ul>
                {person.tasks.map((task) => (
                  <li key={task.id}>
                    <ProgressLight light={task.light} /> <Link to={`/w/plan/tasks/${task.id}`}>{task.title}</Link>{' '}
                    <span className="hint">
                      {task.order === null
                        ? '未交办'
                        : task.order.openedAt === null
                          ? `未知悉，已等 ${task.order.waitingDays} 个工作日`
                          : `${dayOf(task.order.openedAt)} 知悉`}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </details>
    </li>
  )
}
const FEW = 30
