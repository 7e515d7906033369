import { PLAN_LACK, PROGRESS_LIGHT } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { PlanTree } from './plan-tree.tsx'
import { PlanUpload } from './plan-upload.tsx'
import { type Plan, refreshPlans, usePlan, usePlans } from './query.ts'
import '../page/page.css'
import './plan.css'

const KEEPERS = ['supervisor', 'admin'] as const

/** The year's battle map (作战图): what, who, by when, who checks, and how far it is today. */
export function PlanPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const { data: plans, error: lost } = usePlans()
  const asked = place.query.get('plan')
  const chosen = plans?.items.find(({ id }) => id === asked) ?? plans?.items[0]
  const { data: plan, error, refetch } = usePlan(chosen?.id)
  useTitle(plan?.title ?? '作战图')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  const light = place.query.get('light')
  return (
    <div className="page page-wide plan-page">
      {(lost ?? error) && <ErrorView error={(lost ?? error) as Error} retry={() => void refetch()} />}
      {plans?.items.length === 0 && <EmptyView>还没有编制作战图。由督查室在下面编制，或者从表格导入。</EmptyView>}
      {plans && plans.items.length > 1 && (
        <nav className="chips no-print" aria-label="各年作战图">
          {plans.items.map(({ id, year, title }) => (
            <Link
              key={id}
              to={`/w/plan?plan=${id}`}
              className={`button button-small ${id === chosen?.id ? 'is-on' : ''}`}
            >
              {year} {title}
            </Link>
          ))}
        </nav>
      )}
      {chosen !== undefined && plan === undefined && !error && <Skeleton rows={8} className="skeleton-table" />}
      {plan && (
        <>
          <Head plan={plan} />
          {plan.state === 'published' && <Lights plan={plan} />}
          {light !== null && light in PROGRESS_LIGHT && (
            <p className="notice no-print">
              只看“{PROGRESS_LIGHT[light as keyof typeof PROGRESS_LIGHT]}”的目标。{' '}
              <Link to={withQuery(place, { light: null })}>看全部</Link>
            </p>
          )}
          {plan.may.edit && <Lacking plan={plan} />}
          <PlanTree plan={plan} light={light} />
          {plan.may.edit && <NewField plan={plan} />}
          {plan.may.edit && plan.fields.length === 0 && (
            <section className="panel no-print" aria-label="从表格导入">
              <h2>或者从表格导入</h2>
              <PlanUpload into={{ planId: plan.id }} />
            </section>
          )}
          <p className="plan-legend">
            粗框为关键任务；红色竖线为时间红线；虚线为今天；横条按最迟开工到最迟完成画，填色为已完成。
          </p>
        </>
      )}
      {plans && keeps && <NewPlan />}
    </div>
  )
}

function Head({ plan }: { readonly plan: Plan }) {
  const publish = useSubmission((_: object, key) => api('publishPlan', { params: { id: plan.id }, key }), {
    done: () => {
      announce('作战图已公布')
      refreshPlans()
    },
  })
  return (
    <>
      <header className="page-head">
        <h1>
          {plan.year} 年{plan.title}{' '}
          <span className={`tag ${plan.state === 'published' ? 'tag-good' : ''}`}>{plan.stateLabel}</span>
        </h1>
        <div className="page-acts no-print">
          {plan.state === 'published' && (
            <Link to={`/w/plan/orders?plan=${plan.id}`} className="button button-small">
              责任树
            </Link>
          )}
          <Link to="/w/plan/changes" className="button button-small">
            待批变更
          </Link>
          <a className="button button-small" href={`/api/v1/plans/${plan.id}/workbook`} download>
            导出表格
          </a>
          <button type="button" className="button button-small" onClick={() => window.print()}>
            打印 A3 图
          </button>
        </div>
      </header>
      <p className="page-lead">
        {[
          plan.banner,
          plan.publishedAt && `${plan.publishedBy} ${dayOf(plan.publishedAt)} 公布`,
          `截至 ${plan.today}`,
          '进度由对象和点检算出，不能填写',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {plan.may.publish && (
        <div className="no-print">
          <Confirm label="公布" busy={publish.isPending} run={() => publish.mutate({})}>
            公布后开始计进度，目标只能报批变更。
          </Confirm>
          <FaultNotice fault={publish.error} />
        </div>
      )}
    </>
  )
}

const LIGHTS = ['red', 'yellow', 'green', 'done'] as const
const Lights = ({ plan }: { readonly plan: Plan }) => (
  <FigureList
    label="目标的灯"
    figures={LIGHTS.map((light) => ({
      ...{ label: PROGRESS_LIGHT[light], value: plan.lights[light], unit: '个目标' },
      ...{ bad: light === 'red' && plan.lights.red > 0, to: `/w/plan?plan=${plan.id}&light=${light}` },
    }))}
  />
)

const Lacking = ({ plan }: { readonly plan: Plan }) =>
  plan.lacking.length === 0 ? null : (
    <section className="notice notice-warn no-print" aria-label="四定不全">
      <p>还有 {plan.lacking.length} 项四定不全，补全之前不能公布：</p>
      <ul>
        {plan.lacking.map(({ id, title, lacks }) => (
          <li key={id}>
            {title}：缺{lacks.map((lack) => PLAN_LACK[lack]).join('、')}
          </li>
        ))}
      </ul>
    </section>
  )

function NewField({ plan }: { readonly plan: Plan }) {
  const [name, setName] = useState('')
  const save = useSubmission(
    (body: { name: string }, key) => api('newPlanField', { params: { id: plan.id }, body, key }),
    {
      done: () => {
        setName('')
        refreshPlans()
      },
    },
  )
  return (
    <form
      className="panel no-print"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ name })
      }}
    >
      <PlainField {...{ label: '加领域', value: name, set: setName, maxLength: 40 }} placeholder="如：民生保障" />
      <div className="panel-acts">
        <button type="submit" className="button" disabled={name.trim() === '' || save.isPending}>
          加入
        </button>
      </div>
      <FaultNotice fault={save.error} />
    </form>
  )
}

function NewPlan() {
  const [title, setTitle] = useState('')
  const [year, setYear] = useState(String(Number(dayOf(new Date()).slice(0, 4)) + 1))
  const save = useSubmission((body: { year: number; title: string }, key) => api('newPlan', { body, key }), {
    done: ({ id }) => {
      refreshPlans()
      go(`/w/plan?plan=${id}`)
    },
  })
  return (
    <details className="mapping no-print">
      <summary>编制新的作战图</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ year: Number(year), title })
        }}
      >
        <PlainField label="年度" type="number" value={year} set={setYear} />
        <PlainField {...{ label: '名称', value: title, set: setTitle, maxLength: 60 }} />
        <div className="panel-acts">
          <button type="submit" className="button" disabled={title.trim() === '' || save.isPending}>
            开始编制
          </button>
        </div>
      </form>
      <FaultNotice fault={save.error} />
      {title.trim() !== '' && (
        <>
          <p className="hint">已有表格的，可以直接导入成“{title}”：</p>
          <PlanUpload into={{ year, title }} />
        </>
      )}
    </details>
  )
}
