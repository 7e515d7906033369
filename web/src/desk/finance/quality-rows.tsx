import { moneyText, QUALITY_SERVICE, QUALITY_STATE, type QualityState } from '@banjie/contract'
import { useState } from 'react'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { go, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { ProviderForm, QUALITY_ACT, type QualityMove, QualityMoveForm, QualityRequestForm } from './quality-forms.tsx'
import { type QualityRequest, useProviders, useQuality } from './query.ts'

const NEXT: Readonly<Record<QualityState, readonly QualityMove[]>> = {
  requested: ['quoted', 'withdrawn'],
  quoted: ['done', 'quoted', 'withdrawn'],
  done: [],
  withdrawn: [],
}
const wordOf = (to: QualityMove, { state }: QualityRequest) =>
  to === 'quoted' && state === 'quoted' ? '改报价' : QUALITY_ACT[to]

/** Requests to the quality one-stop, row by row: what is needed, who owes it until when, and the steps that may follow. */
export function QualityRows({
  items,
  count,
  empty = '还没有质量服务需求。',
}: {
  readonly items: readonly QualityRequest[]
  readonly count: number
  readonly empty?: string
}) {
  const [doing, setDoing] = useState<{ readonly request: QualityRequest; readonly to: QualityMove }>()
  const mayMove = items.some((one) => one.mayMove)
  return (
    <>
      {doing && (
        <QualityMoveForm key={`${doing.request.id} ${doing.to}`} {...doing} close={() => setDoing(undefined)} />
      )}
      <TableSection
        {...{ title: '质量服务需求', count, empty }}
        head={['企业', '服务', '责任单位', '期限', '状态', '机构和费用', ...(mayMove ? ['办理'] : [])]}
      >
        {items.map((one) => (
          <tr key={one.id}>
            <td>
              <Link to={`/w/enterprises/${one.enterprise.id}`}>{one.enterprise.name}</Link>
            </td>
            <td>
              <span className="finance-need">
                {one.services.map((service) => QUALITY_SERVICE[service]).join('、')}
                <small className="muted">{one.need}</small>
              </span>
            </td>
            <td>{one.unit.name}</td>
            <td>
              <span className="finance-due">
                {one.dueOn} <LightMark light={one.light} />
              </span>
            </td>
            <td>
              <span className="finance-need">
                {QUALITY_STATE[one.state]}
                <small className="muted">
                  {[one.endedOn ?? one.quotedOn ?? one.on, one.note].filter(Boolean).join(' ')}
                </small>
              </span>
            </td>
            <td>{one.provider ? `${one.provider.name}，${moneyText(one.feeFen ?? 0)}` : '—'}</td>
            {mayMove && (
              <td>
                {one.mayMove ? (
                  <span className="finance-acts no-print">
                    {NEXT[one.state].map((to) => (
                      <button
                        key={to}
                        type="button"
                        className="button button-small"
                        aria-label={`${wordOf(to, one)} ${one.enterprise.name} ${QUALITY_SERVICE[one.services[0] ?? 'testing']}`}
                        onClick={() => setDoing({ request: one, to })}
                      >
                        {wordOf(to, one)}
                      </button>
                    ))}
                  </span>
                ) : (
                  '—'
                )}
              </td>
            )}
          </tr>
        ))}
      </TableSection>
    </>
  )
}

const STATES = Object.keys(QUALITY_STATE) as QualityState[]
/** The quality one-stop (质量基础设施“一站式”服务): requests, and who can serve them. */
export function QualityTab() {
  const place = usePlace()
  const state = STATES.find((one) => one === place.query.get('state'))
  const { data, error, isPending, refetch } = useQuality(state)
  const [doing, setDoing] = useState<'request' | 'provider'>()
  const close = () => setDoing(undefined)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  return (
    <>
      {data.mayKeep && (
        <span className="finance-acts no-print">
          <button type="button" className="button button-primary" onClick={() => setDoing('request')}>
            登记需求
          </button>
          <button type="button" className="button" onClick={() => setDoing('provider')}>
            登记机构
          </button>
        </span>
      )}
      {doing === 'request' && <QualityRequestForm close={close} />}
      {doing === 'provider' && <ProviderForm close={close} />}
      <FigureList
        label="质量服务"
        figures={[
          { label: '需求', value: data.total, unit: '项' },
          { label: '已完成', value: data.done, unit: '项' },
          { label: '服务企业', value: data.served, unit: '户' },
        ]}
      />
      <div className="finance-by no-print">
        <SelectField<QualityState | ''>
          label="状态"
          value={state ?? ''}
          set={(one) => go(withQuery(place, { state: one || null }), { replace: true })}
          words={{ '': '全部', ...QUALITY_STATE }}
        />
      </div>
      <QualityRows
        items={data.items}
        count={data.total}
        empty={state === undefined ? '还没有质量服务需求。点“登记需求”记下企业要什么。' : '没有这种状态的需求。'}
      />
      <Providers />
    </>
  )
}

/** Who offers which services (质量服务机构). */
function Providers() {
  const items = useProviders().data?.items ?? []
  return (
    <TableSection
      {...{ title: '质量服务机构', count: items.length, head: ['机构', '能做的服务'] }}
      empty="还没有机构。登记机构后，才能给需求报价。"
    >
      {items.map(({ id, name, services }) => (
        <tr key={id}>
          <td>{name}</td>
          <td>{services.map((service) => QUALITY_SERVICE[service]).join('、')}</td>
        </tr>
      ))}
    </TableSection>
  )
}
