import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { type Answer, api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { useTitle } from '../page/title.ts'
import { bodyOf, emptySuccessor, type Plan, whatIsMissing } from './plan.ts'
import { Reorganised } from './reorganised.tsx'
import { SuccessorFields } from './successor-fields.tsx'
import '../page/page.css'
import './reorganise.css'

/** Reorganisation (机构改革): a unit ends, others take over its cases, its rows of the catalogue and its people. */
export function ReorganisePage() {
  const [plan, setPlan] = useState<Plan>(() => ({
    ...{ on: dayOf(new Date()), basis: '', unit: undefined, people: {} },
    successors: [{ ...emptySuccessor('1'), rest: true }],
  }))
  const [tried, setTried] = useState<{ of: Plan; answer: Answer<'reorganise'> } | null>(null)
  const change = (part: Partial<Plan>) => setPlan({ ...plan, ...part })
  const send = useSubmission(
    ({ dryRun }: { readonly dryRun: boolean }, key) => api('reorganise', { body: { ...bodyOf(plan), dryRun }, key }),
    {
      done: (answer) => {
        setTried({ of: plan, answer })
        if (answer.dryRun) return announce(`试算完成，涉及在办事项 ${sum(answer, 'cases')} 件`)
        announce('机构改革已执行，移交清单待接收单位签收')
        refreshLists()
        for (const queryKey of [['units'], ['people'], ['handovers']]) void queryClient.invalidateQueries({ queryKey })
      },
    },
  )
  useTitle('机构改革')
  const missing = whatIsMissing(plan)
  const result = tried?.of === plan ? tried.answer : null
  const last = tried?.answer ?? null
  return (
    <div className="page">
      <header className="page-head">
        <h1>机构改革</h1>
      </header>
      <p className="page-lead">
        撤销一个单位，由其他单位承接它的在办事项、分办目录和人员。已办结的事项留在原单位名下。先试算，看清楚再执行。
      </p>
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault()
          if (missing === null) send.mutate({ dryRun: true })
        }}
      >
        <div className="panel-grid">
          <Labelled label="撤销的单位">
            {({ id }) => (
              <UnitPicker
                id={id}
                chosen={plan.unit ? [plan.unit] : []}
                choose={([unit]) => change({ unit, people: {} })}
              />
            )}
          </Labelled>
          <Labelled label="生效日期">
            {(field) => (
              <input
                {...field}
                type="date"
                className="input"
                value={plan.on}
                onChange={(event) => change({ on: event.target.value })}
              />
            )}
          </Labelled>
          <Labelled label="依据">
            {(field) => (
              <input
                {...field}
                className="input"
                maxLength={200}
                placeholder="机构改革方案、文号"
                value={plan.basis}
                onChange={(event) => change({ basis: event.target.value })}
              />
            )}
          </Labelled>
        </div>
        {plan.successors.map((successor, place) => (
          <SuccessorFields
            key={successor.id}
            successor={successor}
            place={place}
            change={(part) =>
              change({
                successors: plan.successors.map((one) =>
                  // The rest goes to one of them.
                  one.id === successor.id ? { ...one, ...part } : part.rest === true ? { ...one, rest: false } : one,
                ),
              })
            }
            remove={
              plan.successors.length > 1
                ? () => change({ successors: plan.successors.filter(({ id }) => id !== successor.id) })
                : undefined
            }
          />
        ))}
        <div className="panel-acts">
          <button
            type="button"
            className="button"
            onClick={() => change({ successors: [...plan.successors, emptySuccessor(crypto.randomUUID())] })}
          >
            增加承接单位
          </button>
          <button type="submit" className="button" disabled={missing !== null || send.isPending}>
            {send.isPending ? '正在试算…' : '试算'}
          </button>
          {missing !== null && <span className="hint">{missing}</span>}
        </div>
        <FaultNotice fault={send.error} />
      </form>
      {last !== null && (
        <>
          {result === null && <p className="notice notice-warn">内容已改，下面是改动以前的试算，请重新试算。</p>}
          {!last.dryRun && <p className="notice notice-ok">已执行。移交清单待接收单位负责人在“人员移交”中签收。</p>}
          <Reorganised
            reorganised={last}
            people={plan.people}
            send={last.dryRun ? (person, code) => change({ people: { ...plan.people, [person]: code } }) : undefined}
          />
          {result?.dryRun === true && (
            <div className="panel-acts">
              <Confirm label="执行" busy={send.isPending} run={() => send.mutate({ dryRun: false })}>
                {`撤销${result.units.map(({ unit }) => unit.name).join('、')}：${sum(result, 'cases')} 件在办事项、${sum(result, 'catalogueRows')} 条分办目录、${sum(result, 'posts')} 个任职转到承接单位。执行后不能撤销。`}
              </Confirm>
            </div>
          )}
        </>
      )}
    </div>
  )
}

const sum = ({ units }: Answer<'reorganise'>, part: 'cases' | 'catalogueRows' | 'posts') =>
  units.reduce((total, unit) => total + unit[part].length, 0)
