import { LIAISON_DUTY, VISIT_KIND, VISIT_PURPOSE, type VisitKind } from '@banjie/contract'
import { Fragment, useId, useState } from 'react'
import { Segments } from '../../form/choice-field.tsx'
import { Combobox } from '../../form/combobox.tsx'
import type { ApiFault } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { usePeople } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TickList } from '../page/tick-list.tsx'
import { type NamedTarget, useCampaignTags, useTargets } from './query.ts'
import { TargetPicker } from './target-picker.tsx'
import { VisitCases } from './visit-cases.tsx'
import { type BLANK, bodyOf, emptyDraft, useVisitDraft, type VisitDraft } from './visit-draft.ts'
import { VisitFiles } from './visit-files.tsx'
import { dropVisit, sendVisit, type VisitFile, type WaitingVisit } from './visit-outbox.ts'

const KINDS = Object.entries(VISIT_KIND).map(([value, label]) => ({ value, label }))
const DUTIES = Object.values(LIAISON_DUTY).map((word) => [word, word] as const)

interface VisitFormProps {
  readonly session: Session
  /** Known where the form is opened from a duty or a target. */
  readonly target: NamedTarget | undefined
  readonly kind?: VisitKind
  /** One that was refused, to be put right. */
  readonly refused?: WaitingVisit | undefined
  readonly close: () => void
}

/**
 * A visit (走访), written down on the way out: whom, how and when are filled in already; a sentence, a photo or a voice note is enough. The device
 * names the record once and keeps it, so that it is sent once, with or without a network.
 */
export function VisitForm({ session, target, kind = 'onSite', refused, close }: VisitFormProps) {
  const [clientId] = useState(() => refused?.body.clientId ?? (crypto.randomUUID() as string))
  const start = refused?.draft ?? emptyDraft(session, target?.id, kind)
  const { draft, change, isRestored, forget } = useVisitDraft(
    `${session.personId} ${refused ? clientId : target?.id}`,
    start,
  )
  const [files, setFiles] = useState<readonly VisitFile[]>(refused?.files ?? [])
  const [isSending, setSending] = useState(false)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const top = useFocusOnce<HTMLElement>()
  const words = useId()
  const targets = useTargets({}, target === undefined)
  const { targetId } = draft
  const campaigns = useCampaignsOf({ draft, change })
  const name = target?.name ?? targets.data?.items.find(({ id }) => id === targetId)?.name ?? '对象'
  async function send() {
    if (targetId === undefined) return
    setSending(true)
    setFault(null)
    const body = bodyOf(draft, { clientId, targetId, campaigns: campaigns.chosen })
    const sent = await sendVisit({ personId: session.personId, target: name, body, draft, files, refused: null })
    setSending(false)
    if (sent.state === 'refused') return setFault(sent.fault)
    await forget()
    announce(sent.state === 'waiting' ? `没有网络，走访${name}已存在本机，联网后自动送达` : toldOf(sent.visit))
    close()
  }
  async function cancel() {
    await forget()
    close()
  }
  const title = target === undefined ? '记走访' : `记走访：${target.name}`
  return (
    <section ref={top} tabIndex={-1} className="panel panel-form visit-form" aria-label={title}>
      <h2>{title}</h2>
      {isRestored && <p className="hint">上次没有写完的已经填上；不要了就点“取消”。</p>}
      <form
        className="visit-fields"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {target === undefined && (
          <TargetPicker
            label="走访对象"
            chosen={targetId}
            choose={(id) => change({ targetId: id, caseIds: [], verdicts: {} })}
          />
        )}
        <div className="field">
          <span className="field-label" id={`${words}-kind`}>
            方式
          </span>
          <Segments
            {...{
              id: `${words}-kinds`,
              labelledBy: `${words}-kind`,
              required: true,
              options: KINDS,
              value: draft.kind,
            }}
            choose={(value) => value !== undefined && change({ kind: value as VisitKind })}
          />
        </div>
        <PlainField label="日期" type="date" value={draft.on} set={(on) => change({ on })} />
        <Officials chosen={draft.officials} choose={(officials) => change({ officials })} />
        <Words
          {...{ label: '情况', optional: true, value: draft.note, rows: 2, placeholder: '一句话即可' }}
          set={(note) => change({ note })}
        />
        <VisitFiles files={files} set={setFiles} />
        {targetId !== undefined && <VisitCases targetId={targetId} draft={draft} change={change} />}
        <Problems draft={draft} change={change} />
        {campaigns.options.length > 0 && (
          <TickList
            {...{ label: '记入活动', options: campaigns.options, chosen: campaigns.chosen, choose: campaigns.choose }}
            hint="可以勾几个，只计一次走访"
          />
        )}
        <More draft={draft} change={change} />
        <div className="panel-acts">
          <button
            type="submit"
            className="button button-primary"
            disabled={targetId === undefined || draft.officials.length === 0 || draft.on === '' || isSending}
          >
            {isSending ? '正在保存…' : '保存'}
          </button>
          {refused && (
            <button type="button" className="button" onClick={() => void dropVisit(clientId).then(cancel)}>
              删除
            </button>
          )}
          <button type="button" className="button" onClick={() => void cancel()}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={fault} />
    </section>
  )
}

/** The campaigns of the day: those in whose scope the target is are ticked already, until somebody decides otherwise. */
function useCampaignsOf({ draft: { on, targetId, decided }, change }: DraftProps) {
  const items = useCampaignTags(on, targetId).data?.items ?? []
  return {
    options: items.map(({ tag, title }) => [tag, title] as const),
    chosen: items.filter(({ tag, suits }) => decided[tag] ?? suits).map(({ tag }) => tag),
    choose: (tags: readonly string[]) =>
      change({ decided: Object.fromEntries(items.map(({ tag }) => [tag, tags.includes(tag)])) }),
  }
}

function toldOf({ ordinal, cases, target }: (Awaited<ReturnType<typeof sendVisit>> & { state: 'delivered' })['visit']) {
  const opened = cases.filter(({ raised }) => raised).map(({ number }) => number)
  return `已送达：第 ${ordinal} 次走访${target.name}${opened.length > 0 ? `，立件 ${opened.join('、')}` : ''}`
}

export interface DraftProps {
  readonly draft: VisitDraft
  readonly change: (part: Partial<VisitDraft>) => void
}
function Problems({ draft: { problems }, change }: DraftProps) {
  return (
    <>
      {problems.map((problem, i) => {
        const put = (part: Partial<typeof problem>) =>
          change({ problems: problems.map((one, at) => (at === i ? { ...one, ...part } : one)) })
        return (
          <Fragment key={`problem ${i + 1}`}>
            <Words
              {...{ label: `问题 ${i + 1}`, value: problem.content, rows: 2 }}
              placeholder="保存后即立件，按诉求交办、答复"
              set={(content) => put({ content })}
            />
            <PlainField
              {...{ label: `问题 ${i + 1} 属于哪个方面`, optional: true, value: problem.aspect, maxLength: 30 }}
              set={(aspect) => put({ aspect })}
            />
          </Fragment>
        )
      })}
      <button
        type="button"
        className="button"
        onClick={() => change({ problems: [...problems, { content: '', aspect: '' }] })}
      >
        {problems.length === 0 ? '反映了问题' : '再加一个问题'}
      </button>
    </>
  )
}

function More({ draft: { more, purpose, mayQuote, duties }, change }: DraftProps) {
  const setIn = (name: keyof typeof BLANK) => (value: string) => change({ more: { ...more, [name]: value } })
  return (
    <details className="visit-more">
      <summary>更多（目的、帮办、送政策、原话）</summary>
      <div className="visit-fields">
        <SelectField label="目的" value={purpose} set={(value) => change({ purpose: value })} words={VISIT_PURPOSE} />
        <PlainField label="地点" optional value={more.place} set={setIn('place')} maxLength={100} />
        <PlainField label="对方在场人" optional value={more.present} set={setIn('present')} maxLength={100} />
        <Words label="帮办、代办了什么" optional value={more.services} set={setIn('services')} rows={2} />
        <Words label="送了什么政策" optional value={more.policies} set={setIn('policies')} rows={2} />
        <Words label="查到的实情" optional value={more.facts} set={setIn('facts')} rows={2} />
        <Words label="发展的愿望" optional value={more.wishes} set={setIn('wishes')} rows={2} />
        <Words label="对方原话" optional value={more.quote} set={setIn('quote')} rows={2} />
        {more.quote.trim() !== '' && (
          <label className="check">
            <input
              type="checkbox"
              checked={mayQuote}
              onChange={(event) => change({ mayQuote: event.target.checked })}
            />
            <span>对方同意引用</span>
          </label>
        )}
        <TickList label="作为" options={DUTIES} chosen={duties} choose={(words) => change({ duties: words })} />
      </div>
    </details>
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
export const Words = ({ label, value, set, rows, optional = false, placeholder }: WordsProps) => (
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
