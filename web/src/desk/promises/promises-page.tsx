import { moneyText, PROMISE_AXIS, PROMISE_CAUSE, PROMISE_KIND, PROMISE_STATE, type PromiseAxis } from '@banjie/contract'
import { useState } from 'react'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { BrokenCommitments } from '../lists/broken-commitments.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { MorePages } from '../page/more-pages.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, type Place, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { PromiseForm } from './promise-form.tsx'
import { PromiseRows } from './promise-rows.tsx'
import { usePromiseSummary, usePromises } from './query.ts'
import '../page/page.css'
import './promises.css'

const ALL = { '': '全部' } as const
const KEEPERS = ['supervisor', 'admin']
const given = <T extends object>(words: T, value: string | null): keyof T | undefined =>
  value !== null && value in words ? (value as keyof T) : undefined
function filterOf({ query }: Place) {
  const flag = (name: string) => (query.get(name) === 'yes' ? ('yes' as const) : undefined)
  const picked = {
    ...{ state: given(PROMISE_STATE, query.get('state')), kind: given(PROMISE_KIND, query.get('kind')) },
    ...{ cause: given(PROMISE_CAUSE, query.get('cause')), overdue: flag('overdue'), breached: flag('breached') },
    ...{ unit: query.get('unit') ?? undefined, enterprise: query.get('enterprise') ?? undefined },
  }
  return Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== undefined))
}

/** What the government owes to enterprises by its own word (失信违诺): totals that are sums of the rows below, by whatever they are asked. */
export function PromisesPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const filter = filterOf(place)
  const { data, error, refetch, ...more } = usePromises(filter)
  const [isNew, setNew] = useState(false)
  useTitle('失信违诺')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  const set = (name: string) => (value: string) =>
    go(withQuery(place, { [name]: value === '' ? null : value }), { replace: true })
  const totals = data?.pages[0]?.totals
  return (
    <div className="page page-wide promises table-cards">
      <header className="page-head no-print">
        <h1>失信违诺</h1>
        <div className="page-acts">
          {KEEPERS.some((role) => session.roles.some((own) => own === role)) && (
            <button type="button" className="button button-primary" onClick={() => setNew(true)}>
              登记失信违诺
            </button>
          )}
          <Link to="/w/promises/backlog" className="button">
            涉企积压
          </Link>
        </div>
      </header>
      <p className="page-lead">
        政府对企业说过、没有做到的事：逐企逐项，有责任单位、期限和分期。企业确认兑现了，才销号。
      </p>
      {isNew && <PromiseForm close={() => setNew(false)} />}
      {totals && (
        <FigureList
          label="合计"
          figures={[
            { label: '未销号', value: totals.open, unit: '项', under: `共 ${totals.promises} 项` },
            { label: '涉及企业', value: totals.enterprises, unit: '户' },
            { label: '承诺金额', value: moneyText(totals.fen) },
            { label: '已付', value: moneyText(totals.paidFen) },
            { label: '未付', value: moneyText(totals.restFen) },
            {
              ...{ label: '逾期', value: totals.overdue, unit: '项', bad: totals.overdue > 0 },
              ...{ under: moneyText(totals.overdueFen), to: withQuery(place, { overdue: 'yes' }) },
            },
            {
              ...{ label: '二次失信', value: totals.breached, unit: '项', bad: totals.breached > 0 },
              to: withQuery(place, { breached: 'yes' }),
            },
          ]}
        />
      )}
      <div className="promise-filters no-print">
        <SelectField
          label="状态"
          value={place.query.get('state') ?? ''}
          set={set('state')}
          words={{ ...ALL, ...PROMISE_STATE }}
        />
        <SelectField
          label="类型"
          value={place.query.get('kind') ?? ''}
          set={set('kind')}
          words={{ ...ALL, ...PROMISE_KIND }}
        />
        <SelectField
          label="原因"
          value={place.query.get('cause') ?? ''}
          set={set('cause')}
          words={{ ...ALL, ...PROMISE_CAUSE }}
        />
      </div>
      {Object.keys(filter).length > 0 && (
        <p>
          <Link to="/w/promises">显示全部</Link>
        </p>
      )}
      {data === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <PromiseRows
          title="清单"
          rows={data.pages.flatMap(({ items }) => items)}
          count={totals?.promises ?? 0}
          empty="没有符合条件的失信违诺。督查员可以点“登记失信违诺”按文件逐项登记。"
        />
      )}
      <MorePages {...more} />
      <Summary />
      <BrokenCommitments />
    </div>
  )
}

/** The whole list by unit, enterprise, cause or kind; each line leads to its rows. */
function Summary() {
  const [by, setBy] = useState<PromiseAxis>('unit')
  const { data, error, refetch } = usePromiseSummary({ by })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  return (
    <section className="promises" aria-label="汇总">
      <div className="promise-axis no-print">
        <SelectField label="汇总口径" value={by} set={setBy} words={PROMISE_AXIS} />
      </div>
      {data === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <TableSection
          title={`按${PROMISE_AXIS[by]}汇总`}
          head={[PROMISE_AXIS[by], '项数', '未付', '逾期金额', '二次失信']}
          counts={['项数', '未付', '逾期金额', '二次失信']}
          empty="没有失信违诺。"
        >
          {data.items.map((line) => (
            <tr key={line.key}>
              <td>
                <Link to={`/w/promises?${by}=${line.key}`}>{line.label}</Link>
              </td>
              <td className="is-count">{line.promises}</td>
              <td className="is-count">{moneyText(line.restFen)}</td>
              <td className="is-count">{moneyText(line.overdueFen)}</td>
              <td className="is-count">{line.breached}</td>
            </tr>
          ))}
        </TableSection>
      )}
    </section>
  )
}
