import { CHANNEL, URGENCY } from '@banjie/contract'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Attachments } from '../../form/attachments-field.tsx'
import { CategoryField } from '../../form/category-field.tsx'
import { Segments } from '../../form/choice-field.tsx'
import { CategoryPicker } from '../../form/pickers.tsx'
import { type ApiFault, api, type Request } from '../../shared/api.ts'
import { KeyMark } from '../../shared/key-mark.tsx'
import { groupNumber } from '../../shared/number.ts'
import { rememberCase } from '../../shared/query.ts'
import type { CaseAnswer, Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { usePlace } from '../router.ts'
import { RecurrenceNote, SimilarList } from '../suggestion/similar-list.tsx'
import { SuggestionBox } from '../suggestion/suggestion-box.tsx'
import { type SimilarCase, useSuggestion } from '../suggestion/use-suggestion.ts'
import { BLANK, bodyOf, type Channel, channelsOf, type Draft } from './draft.ts'
import { Check, Labelled, Plain } from './field.tsx'
import { Saved } from './saved.tsx'
import { SimilarActs } from './similar-acts.tsx'
import { SimilarPanel } from './similar-panel.tsx'
import { SourceFields } from './source-fields.tsx'

/** Register (登记): for whoever has the person on the phone or at the window; the words come first. */
export function RegisterPage({ session }: { readonly session: Session }) {
  const { query } = usePlace()
  const [draft, setDraft] = useState<Draft>(() => fromAddress(query))
  const [channel, setChannel] = useState<Channel>(() => firstChannel(session.roles))
  const [beside, setBeside] = useState<SimilarCase | null>(null)
  const [missing, setMissing] = useState(false)
  const [saved, setSaved] = useState<CaseAnswer | null>(null)
  const words = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const save = useSubmission((body: Request<'openCase'>['body'], key) => api('openCase', { body, key }), {
    done: (answer) => {
      rememberCase(answer)
      keep(answer)
      announce(`已登记，编号 ${groupNumber(answer.case.number)}`)
    },
  })
  const keep = (answer: CaseAnswer) => {
    setSaved(answer)
    setDraft(BLANK)
  }
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  useEffect(() => {
    document.title = '登记 · 工作台'
    words.current?.focus()
  }, [])
  const submit = (event?: FormEvent | KeyboardEvent) => {
    event?.preventDefault()
    const empty = draft.content.trim() === ''
    setMissing(empty)
    if (empty) words.current?.focus()
    else if (!save.isPending) save.mutate(bodyOf(draft, channel))
  }
  const suggestion = useSuggestion(draft.content, draft.address, draft.anonymous ? '' : draft.phone)
  const accept = () => {
    const [first] = suggestion?.categories ?? []
    if (suggestion) set({ ...(first && { category: first.id }), urgency: suggestion.urgency.value })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    if (event.ctrlKey || event.metaKey) submit(event)
    else if (event.altKey) {
      event.preventDefault()
      accept()
    }
  }
  const errors = errorsOf(save.error)
  const contentError = missing ? '请写明诉求内容' : errors['content']
  const categoryProps = {
    id: `${id}-category`,
    chosen: draft.category === '' ? [] : [draft.category],
    choose: (values: readonly string[]) => set({ category: values[0] ?? '' }),
  }
  if (saved) return <Saved answer={saved} again={() => setSaved(null)} />
  return (
    <form className="page register" noValidate onSubmit={submit} onKeyDown={press}>
      <header className="page-head">
        <h1>{draft.type === 'proposal' ? '登记建议' : '登记诉求'}</h1>
      </header>
      {save.error && Object.keys(errors).length === 0 && (
        <p className="notice notice-bad" role="alert">
          {save.error.message}
        </p>
      )}
      <div className="register-columns">
        <div className="register-main">
          <Segments
            id={`${id}-type`}
            labelledBy={`${id}-type-label`}
            required
            options={TYPES}
            value={draft.type}
            choose={(value) => set({ type: (value ?? 'appeal') as Draft['type'] })}
          />
          <span className="sr-only" id={`${id}-type-label`}>
            登记的是诉求还是建议
          </span>
          <Labelled
            id={`${id}-content`}
            label={draft.type === 'proposal' ? '建议内容' : '诉求内容'}
            error={contentError}
          >
            <textarea
              ref={words}
              id={`${id}-content`}
              className="input textarea register-text"
              aria-required
              aria-invalid={contentError !== undefined}
              aria-describedby={contentError === undefined ? undefined : `${id}-content-error`}
              placeholder="照原话记：什么事、在哪里、希望怎样解决"
              value={draft.content}
              onChange={(event) => set({ content: event.target.value })}
            />
          </Labelled>
          {suggestion && (
            <SuggestionBox
              suggestion={suggestion}
              category={draft.category}
              urgency={draft.urgency}
              choose={set}
              accept={accept}
            />
          )}
          <Labelled id={`${id}-category`} label="事项类别" optional error={errors['category']}>
            {suggestion === undefined ? (
              <CategoryField {...categoryProps} text={draft.content} />
            ) : (
              <CategoryPicker {...categoryProps} />
            )}
          </Labelled>
          <Labelled id={`${id}-address`} label="地点" optional error={errors['address']}>
            <input
              id={`${id}-address`}
              className="input"
              autoComplete="off"
              placeholder="街道、小区、楼号"
              value={draft.address}
              onChange={(event) => set({ address: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-files`} label="照片、录音" optional error={errors['attachmentIds']}>
            <Attachments
              id={`${id}-files`}
              max={9}
              chosen={draft.attachmentIds}
              choose={(attachmentIds) => set({ attachmentIds })}
            />
          </Labelled>
          {suggestion?.recurrence && <RecurrenceNote recurrence={suggestion.recurrence} />}
          {suggestion && (
            <SimilarList
              items={suggestion.similar}
              open={setBeside}
              acts={(one) => (
                <SimilarActs one={one} content={draft.content} body={bodyOf(draft, channel)} done={keep} />
              )}
            />
          )}
        </div>
        <div className="register-side">
          <fieldset className="group">
            <legend>诉求人</legend>
            <div className="group-pair">
              <Labelled id={`${id}-phone`} label="电话" error={errors['phone']}>
                <input
                  id={`${id}-phone`}
                  className="input number"
                  type="tel"
                  autoComplete="off"
                  disabled={draft.anonymous}
                  value={draft.phone}
                  onChange={(event) => set({ phone: event.target.value })}
                />
              </Labelled>
              <Labelled id={`${id}-name`} label={draft.enterprise ? '企业名称' : '姓名'} error={errors['name']}>
                <input
                  id={`${id}-name`}
                  className="input"
                  autoComplete="off"
                  disabled={draft.anonymous}
                  value={draft.name}
                  onChange={(event) => set({ name: event.target.value })}
                />
              </Labelled>
            </div>
            <div className="checks">
              <Check label="企业诉求" checked={draft.enterprise} set={(enterprise) => set({ enterprise })} />
              <Check label="匿名" checked={draft.anonymous} set={(anonymous) => set({ anonymous })} />
              <Check label="要求保密" checked={draft.confidential} set={(confidential) => set({ confidential })} />
            </div>
            {!draft.anonymous && (
              <details className="more-fields">
                <summary>替他人反映（代办人）</summary>
                <Plain
                  id={`${id}-relation`}
                  label="与诉求人的关系"
                  error={errors['relation']}
                  field="proxyRelation"
                  {...{ draft, set }}
                />
                <div className="group-pair">
                  <Plain id={`${id}-proxy-phone`} label="代办人电话" field="proxyPhone" {...{ draft, set }} />
                  <Plain id={`${id}-proxy-name`} label="代办人姓名" field="proxyName" {...{ draft, set }} />
                </div>
              </details>
            )}
          </fieldset>
          <details className="more-fields" hidden={draft.type === 'proposal'}>
            <summary>上级交办</summary>
            <Plain id={`${id}-body`} label="上级单位" error={errors['body']} field="superiorBody" {...{ draft, set }} />
            <div className="group-pair">
              <Plain
                id={`${id}-number`}
                label="上级编号"
                error={errors['number']}
                field="superiorNumber"
                {...{ draft, set }}
              />
              <Plain
                id={`${id}-due`}
                label="上级要求日期"
                type="date"
                error={errors['dueOn']}
                field="superiorDueOn"
                {...{ draft, set }}
              />
            </div>
            <p className="muted">本区期限自动提前，给上报留出时间；答复时连同全过程回复上级。</p>
          </details>
          <div className="field">
            <label className="field-label" htmlFor={`${id}-channel`}>
              渠道
            </label>
            <select
              id={`${id}-channel`}
              className="input"
              value={channel}
              onChange={(event) => {
                setChannel(event.target.value as Channel)
                // A record belongs to one kind of channel.
                set({ channelId: '' })
              }}
            >
              {channelsOf(session.roles).map((one) => (
                <option key={one} value={one}>
                  {CHANNEL[one]}
                </option>
              ))}
            </select>
          </div>
          <SourceFields channel={channel} draft={draft} set={set} error={sourceError(save.error)} />
          <div className="field">
            <span className="field-label" id={`${id}-urgency-label`}>
              紧急程度
            </span>
            <Segments
              id={`${id}-urgency`}
              labelledBy={`${id}-urgency-label`}
              required
              options={Object.entries(URGENCY).map(([value, label]) => ({ value, label }))}
              value={draft.urgency}
              choose={(value) => set({ urgency: (value ?? 'normal') as Draft['urgency'] })}
            />
          </div>
        </div>
      </div>
      {beside && <SimilarPanel one={beside} close={() => setBeside(null)} />}
      <footer className="page-foot">
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {save.isPending ? '正在登记…' : '登记'}
        </button>
        <span className="form-key">
          <KeyMark>Ctrl</KeyMark> <KeyMark>Enter</KeyMark>
        </span>
      </footer>
    </form>
  )
}

const TYPES = [
  { value: 'appeal', label: '诉求' },
  { value: 'proposal', label: '建议（建言献策）' },
]
/** Whoever comes first at this desk: the person at the window, the caller, or what was found outside. */
const firstChannel = (roles: readonly string[]): Channel =>
  roles.includes('window') ? 'window' : (channelsOf(roles)[0] ?? 'other')

/** A page that leads here says where the words were heard. */
const fromAddress = (query: URLSearchParams): Draft => ({
  ...BLANK,
  ...{ driveId: query.get('drive') ?? '', forumId: query.get('forum') ?? '' },
})
const sourceError = (fault: ApiFault | null) =>
  fault?.places.find(({ path }) => path.startsWith('source') || path.includes('.source'))?.detail

const errorsOf = (fault: ApiFault | null): Readonly<Record<string, string>> =>
  Object.fromEntries((fault?.places ?? []).map(({ path, detail }) => [path.split('.').at(-1) ?? path, detail]))
