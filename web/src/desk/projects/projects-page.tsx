import { moneyText, PROJECT_MATURITY, PROJECT_TYPE, type ProjectMaturity, type ProjectType } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { Investment } from './investment.tsx'
import { ProjectCard } from './project-card.tsx'
import { ProjectForm } from './project-form.tsx'
import { useDaysSaved, useGroups, useProjects, useViolations } from './query.ts'
import { RuleForm } from './rule-form.tsx'
import '../page/page.css'
import './projects.css'

/** The register of projects (项目台账): violations first, the year's investment targets, every project with its strip. */
export function ProjectsPage() {
  const [q, setQ] = useState('')
  const [type, setType] = useState<ProjectType | ''>('')
  const [maturity, setMaturity] = useState<ProjectMaturity | ''>('')
  const place = usePlace()
  const group = place.query.get('group') ?? ''
  const { groups } = useGroups()
  const [shows, setShows] = useState<'new' | 'rule' | { id: string; name: string } | null>(null)
  const { data, error, isPending, refetch } = useProjects({
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(type !== '' && { type }),
    ...(maturity !== '' && { maturity }),
    ...(group !== '' && { group }),
  })
  useTitle('项目')
  return (
    <div className="page page-wide projects">
      <header className="page-head">
        <h1>项目</h1>
        {data?.mayKeep && (
          <div className="page-acts no-print">
            <button type="button" className="button button-small" onClick={() => setShows('rule')}>
              配备规则
            </button>
            <button type="button" className="button button-small button-primary" onClick={() => setShows('new')}>
              登记项目
            </button>
          </div>
        )}
      </header>
      {shows === 'rule' && <RuleForm close={() => setShows(null)} />}
      {shows !== null && shows !== 'rule' && (
        <ProjectForm bound={shows === 'new' ? undefined : shows} close={() => setShows(null)} />
      )}
      <Overview />
      {data && data.without.length > 0 && (
        <section className="panel" aria-label="待补投资额">
          <h2>待补投资额</h2>
          <p className="hint">这些项目已有包保，但没有投资额，不计入任何统计。</p>
          <ul className="chips project-without">
            {data.without.map((one) => (
              <li key={one.id}>
                <Link to={`/w/liaison/${one.id}`}>{one.name}</Link>{' '}
                {data.mayKeep && (
                  <button type="button" className="button button-small" onClick={() => setShows(one)}>
                    补“{one.name}”的台账
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <search className="project-filter no-print">
        <PlainField label="项目名称" value={q} set={setQ} maxLength={60} />
        <SelectField label="类型" value={type} set={setType} words={{ '': '全部', ...PROJECT_TYPE }} />
        <SelectField label="成熟度" value={maturity} set={setMaturity} words={{ '': '全部', ...PROJECT_MATURITY }} />
        {groups.length > 0 && (
          <SelectField<string>
            label="领导小组、专班"
            value={group}
            set={(one) => go(withQuery(place, { group: one || null }), { replace: true })}
            words={{ '': '全部', ...Object.fromEntries(groups.map(({ id, name }) => [id, name])) }}
          />
        )}
      </search>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} />}
      {data?.items.length === 0 && (
        <EmptyView>没有这样的项目。可以放宽筛选，或由督查室登记项目（须填投资额）。</EmptyView>
      )}
      <ul className="project-cards" aria-label="项目台账">
        {data?.items.map((row) => (
          <ProjectCard key={row.id} row={row} />
        ))}
      </ul>
    </div>
  )
}

function Overview() {
  const violations = useViolations().data
  const saved = useDaysSaved().data
  return (
    <>
      <Violations />
      <FigureList
        label="项目总览"
        figures={[
          {
            ...{ label: '配备违规', value: violations?.items.length ?? 0, unit: '个' },
            under: violations?.rule
              ? `${moneyText(violations.rule.thresholdFen)}以上 ${violations.projects} 个`
              : '还没有发布规则',
            bad: (violations?.items.length ?? 0) > 0,
          },
          {
            ...{ label: '续建开工缩短（最小）', value: saved?.least?.days ?? '—', unit: '天' },
            under: saved?.least ? `${saved.least.project.name}，共 ${saved.n} 个` : '还没有冻结预期而又开工的续建项目',
          },
        ]}
      />
      <Investment />
    </>
  )
}

/** Big projects without their two officers, before everything else. */
function Violations() {
  const { data } = useViolations()
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="panel project-violations" aria-label="配备违规清单">
      <h2>配备违规清单</h2>
      <ul>
        {data.items.map(({ project, faults, amountFen, appointBy, overdue }) => (
          <li key={project.id}>
            <Link to={`/w/projects/${project.id}`}>{project.name}</Link> {moneyText(amountFen)}：
            {faults.map(({ words }) => words).join('；')}
            {appointBy && (
              <span className={overdue ? 'tag tag-bad' : 'tag'}>
                {overdue ? `■ 已过期限 ${appointBy}` : `期限 ${appointBy}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
