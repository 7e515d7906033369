import { LIAISON_DUTY, VISIT_KIND, VISIT_PURPOSE, type VisitKind, type VisitPurpose } from '@banjie/contract'
import { Fragment, useId, useState } from 'react'
import { Segments } from '../../form/choice-field.tsx'
import { Combobox } from '../../form/combobox.tsx'
import { api, type Request } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { dayOf } from '../../shared/moment.ts'
import { usePeople } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TickList } from '../page/tick-list.tsx'
import { type NamedTarget, refreshDuties, useCampaignTags, useTargets } from './query.ts'

type Body = Request<'newVisit'>['body']
const KINDS = Object.entries(VISIT_KIND).map(([value, label]) => ({ value, label }))
const DUTIES = Object.values(LIAISON_DUTY).map((word) => [word, word] as const)
const BLANK = { place: '', present: '', policies: '', facts: '', wishes: '', quote: '' }

interface VisitFormProps {
  readonly session: Session
  /** Known where the form is opened from a duty or a target. */
  readonly target: NamedTarget | undefined
  readonly kind?: VisitKind
  readonly close: () => void
}

/**
 * A visit (走访), written down on the way out: whom, how and when are filled in already; a sentence is enough. The device names the record once,
 * so that sending it again after a lost answer makes no second one.
 */
export function VisitForm({ session, target, kind: first = 'onSite', close }: VisitFormProps) {
  const [clientId] = useState(() => crypto.randomUUID() as string)
  const [targetId, setTargetId] = useState<string | undefined>(target?.id)
  const [kind, setKind] = useState<VisitKind>(first)
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [officials, setOfficials] = useState<readonly string[]>([session.personId])
  const [note, setNote] = useState('')
  const [problems, setProblems] = useState<readonly { readonly content: string; readonly aspect: string }[]>([])
  const [purpose, setPurpose] = useState<VisitPurpose>('collect')
  const [mayQuote, setMayQuote] = useState(false)
  const [more, setMore] = useState(BLANK)
  const [duties, setDuties] = useState<readonly string[]>([])
  const campaigns = useCampaignsOf(on, targetId)
  const top = useFocusOnce<HTMLElement>()
  const words = useId()
  const save = useSubmission((body: Body, key) => api('newVisit', { body, key }), {
    done: ({ ordinal, cases, target: visited }) => {
      const opened = cases.filter(({ raised }) => raised).map(({ number }) => number)
      announce(`已登记第 ${ordinal} 次走访${visited.name}${opened.length > 0 ? `，立件 ${opened.join('、')}` : ''}`)
      refreshDuties()
      close()
    },
  })
  const setIn = (name: keyof typeof BLANK) => (value: string) => setMore((before) => ({ ...before, [name]: value }))
  const send = () => {
    if (targetId === undefined) return
    save.mutate({
      ...{ clientId, targetId, kind, on, purpose, note, mayQuote, ...more, officials: [...officials] },
      tags: [...campaigns.chosen, ...duties],
      problems: problems.filter(({ content }) => content.trim() !== ''),
    })
  }
  const title = target === undefined ? '记走访' : `记走访：${target.name}`
  return (
    <section ref={top} tabIndex={-1} className="panel panel-form visit-form" aria-label={title}>
      <h2>{title}</h2>
      <form
        className="visit-fields"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {target === undefined && <TargetField chosen={targetId} choose={setTargetId} />}
        <div className="field">
          <span className="field-label" id={`${words}-kind`}>
            方式
          </span>
          <Segments
            {...{ id: `${words}-kinds`, labelledBy: `${words}-kind`, required: true, options: KINDS, value: kind }}
            choose={(value) => value !== undefined && setKind(value as VisitKind)}
          />
        </div>
        <PlainField label="日期" type="date" value={on} set={setOn} />
        <Officials chosen={officials} choose={setOfficials} />
        <Words label="情况" optional value={note} set={setNote} rows={2} placeholder="一句话即可" />
        {problems.map((problem, i) => {
          const change = (part: Partial<typeof problem>) =>
            setProblems(problems.map((one, at) => (at === i ? { ...one, ...part } : one)))
          return (
            <Fragment key={`problem ${i + 1}`}>
              <Words
                {...{ label: `问题 ${i + 1}`, value: problem.content, rows: 2 }}
                placeholder="保存后即立件，按诉求交办、答复"
                set={(content) => change({ content })}
              />
              <PlainField
                {...{ label: `问题 ${i + 1} 属于哪个方面`, optional: true, value: problem.aspect, maxLength: 30 }}
                set={(aspect) => change({ aspect })}
              />
            </Fragment>
          )
        })}
        <button
          type="button"
          className="button"
          onClick={() => setProblems([...problems, { content: '', aspect: '' }])}
        >
          {problems.length === 0 ? '反映了问题' : '再加一个问题'}
        </button>
        {campaigns.options.length > 0 && (
          <TickList
            {...{ label: '记入活动', options: campaigns.options, chosen: campaigns.chosen, choose: campaigns.choose }}
            hint="可以勾几个，只计一次走访"
          />
        )}
        <details className="visit-more">
          <summary>更多（地点、送政策、原话）</summary>
          <div className="visit-fields">
            <SelectField label="目的" value={purpose} set={setPurpose} words={VISIT_PURPOSE} />
            <PlainField label="地点" optional value={more.place} set={setIn('place')} maxLength={100} />
            <PlainField label="对方在场人" optional value={more.present} set={setIn('present')} maxLength={100} />
            <Words label="送了什么政策" optional value={more.policies} set={setIn('policies')} rows={2} />
            <Words label="查到的实情" optional value={more.facts} set={setIn('facts')} rows={2} />
            <Words label="发展的愿望" optional value={more.wishes} set={setIn('wishes')} rows={2} />
            <Words label="对方原话" optional value={more.quote} set={setIn('quote')} rows={2} />
            {more.quote.trim() !== '' && (
              <label className="check">
                <input type="checkbox" checked={mayQuote} onChange={(event) => setMayQuote(event.target.checked)} />
                <span>对方同意引用</span>
              </label>
            )}
            <TickList label="作为" options={DUTIES} chosen={duties} choose={setDuties} />
          </div>
        </details>
        <div className="panel-acts">
          <button
            type="submit"
            className="button button-primary"
            disabled={targetId === undefined || officials.length === 0 || on === '' || save.isPending}
          >
            {save.isPending ? '正在保存…' : '保存'}
          </button>
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={save.error} />
    </section>
  )
}

/** The campaigns of the day: those in whose scope the target is are ticked already, until somebody decides otherwise. */
function useCampaignsOf(on: string, target: string | undefined) {
  const [decided, setDecided] = useState<ReadonlyMap<string, boolean>>(new Map())
  const items = useCampaignTags(on, target).data?.items ?? []
  const chosen = items.filter(({ tag, suits }) => decided.get(tag) ?? suits).map(({ tag }) => tag)
  return {
    options: items.map(({ tag, title }) => [tag, title] as const),
    chosen,
    choose: (tags: readonly string[]) => setDecided(new Map(items.map(({ tag }) => [tag, tags.includes(tag)]))),
  }
}

function TargetField({
  chosen,
  choose,
}: {
  readonly chosen: string | undefined
  readonly choose: (id: string | undefined) => void
}) {
  const { data, isPending } = useTargets({})
  return (
    <Labelled label="走访对象">
      {({ id }) => (
        <Combobox
          {...{ id, loading: isPending, placeholder: '输入名称查找' }}
          options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          chosen={chosen === undefined ? [] : [chosen]}
          choose={([one]) => choose(one)}
        />
      )}
    </Labelled>
  )
}

function Officials({
  chosen,
  choose,
}: {
  readonly chosen: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}) {
  const { data, isPending } = usePeople(undefined)
  return (
    <Labelled label="走访人">
      {({ id }) => (
        <Combobox
          {...{ id, chosen, choose, multiple: true, loading: isPending, placeholder: '还有谁一起去' }}
          options={(data?.items ?? []).map((one) => ({
            value: one.id,
            label: one.name,
            hint: [one.unitName, one.post].filter(Boolean).join(' · '),
          }))}
        />
      )}
    </Labelled>
  )
}

interface WordsProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
  readonly rows: number
  readonly optional?: boolean
  readonly placeholder?: string
}
const Words = ({ label, value, set, rows, optional = false, placeholder }: WordsProps) => (
  <Labelled label={label} optional={optional}>
    {(field) => (
      <textarea
        {...field}
        {...{ rows, placeholder, value }}
        className="input textarea"
        onChange={(event) => set(event.target.value)}
      />
    )}
  </Labelled>
)
