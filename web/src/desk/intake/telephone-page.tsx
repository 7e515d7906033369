import { GRADE } from '@banjie/contract'
import { type FormEvent, useState } from 'react'
import { Faces, YesNo } from '../../form/choice-field.tsx'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { dueText, momentText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView } from '../state-view.tsx'
import { SlipLink } from './slip-link.tsx'
import '../page/page.css'
import './intake.css'

type Match = Answer<'findByTelephone'>['items'][number]
const BLANK = { number: '', phone: '', name: '' }

/** On the telephone (来电查询): where a matter stands, read out; the caller's rating, written down. */
export function TelephonePage() {
  const [asked, setAsked] = useState(BLANK)
  useTitle('来电查询')
  const find = useSubmission((body: Request<'findByTelephone'>['body'], key) => api('findByTelephone', { body, key }), {
    done: ({ items }) => announce(`找到 ${items.length} 件`),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    find.mutate(Object.fromEntries(Object.entries(asked).filter(([, value]) => value.trim() !== '')))
  }
  const ready = asked.number.trim() !== '' || (asked.phone.trim() !== '' && asked.name.trim() !== '')
  const items = find.data?.items
  return (
    <div className="page intake">
      <header className="page-head">
        <h1>来电查询</h1>
      </header>
      <p className="page-lead">
        来电人报编号，或报电话和姓名。一部电话可能几个人用，只凭电话查不到。每次查询都会记录是谁查的。
      </p>
      <form className="panel" onSubmit={submit}>
        <div className="panel-grid">
          <PlainField
            label="编号"
            value={asked.number}
            set={(number) => setAsked({ ...asked, number })}
            maxLength={40}
          />
          <PlainField
            {...{ label: '电话', type: 'tel', value: asked.phone, maxLength: 20 }}
            set={(phone) => setAsked({ ...asked, phone })}
          />
          <PlainField label="姓名" value={asked.name} set={(name) => setAsked({ ...asked, name })} maxLength={100} />
        </div>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || find.isPending}>
            {find.isPending ? '正在查…' : '查询'}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              setAsked(BLANK)
              find.reset()
            }}
          >
            下一个来电
          </button>
        </div>
      </form>
      <FaultNotice fault={find.error} />
      {items?.length === 0 && <EmptyView>没有找到。请核对编号，或请来电人报登记时留的电话和姓名。</EmptyView>}
      {items?.map((match) => (
        <MatchPanel key={match.id} match={match} rated={() => find.mutate({ number: match.number })} />
      ))}
    </div>
  )
}

/** What is read out to the caller, in the words the person would read. */
function MatchPanel({ match, rated }: { readonly match: Match; readonly rated: () => void }) {
  const { number, type, title, stageLabel, receivedAt, unit, unitPhone, dueAt, answer, grade, steps, masked } = match
  const last = steps.at(-1)
  return (
    <section className="panel" aria-label={title}>
      <h2>
        <Link to={`/w/c/${number}`} className="number">
          {groupNumber(number)}
        </Link>{' '}
        {title}
      </h2>
      <dl className="facts">
        <Fact label="现在">{stageLabel}</Fact>
        {dueAt !== null && <Fact label="最迟">{dueText(dueAt)} 答复</Fact>}
        <Fact label="承办">{[unit ?? '正在确定承办单位', unitPhone].filter(Boolean).join('　')}</Fact>
        <Fact label="收到">{momentText(receivedAt)}</Fact>
        {last && <Fact label="最近">{`${momentText(last.at)} ${last.text}`}</Fact>}
        <Fact label="登记的是">{[masked.name ?? '未留姓名', masked.phone].filter(Boolean).join('　')}</Fact>
        {grade !== null && <Fact label="评价">{GRADE[grade as keyof typeof GRADE]}</Fact>}
      </dl>
      {answer !== null && <p className="message-text">{answer}</p>}
      <div className="panel-acts">
        <SlipLink number={number} type={type} />
      </div>
      {match.ratable && <RateForm match={match} done={rated} />}
    </section>
  )
}
const Fact = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** The caller's word, as it was said; the record tells through whom it came. */
function RateForm({ match: { id, type }, done }: { readonly match: Match; readonly done: () => void }) {
  const asksSolved = type === 'appeal'
  const [grade, setGrade] = useState<number>()
  const [solved, setSolved] = useState<boolean | undefined>(asksSolved ? undefined : true)
  const [text, setText] = useState('')
  const rate = useSubmission(
    (body: Request<'rateByTelephone'>['body'], key) => api('rateByTelephone', { params: { id }, body, key }),
    {
      done: ({ stageLabel }) => {
        announce(`已代录评价，现在：${stageLabel}`)
        done()
      },
    },
  )
  return (
    <details className="more-fields">
      <summary>代来电人评价</summary>
      <form
        className="message-edit"
        onSubmit={(event) => {
          event.preventDefault()
          if (grade !== undefined && solved !== undefined)
            rate.mutate({ grade, solved, ...(text.trim() !== '' && { text }) })
        }}
      >
        {asksSolved && (
          <div className="field">
            <span className="field-label" id={`${id}-solved`}>
              事情解决了吗（没解决会重新办理）
            </span>
            <YesNo id={`${id}-yes`} labelledBy={`${id}-solved`} value={solved} choose={setSolved} required />
          </div>
        )}
        <div className="field">
          <span className="field-label" id={`${id}-grade`}>
            总体评价
          </span>
          <Faces id={`${id}-faces`} labelledBy={`${id}-grade`} value={grade} choose={setGrade} required />
        </div>
        <PlainField label="来电人的原话" optional value={text} set={setText} maxLength={500} />
        <FaultNotice fault={rate.error} />
        <div className="panel-acts">
          <button
            type="submit"
            className="button button-primary"
            disabled={grade === undefined || solved === undefined || rate.isPending}
          >
            记下评价
          </button>
          <span className="muted">记录会注明“诉求人来电，由您代录”。</span>
        </div>
      </form>
    </details>
  )
}
