import { NEED_KIND, NEED_STATE, type NeedState } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { NeedAnswerForm } from './need-answer.tsx'
import { useNeeds } from './query.ts'
import '../page/page.css'
import './policies.css'

const DAY_MS = 86_400_000
const ALL = 'all'
const STATES = { ...NEED_STATE, [ALL]: '全部' } as const
const EMPTY: Readonly<Record<keyof typeof STATES, string>> = {
  asked: '没有等答复的需求。走访、接触时听到的需求，在企业页“企业需求”里记下。',
  met: '还没有已满足的需求。',
  unmet: '没有没办成的需求。',
  declined: '没有这样的需求。',
  all: '还没有记下需求。走访、接触时听到的需求，在企业页“企业需求”里记下。',
}
const waited = (on: string) => Math.max(Math.round((Date.parse(dayOf(new Date())) - Date.parse(on)) / DAY_MS), 0)

/** What enterprises need and nobody has answered yet (需求清单), the longest waiting first. */
export function NeedsPage() {
  const place = usePlace()
  const asked = place.query.get('state')
  const chosen = asked !== null && asked in STATES ? (asked as keyof typeof STATES) : 'asked'
  const state: NeedState | undefined = chosen === ALL ? undefined : chosen
  const { data, error, refetch } = useNeeds(state)
  const [answering, setAnswering] = useState<{ readonly id: string; readonly words: string }>()
  useTitle('企业需求')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  return (
    <div className="page page-wide policies table-cards">
      <header className="page-head">
        <h1>企业需求</h1>
        <Link to="/w/policies" className="button button-small">
          惠企政策
        </Link>
      </header>
      <p className="page-lead">企业说过的需求，记一次，等得最久的在前；答复写进企业页，下一位去的人不再问一遍。</p>
      <div className="policy-filters no-print">
        <SelectField
          label="状态"
          value={chosen}
          set={(one) => go(withQuery(place, { state: one === 'asked' ? null : one }), { replace: true })}
          words={STATES}
        />
      </div>
      {answering && <NeedAnswerForm key={answering.id} need={answering} close={() => setAnswering(undefined)} />}
      {data === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <TableSection
          title="需求"
          count={data.items.length}
          head={['企业', '类别', '需要什么', '提出', '答复', '办理']}
          empty={EMPTY[chosen]}
        >
          {data.items.map((need) => (
            <tr key={need.id}>
              <td>
                <Link to={`/w/enterprises/${need.enterprise.id}`}>{need.enterprise.name}</Link>
              </td>
              <td>{NEED_KIND[need.kind]}</td>
              <td>{need.words}</td>
              <td>
                <span className="number">{need.on}</span>
                <span className="hint">
                  {need.by}记下{need.state === 'asked' && `，已等 ${waited(need.on)} 天`}
                </span>
              </td>
              <td>
                {need.reply === null ? '待答复' : `${NEED_STATE[need.state]}：${need.reply}`}
                {need.answered && (
                  <span className="hint">
                    {need.answered.on} {need.answered.by}
                  </span>
                )}
              </td>
              <td>
                {need.mayAnswer && (
                  <button
                    type="button"
                    className="button button-small no-print"
                    aria-label={`答复：${need.words}`}
                    onClick={() => setAnswering(need)}
                  >
                    答复
                  </button>
                )}
              </td>
            </tr>
          ))}
        </TableSection>
      )}
    </div>
  )
}
