import { PRESENCE } from '@banjie/contract'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { type Decision, type Meeting, useMeeting } from './query.ts'
import './meetings.css'

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })
const dayText = (day: string) => DAY.format(new Date(`${day}T12:00:00+08:00`))
const ORDINAL = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const
/** 一、二 … 十、十一 … 五十. */
const chinese = (n: number): string => {
  if (n <= 10) return ORDINAL[n - 1] ?? String(n)
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens === 1 ? '' : chinese(tens)}十${ones === 0 ? '' : chinese(ones)}`
}

/** The minutes (会议纪要) as a document on A4. */
export function MinutesPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useMeeting(id)
  useTitle(data ? `${data.title}纪要` : '会议纪要')
  return (
    <div className="minutes-page">
      <div className="chips no-print">
        <Link to={`/w/meetings/${id}`} className="button button-small">
          返回会议
        </Link>
        <button type="button" className="button button-small button-primary" onClick={() => window.print()}>
          打印
        </button>
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={10} className="skeleton-text" />}
      {data &&
        (data.text === null ? <EmptyView>纪要还没有起草，请先返回会议起草。</EmptyView> : <Document meeting={data} />)}
    </div>
  )
}

function Document({ meeting }: { readonly meeting: Meeting }) {
  const { number, kind, title, on, at, place, chair, attendance, firms, text, list, approvedBy, issuedOn } = meeting
  const [series = '', rest = ''] = number?.split('〔') ?? []
  const namesOf = (presence: string) =>
    attendance
      .filter((one) => one.presence === presence)
      .map(({ unit, person }) => [unit.name, person?.name].filter(Boolean).join(' '))
      .join('、')
  return (
    <article className="minutes">
      <p className="minutes-head">{series || `${kind.label}纪要`}</p>
      <p className="minutes-number">
        <span>{number === null ? '（未印发）' : `〔${rest}`}</span>
        <span>{dayText(issuedOn ?? on)}</span>
      </p>
      <h1>{title}纪要</h1>
      <dl>
        <Line word="时间">{`${dayText(on)} ${at}`}</Line>
        <Line word="地点">{place}</Line>
        <Line word="主持">{chair.name}</Line>
        {(['present', 'leave', 'absent'] as const).map((presence) => (
          <Line key={presence} word={PRESENCE[presence]}>
            {namesOf(presence)}
          </Line>
        ))}
        <Line word="到会企业">{firms.join('、')}</Line>
      </dl>
      {(text ?? '').split('\n').map((paragraph) => (
        <p key={paragraph} className="minutes-paragraph">
          {paragraph}
        </p>
      ))}
      {list.length > 0 && <p className="minutes-paragraph">会议议定以下事项：</p>}
      {list.map((decision) => (
        <p key={decision.id} className="minutes-paragraph">
          {chinese(decision.position)}、{decision.text.replace(/[。；]$/, '')}。（{owedText(decision)}）
        </p>
      ))}
      <p className="minutes-sign">{approvedBy === null ? '（待审定）' : `审定：${approvedBy.name}`}</p>
    </article>
  )
}

const owedText = ({ unit, person, dueOn, checker }: Decision) =>
  [
    `责任单位：${unit?.name ?? '待定'}${person ? ` ${person.name}` : ''}`,
    `完成时限：${dueOn === null ? '待定' : dayText(dueOn)}`,
    `查验：${checker?.name ?? '待定'}`,
  ].join('；')

const Line = ({ word, children }: { readonly word: string; readonly children: string }) =>
  children === '' ? null : (
    <div>
      <dt>{word}：</dt>
      <dd>{children}</dd>
    </div>
  )
