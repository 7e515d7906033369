import { type ReactNode, useId } from 'react'
import { columnText, weekdayText } from '../../shared/moment.ts'
import { quantityText } from '../../shared/quantity.ts'
import type { Kase } from '../../shared/shape.ts'

const INTAKE = '受理中心'

function Box({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className="box" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** What was judged, planned and advised (合理性判断、分步计划、法律意见); only what is there. */
export function JudgementBoxes({ kase: { judgement, plan, ways } }: { readonly kase: Kase }) {
  return (
    <>
      {judgement && (
        <Box title="合理性判断">
          <p>
            <span className={`tag ${judgement.reasonable ? 'tag-good' : 'tag-bad'}`}>
              {judgement.reasonable ? '诉求合理' : '诉求不合理'}
            </span>{' '}
            {judgement.author}
            {judgement.reviewer === null
              ? '，尚未复核'
              : `，${judgement.reviewer} 复核${judgement.agreed ? '同意' : '不同意'}`}
          </p>
          <p className="box-text">{judgement.basis}</p>
        </Box>
      )}
      {plan.length > 0 && (
        <Box title="分步计划">
          <ol className="box-plan">
            {plan.map(({ text, on }) => (
              <li key={`${on} ${text}`}>
                <time dateTime={on}>{weekdayText(on)}</time>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </Box>
      )}
      {ways.length > 0 && (
        <Box title="法律意见">
          {ways.map(({ way, opinion, lawful, by }) => (
            <div key={`${by} ${way}`} className="box-way">
              <p>
                <span className={`tag ${lawful ? 'tag-good' : 'tag-bad'}`}>{lawful ? '合法合规' : '不合法合规'}</span>{' '}
                {way}
              </p>
              <p className="box-text">{opinion}</p>
              <p className="muted">{by}</p>
            </div>
          ))}
        </Box>
      )}
    </>
  )
}

/** What came of it in figures (成效). */
export function OutcomeBox({ kase: { quantities, beneficiaries } }: { readonly kase: Kase }) {
  if (quantities.length === 0 && beneficiaries === null) return null
  return (
    <Box title="成效">
      <ul className="box-figures">
        {quantities.map((quantity) => (
          <li key={quantityText(quantity)}>{quantityText(quantity)}</li>
        ))}
        {beneficiaries !== null && <li>受益 {beneficiaries.toLocaleString('zh-CN')} 人</li>}
      </ul>
    </Box>
  )
}

/** Who had the case for how long, and who refused it (各单位用时、退单争议). */
export function TimeBoxes({ kase: { unitTimes, disputes } }: { readonly kase: Kase }) {
  const used = unitTimes.filter(({ workingHours }) => workingHours > 0)
  const most = Math.max(...used.map(({ workingHours }) => workingHours), 0)
  return (
    <>
      {used.length > 0 && (
        <Box title="各单位用时">
          <ul className="box-times">
            {used.map(({ unit, workingHours }) => (
              <li key={unit?.id ?? INTAKE}>
                <span>{unit?.name ?? INTAKE}</span>
                <span className="box-bar" aria-hidden="true">
                  <i style={{ width: `${(workingHours / most) * 100}%` }} />
                </span>
                <span className="number">{workingHours} 工作小时</span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {disputes.length > 0 && (
        <Box title="退单争议">
          <ul className="box-disputes">
            {disputes.map(({ byUnit, from, to, chargedTo }) => (
              <li key={from}>
                <b>{byUnit?.name ?? '—'}</b> 退单
                <span className="number">
                  {columnText(from)} — {to === null ? '待裁定' : columnText(to)}
                </span>
                {chargedTo && <span>用时计入 {chargedTo.name}</span>}
              </li>
            ))}
          </ul>
        </Box>
      )}
    </>
  )
}
