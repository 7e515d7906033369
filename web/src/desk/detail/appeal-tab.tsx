import { CHANNEL, DECLINE_REASON } from '@banjie/contract'
import { Icon } from '../../shared/icon.tsx'
import { columnText, dayText, momentText } from '../../shared/moment.ts'
import type { Kase } from '../../shared/shape.ts'
import { SlipLink } from '../intake/slip-link.tsx'
import { Link } from '../link.tsx'
import { CaseSimilar } from '../suggestion/case-similar.tsx'
import { CampaignsBox } from './campaigns-box.tsx'
import { JudgementBoxes } from './hard-box.tsx'
import { OriginBox } from './origin-box.tsx'
import { ParentCard, useParent } from './parent-card.tsx'
import { PartyBox } from './party-box.tsx'
import { PlanTasksBox } from './plan-tasks-box.tsx'
import { SourceBox } from './source-box.tsx'

/** The appeal (诉求) in the person's own words, who said it and where it is. */
export function AppealTab({ kase }: { readonly kase: Kase }) {
  const owned = OWNED.has(kase.type)
  const facts = (owned ? ownedFactsOf(kase) : factsOf(kase)).flatMap(([label, text]) =>
    text ? [[label, text] as const] : [],
  )
  return (
    <div className="appeal">
      <p className="appeal-text">{kase.content}</p>
      {typeof kase.facts['knowledgeId'] === 'string' && kase.type === 'review' && (
        <p>
          <Link to={`/w/knowledge/${encodeURIComponent(kase.facts['knowledgeId'])}`}>打开这条知识</Link>
        </p>
      )}
      {kase.attachments.length > 0 && (
        <ul className="pictures" aria-label="附件">
          {kase.attachments.filter(isSpoken).map(({ id, name, url }) => (
            <li key={id} className="voice">
              {/* biome-ignore lint/a11y/useMediaCaption: what people say into their telephone comes without captions */}
              <audio controls preload="metadata" src={url} aria-label={name} />
            </li>
          ))}
          {kase.attachments
            .filter((file) => !isSpoken(file))
            .map(({ id, name, url, mediaType }) => (
              <li key={id}>
                <a href={url} target="_blank" rel="noreferrer">
                  {mediaType.startsWith('image/') ? (
                    <img src={url} alt={name} loading="lazy" />
                  ) : (
                    <span className="picture-file">{name}</span>
                  )}
                </a>
              </li>
            ))}
        </ul>
      )}
      {kase.location.address && (
        <p className="appeal-place">
          <Icon name="place" />
          {kase.location.address}
        </p>
      )}
      <SourceBox kase={kase} />
      <PlanTasksBox kase={kase} />
      {(kase.party || kase.anonymous) && <PartyBox kase={kase} />}
      <SlipLink number={kase.number} type={kase.type} />
      {RETURNS[kase.type] && kase.answer && (
        <section className="box" aria-label={RETURNS[kase.type]}>
          <h2>{RETURNS[kase.type]}</h2>
          <p className="box-text">{kase.answer}</p>
        </section>
      )}
      <CampaignsBox kase={kase} />
      <OriginBox id={kase.id} />
      <JudgementBoxes kase={kase} />
      {kase.type === 'appeal' && <CaseSimilar kase={kase} />}
      <dl className="facts">
        {facts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {owned && <Owner kase={kase} />}
    </div>
  )
}

const isSpoken = ({ mediaType }: Kase['attachments'][number]) => mediaType.startsWith('audio/')

function Owner({ kase }: { readonly kase: Kase }) {
  const parent = useParent(kase)
  return parent && <ParentCard kase={parent.case} />
}

/** Opened for another case: a notice, a task, a sweep. Nobody called about it and nobody accepted it. */
const OWNED: ReadonlySet<string> = new Set(['notice', 'task', 'sweep', 'commitment'])
const ownedFactsOf = (kase: Kase): readonly (readonly [string, string | null | undefined | false])[] => [
  ['文号', documentOf(kase)],
  ['发出', columnText(kase.receivedAt)],
  [
    kase.type === 'notice' ? '发给' : '承办',
    [kase.leadUnit?.name ?? kase.holder.unit?.name, kase.handler?.name].filter(Boolean).join(' · '),
  ],
  ['对方单位', typeof kase.facts['body'] === 'string' && kase.facts['body']],
  ['函号', typeof kase.facts['letterNumber'] === 'string' && kase.facts['letterNumber']],
  ['办完', kase.closedAt && momentText(kase.closedAt)],
]

/** What each small type gives back. */
const RETURNS: Readonly<Record<string, string>> = {
  task: '反馈',
  notice: '回复',
  sweep: '上报',
  commitment: '已公开的承诺',
}
const documentOf = ({ facts }: Kase) => (typeof facts['documentNumber'] === 'string' ? facts['documentNumber'] : null)

/** What an item of a list carries (病灶、根源、措施). */
const LISTED = [
  ['aspect', '方面'],
  ['symptom', '病灶'],
  ['rootCause', '根源'],
  ['measures', '整改措施'],
  ['deadline', '整改期限'],
] as const
const textIn = ({ facts }: Kase, name: string) => (typeof facts[name] === 'string' ? facts[name] : null)

const factsOf = (kase: Kase): readonly (readonly [string, string | null | undefined])[] => [
  ['摘要', kase.summary],
  ['渠道', CHANNEL[kase.channel]],
  ['收到', columnText(kase.receivedAt)],
  ['受理', kase.acceptedAt && momentText(kase.acceptedAt)],
  ['交办', kase.dispatchedAt && momentText(kase.dispatchedAt)],
  ['主办单位', kase.leadUnit?.name],
  ['协办单位', kase.assistingUnits.map(({ name }) => name).join('、')],
  ['承办人', kase.handler?.name],
  ['现在', kase.closedAt === null ? kase.holder.unit?.name : null],
  ['答复', kase.answeredAt && momentText(kase.answeredAt)],
  ...LISTED.map(([name, label]) => [label, textIn(kase, name)] as const),
  ['承诺完成', kase.promisedOn && dayText(`${kase.promisedOn}T00:00:00+08:00`)],
  ['办结', kase.closedAt && momentText(kase.closedAt)],
  [
    '不予受理理由',
    kase.declineReason && (DECLINE_REASON[kase.declineReason as keyof typeof DECLINE_REASON] ?? kase.declineReason),
  ],
]
