import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { weekdayText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { monthText, standingOf, wordsOf } from './entry.ts'
import { BLANK_ERRAND, ErrandFields, isReady, sentOf } from './errand-fields.tsx'
import { type Entry, type Preview, refreshContacts, usePreview } from './query.ts'

interface PlanFormProps {
  readonly target: { readonly id: string; readonly name: string }
  readonly day: string
  readonly unit: string | null
  readonly close: () => void
}

/** Planning a contact (计划接触): who else comes is shown before anything is stored, and going together is one button. */
export function PlanForm({ target, day, unit, close }: PlanFormProps) {
  const [on, setOn] = useState(day)
  const [errand, setErrand] = useState(BLANK_ERRAND)
  const [reason, setReason] = useState('')
  const { kind, statutory } = errand
  const { data: told } = usePreview(
    { target: target.id, on, kind, statutory: statutory ? 'true' : 'false' },
    /^\d{4}-\d{2}-\d{2}$/.test(on),
  )
  const close_ = (words: string) => () => {
    announce(words)
    refreshContacts()
    close()
  }
  const save = useSubmission((body: Request<'newContactPlan'>['body'], key) => api('newContactPlan', { body, key }), {
    done: close_(`已计划 ${weekdayText(on)} 到${target.name}`),
  })
  const join = useSubmission(
    ({ id, ...body }: Request<'joinContact'>['body'] & { id: string }, key) =>
      api('joinContact', { params: { id }, body, key }),
    { done: close_('已合并，同去一次') },
  )
  const reasoned = told?.needsReason !== true || reason.trim() !== ''
  return (
    <PanelForm
      {...{ title: `计划接触：${target.name}`, act: '仍单独去，保存计划', sending: save, close }}
      {...((told === undefined || told.near.length === 0) && { act: '保存计划' })}
      ready={isReady(errand) && on !== '' && told?.refused !== true && reasoned}
      submit={() =>
        save.mutate({ ...sentOf(errand), targetId: target.id, on, ...(told?.needsReason === true && { reason }) })
      }
    >
      <PlainField
        {...{ label: '日期', type: 'date', value: on, set: setOn }}
        {...(unit !== null && { hint: `以${unit}的名义` })}
      />
      <ErrandFields errand={errand} set={setErrand} />
      {told && (
        <Told
          told={told}
          ready={isReady(errand) && !join.isPending}
          join={({ id }) => join.mutate({ ...sentOf(errand), id })}
        />
      )}
      {told?.needsReason === true && !told.refused && (
        <PlainField
          {...{ label: '为何还要再去', value: reason, set: setReason, maxLength: 200 }}
          hint="超过本月预算，理由会记在日历上"
        />
      )}
      <FaultNotice fault={join.error} />
    </PanelForm>
  )
}

interface ToldProps {
  readonly told: Preview
  readonly ready: boolean
  readonly join: (entry: Entry) => void
}
/** What the planner should know first. */
function Told({ told, ready, join }: ToldProps) {
  const { month, near, around, quiet, limit, refused } = told
  return (
    <section className="contact-told" aria-label="计划前先看" aria-live="polite">
      {refused && quiet !== null && (
        <p className="notice notice-bad">
          ■ 企业已说明 {quiet.from} 至 {quiet.to} 免打扰：“{quiet.words}”（{quiet.by}
          登记）。请改期；法定检查请勾选并写明依据。
        </p>
      )}
      {!refused && quiet !== null && (
        <p className="notice notice-warn">
          ▲ {quiet.from} 至 {quiet.to} 企业要求免打扰，法定检查可以去，请尽量与别的检查合并。
        </p>
      )}
      {told.overBudget ? (
        <p className="notice notice-warn">
          ▲ {monthText(month.month)}已有 {month.used} 次接触，预算是 {month.budget} 次，再去就超了。
        </p>
      ) : (
        <p className="hint">
          {monthText(month.month)}已有 {month.used} 次接触，预算 {month.budget} 次。
        </p>
      )}
      {near.length > 0 && !refused && (
        <div className="notice notice-ok">
          <p>前后 {limit.nearDays} 天内别的单位要去，可以同去一次：</p>
          <ul>
            {near.map((entry) => (
              <li key={entry.id} className="contact-near">
                <span>
                  {weekdayText(entry.on)} {wordsOf(entry)}：{entry.units[0]?.purpose}
                </span>
                <button
                  type="button"
                  className="button button-small button-primary"
                  disabled={!ready}
                  onClick={() => join(entry)}
                >
                  合并到这次
                </button>
              </li>
            ))}
          </ul>
          {!ready && <p className="hint">先写明来意，再合并。</p>}
        </div>
      )}
      {around.length > 0 && (
        <details open={told.overBudget}>
          <summary>
            前后 {limit.windowDays} 天有 {around.length} 次接触
          </summary>
          <ul className="contact-around">
            {around.map((entry) => (
              <li key={entry.id}>
                <span aria-hidden="true">{standingOf(entry).shape}</span> {entry.on} {wordsOf(entry)}：
                {entry.units.map(({ purpose }) => purpose).join('；')}（{standingOf(entry).word}）
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
