import { moneyText } from '@banjie/contract'
import { useState } from 'react'
import type { Answer } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { InvestmentForm } from './investment-form.tsx'
import { useInvestment } from './query.ts'

type Targets = Answer<'investmentTargets'>

/** A year's investment targets (招商目标): how each is counted, how far it is, which projects make it; and putting up the next version. */
export function Investment() {
  const [now] = useState(() => Number(dayOf(new Date()).slice(0, 4)))
  const [year, setYear] = useState(now)
  const { data, error, isPending, refetch } = useInvestment(year)
  const [isOpen, setOpen] = useState(false)
  const years = [now + 1, now, now - 1, now - 2]
  return (
    <section className="panel project-investment" aria-label="招商目标">
      <header className="project-investment-head">
        <h2>{year} 年招商目标</h2>
        <SelectField
          label="年度"
          value={String(year)}
          set={(one) => setYear(Number(one))}
          words={Object.fromEntries(years.map((one) => [one, `${one} 年`]))}
        />
        {data?.mayKeep && (
          <button type="button" className="button button-small no-print" onClick={() => setOpen(true)}>
            {data.version === 0 ? '发布招商目标' : '发布新版本'}
          </button>
        )}
      </header>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={3} />}
      {isOpen && data && <InvestmentForm key={`${year} ${data.version}`} known={data} close={() => setOpen(false)} />}
      {data && <Items targets={data} />}
    </section>
  )
}

const Items = ({ targets }: { readonly targets: Targets }) => {
  const { year, version, basis, by, items, agents, out } = targets
  if (version === 0)
    return <p className="muted">还没有发布 {year} 年的招商目标。发布后，完成数由当年签约的项目计算，不用填报。</p>
  return (
    <>
      <p className="hint">
        第 {version} 版，依据“{basis}”，{by}发布。完成数由签约日期在当年的项目计算。
      </p>
      <ul className="project-kpis">
        {items.map((item) => (
          <li key={item.title}>
            <span>
              {item.title} <b>{item.done}</b>/{item.needed} 个
              {item.done >= item.needed && <span className="tag tag-good">已完成</span>}
            </span>
            <meter min={0} max={item.needed} value={item.done} aria-label={`${item.title}完成情况`} />
            <details>
              <summary>{item.words}</summary>
              <ul>
                {item.projects.map((one) => (
                  <li key={one.id}>
                    <Link to={`/w/projects/${one.id}`}>{one.name}</Link> {moneyText(one.amountFen)} · {one.signedOn}
                  </li>
                ))}
                {item.projects.length === 0 && <li className="muted">还没有签约项目。</li>}
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {agents.length > 0 && (
        <p className="hint">
          社会招商：
          {agents
            .map(({ agent, projects, amountFen }) => `${agent} ${projects} 个，${moneyText(amountFen)}`)
            .join('；')}
        </p>
      )}
      {out.length > 0 && <p className="hint">不计：{out.map(({ name, note }) => `${name}（${note}）`).join('、')}</p>}
    </>
  )
}
