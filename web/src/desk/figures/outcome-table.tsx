import { OUTCOME_QUANTITY } from '@banjie/contract'
import type { Answer } from '../../shared/api.ts'
import { Link } from '../link.tsx'
import type { Place } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Choice, drillAddress } from './choice.ts'
import { type OutcomeKind, useOutcomes } from './query.ts'

type Sums = Answer<'outcomes'>['sums']

interface OutcomeTableProps {
  readonly place: Place
  readonly choice: Choice
  readonly whole: string
}

/** Outcome in figures (办理成效) by unit; what is only known roughly says so. */
export function OutcomeTable({ place, choice, whole }: OutcomeTableProps) {
  const { data, error, isPending, refetch } = useOutcomes(choice)
  const kinds = (Object.keys(OUTCOME_QUANTITY) as OutcomeKind[]).filter((kind) =>
    data?.sums.some((sum) => sum.kind === kind),
  )
  return (
    <section className="figure-part" aria-labelledby="outcomes">
      <h2 id="outcomes">办理成效</h2>
      <p className="hint">本期答复的事项实际做成了什么。合计带“约”“余”“以上”的，是其中有估计数。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={3} className="skeleton-text" />}
      {data && kinds.length === 0 && <p className="muted">本期答复的事项没有填写成效数字。</p>}
      {data && kinds.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="figure-scroll" tabIndex={0} aria-label="办理成效，表格">
          <table className="figure-table">
            <thead>
              <tr>
                <th scope="col" className="figure-name">
                  单位
                </th>
                <th scope="col">件数</th>
                {kinds.map((kind) => (
                  <th key={kind} scope="col">
                    {OUTCOME_QUANTITY[kind]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map(({ key, label, cases, sums }) => (
                <Row key={key} {...{ place, group: key, label, cases, sums, kinds }} />
              ))}
            </tbody>
            <tfoot>
              <Row {...{ place, group: '', label: whole, cases: data.cases, sums: data.sums, kinds }} />
            </tfoot>
          </table>
        </section>
      )}
    </section>
  )
}

interface RowProps {
  readonly place: Place
  readonly group: string
  readonly label: string
  readonly cases: number
  readonly sums: Sums
  readonly kinds: readonly OutcomeKind[]
}

function Row({ place, group, label, cases, sums, kinds }: RowProps) {
  return (
    <tr>
      <th scope="row" className="figure-name" title={label}>
        {label}
      </th>
      <td>{cases}</td>
      {kinds.map((kind) => {
        const texts = sums.filter((sum) => sum.kind === kind).map(({ text }) => text)
        const to = drillAddress(place.query, { show: 'outcome', kind, ...(group !== '' && { key: group }) })
        return (
          <td key={kind}>
            {texts.length === 0 ? <span className="muted">—</span> : <Link to={to}>{texts.join('、')}</Link>}
          </td>
        )
      })}
    </tr>
  )
}
