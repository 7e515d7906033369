import type { Answer } from '../../shared/api.ts'
import { columnText, dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { daysOfMonth, monthAfter, monthText } from './choice.ts'
import { figureText, type Indicator } from './figure.ts'
import { useFreeze, useIndicators, usePeriod } from './query.ts'

type Period = Answer<'period'>
const MAY_FREEZE = ['supervisor', 'leader', 'admin'] as const

/** A month's reported figures (封存): kept for good, with what has changed since. */
export function PeriodBox({ month, session }: { readonly month: string; readonly session: Session }) {
  const { data: period, error, isPending, refetch } = usePeriod(month)
  const { data: indicators } = useIndicators()
  const unitOf = (id: string) => indicators?.items.find((one) => one.id === id)?.unit ?? '件'
  return (
    <section className="figure-part" aria-labelledby="frozen">
      <h2 id="frozen">上报数与调整</h2>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={2} className="skeleton-text" />}
      {period && period.frozen === null && <NotFrozen month={month} session={session} />}
      {period?.frozen && (
        <>
          <p>
            {monthText(month)}统计已于 {columnText(period.frozen.at)} 由{period.frozen.byName}封存。
          </p>
          <Adjustments period={period} unitOf={unitOf} />
        </>
      )}
    </section>
  )
}

function NotFrozen({ month, session }: { readonly month: string; readonly session: Session }) {
  const freeze = useFreeze(month)
  if (daysOfMonth(month).to >= dayOf(new Date()))
    return <p className="muted">{`${monthText(month)}尚未结束，${monthText(monthAfter(month, 1))}1日起可以封存。`}</p>
  const may = MAY_FREEZE.some((role) => session.roles.includes(role))
  return (
    <>
      <p className="muted">
        尚未封存，上面的数字会随补录、更正而变。封存把此刻各单位的全部指标留作上报数，此后的变化列为“调整”，原报数不再改动。
      </p>
      {may && (
        <div className="panel-acts">
          <Confirm
            label="封存"
            busy={freeze.isPending}
            run={() => freeze.mutate(undefined, { onSuccess: () => announce(`${monthText(month)}统计已封存`) })}
          >
            封存{monthText(month)}的统计，此刻的数字即为上报数，封存后不能撤销。
          </Confirm>
        </div>
      )}
      <FaultNotice fault={freeze.error} />
    </>
  )
}

function Adjustments({
  period,
  unitOf,
}: {
  readonly period: Period
  readonly unitOf: (id: string) => Indicator['unit']
}) {
  return (
    <TableSection
      title="封存后的调整"
      count={period.adjustments.length}
      head={['指标', '单位', '原报', '现为']}
      empty="封存以后没有变化。"
    >
      {period.adjustments.map(({ indicator, label, unit, frozen, now }) => (
        <tr key={`${indicator} ${unit.key}`}>
          <td>{label}</td>
          <td>{unit.label}</td>
          <td className="muted">{figureText(frozen?.value ?? null, unitOf(indicator))}</td>
          <td>
            <span aria-hidden="true">→ </span>
            <b>{figureText(now?.value ?? null, unitOf(indicator))}</b>
          </td>
        </tr>
      ))}
    </TableSection>
  )
}
