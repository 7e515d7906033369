import {
  LIAISON_TARGET_KIND,
  VISIT_BLOCK,
  VISIT_KIND,
  VISIT_PROBLEM,
  VISIT_ROLE,
  type VisitBlock,
  type VisitRole,
} from '@banjie/contract'
import type { Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, type Place, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { useVisitProblems, useVisitRoles, useVisits, type Visits } from './query.ts'
import { VisitList } from './visit-list.tsx'
import '../page/page.css'
import './duties.css'

const ROLES = Object.entries(VISIT_ROLE) as [VisitRole, string][]
const BLOCKS = Object.entries(VISIT_BLOCK) as [VisitBlock, string][]
const PROBLEMS = ['all', 'advanced', 'solved'] as const
type Problems = (typeof PROBLEMS)[number]
const DRILL = ['person', 'role', 'block', 'kind', 'targetKind', 'tag'] as const
/** What is shown unasked; a month that has just begun would show nothing. */
const THIRTY_DAYS_MS = 29 * 86_400_000
type Wanted = NonNullable<Request<'visits'>['query']>

/** Visits (走访统计): how many, by whom, and what each officer was on them; every figure opens its visits. */
export function VisitsPage() {
  const place = usePlace()
  const from = place.query.get('from') ?? dayOf(new Date(Date.now() - THIRTY_DAYS_MS))
  const to = place.query.get('to') ?? dayOf(new Date())
  const drill = Object.fromEntries(
    DRILL.flatMap((name) => {
      const value = place.query.get(name)
      return value === null ? [] : [[name, value] as const]
    }),
  )
  const wanted: Wanted = { ...drill, from, to }
  const { data, error, isPending, refetch } = useVisits(wanted)
  const problems = PROBLEMS.find((one) => one === place.query.get('problems'))
  const isDrilled = Object.keys(drill).length > 0 || problems !== undefined
  useTitle('走访统计')
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>走访统计</h1>
        <div className="page-acts">
          {isDrilled && (
            <Link to={withQuery(place, nothing)} className="button button-small">
              看全部
            </Link>
          )}
          <Link to="/w/liaison" className="button button-small">
            包保走访
          </Link>
        </div>
      </header>
      <div className="panel-grid visit-span">
        <PlainField
          {...{ label: '自', type: 'date', value: from }}
          set={(day) => go(withQuery(place, { from: day }), { replace: true })}
        />
        <PlainField
          {...{ label: '至', type: 'date', value: to }}
          set={(day) => go(withQuery(place, { to: day }), { replace: true })}
        />
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && <Counts counts={data.counts} place={place} />}
      {data && <Kinds place={place} />}
      {problems && <ProblemRows wanted={wanted} of={problems} />}
      {!isDrilled && <Roles from={from} to={to} place={place} />}
      {data && (
        <section className="duty-group" aria-label="走访记录">
          <h2>
            {titleOf(drill)}
            <span className="table-count">{data.counts.visits}</span>
          </h2>
          {data.items.length === 0 && <EmptyView>这段时间没有这样的走访。</EmptyView>}
          {data.items.length < data.counts.visits && (
            <p className="hint">只列出最近的 {data.items.length} 次，数字是全部。</p>
          )}
          <VisitList visits={data.items} named />
        </section>
      )}
    </div>
  )
}
const nothing = Object.fromEntries([...DRILL, 'problems'].map((name) => [name, null]))

const titleOf = ({ role, block, kind, targetKind }: Partial<Wanted>) =>
  [
    role && VISIT_ROLE[role as VisitRole],
    block && VISIT_BLOCK[block as VisitBlock],
    kind && VISIT_KIND[kind as keyof typeof VISIT_KIND],
    targetKind && LIAISON_TARGET_KIND[targetKind as keyof typeof LIAISON_TARGET_KIND],
    '走访记录',
  ]
    .filter(Boolean)
    .join(' · ')

const perCent = (part: number, whole: number) => (whole === 0 ? '—' : `${Math.round((part * 100) / whole)}%`)

const Counts = ({ counts, place }: { readonly counts: Visits['counts']; readonly place: Place }) => (
  <FigureList
    label="走访"
    figures={[
      { label: '走访', value: counts.visits, unit: '次', under: `${counts.personTimes} 人次，${counts.targets} 户` },
      { label: '实地走访', value: counts.byKind.onSite, unit: '次', to: withQuery(place, { kind: 'onSite' }) },
      { label: '收集问题', value: counts.problems, unit: '件', to: withQuery(place, { problems: 'all' }) },
      {
        ...{ label: VISIT_PROBLEM.advanced, value: counts.advanced, unit: '件' },
        ...{ under: `已解决 ${counts.solved} 件`, to: withQuery(place, { problems: 'advanced' }) },
      },
      {
        ...{ label: '现场核实率', value: perCent(counts.verifiedOnSite, counts.closed) },
        under: `已办结 ${counts.closed} 件，上门看过收尾 ${counts.verifiedOnSite} 件`,
      },
      {
        label: '每办结一件走访',
        ...(counts.closed === 0
          ? { value: '—' }
          : { value: Math.round((counts.closingVisits * 10) / counts.closed) / 10, unit: '次' }),
      },
    ]}
  />
)

/** Toward which kind of target: all, or one of them. */
const Kinds = ({ place }: { readonly place: Place }) => (
  <p className="chips">
    {(Object.entries(LIAISON_TARGET_KIND) as [string, string][]).map(([kind, word]) => {
      const isChosen = place.query.get('targetKind') === kind
      return (
        <Link
          key={kind}
          to={withQuery(place, { targetKind: isChosen ? null : kind })}
          className="button button-small"
          {...(isChosen && { 'aria-current': 'true' })}
        >
          {isChosen ? `只看${word}（取消）` : `只看${word}`}
        </Link>
      )
    })}
  </p>
)

const PROBLEM_TITLE = { ...VISIT_PROBLEM, all: '收集的问题' } as const
/** The problems behind a figure. */
function ProblemRows({ wanted, of }: { readonly wanted: Wanted; readonly of: Problems }) {
  const { data, error, isPending, refetch } = useVisitProblems({ ...wanted, ...(of !== 'all' && { state: of }) })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <TableSection
      {...{ title: PROBLEM_TITLE[of], count: data.total, empty: '这段时间没有这样的问题。' }}
      note="推进解决：答复为已解决、部分解决的，和还没有办结、本轮有进展报告、现场勘查或外部协调的；只签收、只作解释的不算。"
      head={['问题', '对象', '走访日', '主办', '进展', '结果']}
    >
      {data.items.map((one) => (
        <tr key={one.id}>
          <td>{one.mayOpen ? <Link to={`/w/c/${one.number}`}>{one.title}</Link> : one.title}</td>
          <td>
            <Link to={`/w/liaison/${one.target.id}`}>{one.target.name}</Link>
          </td>
          <td className="nowrap">{one.on}</td>
          <td>{one.leadUnit?.name ?? '待分办'}</td>
          <td>{one.stageLabel}</td>
          <td>{one.solved ? VISIT_PROBLEM.solved : one.advanced ? VISIT_PROBLEM.advanced : '—'}</td>
        </tr>
      ))}
    </TableSection>
  )
}

/** Officers × roles and actions (四员四项). */
function Roles({ from, to, place }: { readonly from: string; readonly to: string; readonly place: Place }) {
  const { data, error, isPending, refetch } = useVisitRoles({ from, to })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  const head = [...ROLES, ...BLOCKS].map(([, word]) => word)
  return (
    <TableSection
      {...{ title: '四员四项', count: data.items.length, empty: '这段时间还没有走访。' }}
      note="由走访记录算出：帮办代办是服务员，每次联系是联络员，送政策、查实情是信息员，带着问题去是协调员。"
      head={['走访人', '走访', ...head]}
      counts={['走访', ...head]}
    >
      {data.items.map((row) => {
        const open = (more: Readonly<Record<string, string>>) => withQuery(place, { person: row.person.id, ...more })
        return (
          <tr key={row.person.id}>
            <td>{row.person.name}</td>
            <Count n={row.visits} to={open({})} />
            {ROLES.map(([role]) => (
              <Count key={role} n={row[role]} to={open({ role })} />
            ))}
            {BLOCKS.map(([block]) => (
              <Count key={block} n={row[block]} to={open({ block })} />
            ))}
          </tr>
        )
      })}
    </TableSection>
  )
}
const Count = ({ n, to }: { readonly n: number; readonly to: string }) => (
  <td className="is-count">{n === 0 ? 0 : <Link to={to}>{n}</Link>}</td>
)
