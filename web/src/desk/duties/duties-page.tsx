import { CADENCE_PER, EXEMPT_CAUSE, LIAISON_TARGET_KIND, PERIOD_STATE, VISIT_KIND } from '@banjie/contract'
import { useState } from 'react'
import { dayText, weekdayText } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { OwedRows } from './owed-rows.tsx'
import { type Duty, type NamedTarget, useDuties } from './query.ts'
import { Settling } from './settling.tsx'
import { VisitForm } from './visit-form.tsx'
import type { WaitingVisit } from './visit-outbox.ts'
import { WaitingVisits } from './waiting-visits.tsx'
import '../page/page.css'
import './duties.css'

const OVERSEERS = ['supervisor', 'leader', 'head', 'auditor', 'admin'] as const
const STATES = ['missed', 'running', 'met', 'exempt'] as const
type State = (typeof STATES)[number]

/** Recurring duties (周期责任): what is owed now and what was missed, first for the one who owes it, on the phone in their hand. */
export function DutiesPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const ofAll = place.query.get('of') === 'all'
  const asked = STATES.find((one) => one === place.query.get('state'))
  const { data, error, isPending, refetch } = useDuties(ofAll ? {} : { person: 'me' })
  const [visited, setVisited] = useState<{ target: NamedTarget | undefined; refused?: WaitingVisit }>()
  useTitle('我的责任')
  const oversees = OVERSEERS.some((role) => session.roles.includes(role))
  const close = () => setVisited(undefined)
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>{ofAll ? '周期责任' : '我的责任'}</h1>
        <div className="page-acts">
          {oversees && (
            <Link to={withQuery(place, { of: ofAll ? null : 'all', state: null })} className="button button-small">
              {ofAll ? '只看我的' : '看全部'}
            </Link>
          )}
          {oversees && (
            <Link to="/w/duties/rules" className="button button-small">
              规则与免除
            </Link>
          )}
          <button
            type="button"
            className="button button-small button-primary"
            onClick={() => setVisited({ target: undefined })}
          >
            记走访
          </button>
        </div>
      </header>
      {visited && (
        <VisitForm
          key={visited.refused?.body.clientId ?? visited.target?.id ?? 'any'}
          session={session}
          {...visited}
          close={close}
        />
      )}
      <WaitingVisits session={session} edit={(refused) => setVisited({ target: undefined, refused })} />
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && (
        <>
          <FigureList
            label="周期责任"
            figures={STATES.map((state) => ({
              ...{ label: PERIOD_STATE[state], value: data.counts[state], unit: '期' },
              ...{ bad: state === 'missed' && data.counts.missed > 0, to: withQuery(place, { state }) },
            }))}
          />
          <p className="hint">
            {data.from} 至 {data.to} 之间的周期
            {data.cut && '，只列出前一部分，数字是全部'}
          </p>
          <DutyGroups items={data.items} only={asked} ofAll={ofAll} visit={setVisited} />
          {!ofAll && asked === undefined && <OwedRows />}
        </>
      )}
    </div>
  )
}

interface GroupsProps {
  readonly items: readonly Duty[]
  readonly only: State | undefined
  readonly ofAll: boolean
  readonly visit: (what: { target: NamedTarget | undefined }) => void
}
/** For oneself what is still to do comes first, for an overseer what was missed; without a choice, what is done and what is exempt stays folded. */
function DutyGroups({ items, only, ofAll, visit }: GroupsProps) {
  const owed = ofAll ? (['missed', 'running'] as const) : (['running', 'missed'] as const)
  const shown = only === undefined ? owed : [only]
  const groups = shown.map((state) => ({ state, rows: items.filter((one) => one.state === state) }))
  if (groups.every(({ rows }) => rows.length === 0))
    return (
      <EmptyView>
        {only === undefined ? '现在没有欠着的走访。' : `这段时间没有“${PERIOD_STATE[only]}”的周期。`}
      </EmptyView>
    )
  return groups.map(({ state, rows }) =>
    rows.length === 0 ? null : (
      <section key={state} aria-label={PERIOD_STATE[state]} className="duty-group">
        <h2>
          {PERIOD_STATE[state]}
          <span className="table-count">{rows.length}</span>
        </h2>
        <ul className="duty-cards">
          {rows.map((duty) => (
            <DutyCard
              key={`${duty.rule.id} ${duty.target?.id} ${duty.from} ${duty.debtors[0]?.id}`}
              {...{ duty, visit, ofAll }}
            />
          ))}
        </ul>
      </section>
    ),
  )
}

const SHAPE: Readonly<Record<State, string>> = { missed: '■', running: '▲', met: '●', exempt: '○' }
const SPAN = { day: '当日', week: '本周', month: '本月', quarter: '本季' } as const

function DutyCard({
  duty,
  visit,
  ofAll,
}: {
  readonly duty: Duty
  readonly visit: (what: { target: NamedTarget | undefined }) => void
  readonly ofAll: boolean
}) {
  const { rule, target, towardKind, state, done, from, to, debtors, cause } = duty
  const left = rule.min - done
  return (
    <li className={`duty-card is-${state}`}>
      <div className="duty-words">
        <b>
          {target === null ? (
            `任一${towardKind === null ? '对象' : LIAISON_TARGET_KIND[towardKind]}`
          ) : (
            <Link to={`/w/liaison/${target.id}`}>{target.name}</Link>
          )}
        </b>
        <span>
          <span aria-hidden="true">{SHAPE[state]} </span>
          {(state === 'missed' || state === 'met') && `应 ${rule.min} 次，完成 ${done} 次（${spanText(from, to)}）`}
          {state === 'running' && `${SPAN[rule.per]}还差 ${left} 次（应 ${rule.min} 次），至${weekdayText(to)}`}
          {state === 'exempt' && `${spanText(from, to)} 免除：${cause === null ? '' : EXEMPT_CAUSE[cause]}`}
        </span>
        <span className="muted">
          {[`${CADENCE_PER[rule.per]} · ${rule.title}`, (ofAll || debtors.length > 1) && namesOf(debtors)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {duty.ledger?.explanation && <span className="muted">说明：{duty.ledger.explanation}</span>}
        {duty.ledger?.cleared && <span className="muted">已销账：{duty.ledger.cleared}</span>}
        {duty.proof.map((one) => (
          <span key={one.visitId} className="muted">
            {one.on} {VISIT_KIND[one.kind]}，{namesOf(one.credited)}
            {target === null && `，${one.target}`}
            {one.late && '（事后补记）'}
          </span>
        ))}
      </div>
      {(state === 'missed' || state === 'running') && (
        <div className="duty-acts">
          {duty.ledger !== null && <Settling {...duty.ledger} />}
          <button
            type="button"
            className={`button ${state === 'running' ? 'button-primary' : ''}`}
            onClick={() => visit({ target: target ?? undefined })}
          >
            {state === 'missed' ? '补记走访' : '记走访'}
          </button>
        </div>
      )}
    </li>
  )
}

const spanText = (from: string, to: string) => `${dayText(from)}至${dayText(to)}`
const namesOf = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join('、')
