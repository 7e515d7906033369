import { GAP_CAUSE } from '@banjie/contract'
import { useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { BodyForm } from './body-form.tsx'
import { type Body, type Register, useDisclosures, useGaps } from './query.ts'
import '../lists/lists.css'
import '../page/page.css'
import './disclosures.css'

const KEEPERS = ['supervisor', 'admin'] as const
const STATES = ['complete', 'incomplete', 'waiting'] as const

/** Disclosures of utilities and service trades (四项公开): who has published what, and who still owes what since when. */
export function DisclosuresPage({ session }: { readonly session: Session }) {
  const asked = usePlace().query.get('state')
  const state = STATES.find((one) => one === asked)
  const { data: all } = useDisclosures()
  const { data, error, isPending, refetch } = useDisclosures(state === undefined ? {} : { state })
  const [adds, setAdds] = useState(false)
  useTitle('四项公开')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  return (
    <div className="page page-wide lists">
      <header className="page-head">
        <h1>四项公开</h1>
        <div className="page-acts">
          <a className="button button-small" href="/open/disclosures" target="_blank" rel="noopener">
            <Icon name="open" size={14} />
            公开页
          </a>
          {keeps && (
            <button type="button" className="button button-small button-primary" onClick={() => setAdds(true)}>
              登记单位
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">
        公用企业和服务行业应把服务标准、办事程序、收费标准、法定条件向社会公开。单位自己写，另一个人审核后公开。
      </p>
      {adds && <BodyForm body={undefined} close={() => setAdds(false)} />}
      {all && <Counts counts={all.counts} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-table" />}
      {data?.items.length === 0 && (
        <EmptyView
          action={
            state !== undefined && (
              <Link to="/w/disclosures" className="button">
                看全部单位
              </Link>
            )
          }
        >
          {state === undefined ? '还没有登记应当公开的单位。' : '没有这样的单位。'}
        </EmptyView>
      )}
      {data && data.items.length > 0 && (
        <TableSection
          {...{ title: '单位', count: data.items.length, empty: '' }}
          head={['单位', '服务标准', '办事程序', '收费标准', '法定条件']}
        >
          {data.items.map((body) => (
            <Row key={body.id} body={body} />
          ))}
        </TableSection>
      )}
      <Gaps />
    </div>
  )
}

const Counts = ({ counts }: Pick<Register, 'counts'>) => (
  <FigureList
    label="公开情况"
    figures={[
      { label: '应公开单位', value: counts.total, unit: '个', to: '/w/disclosures' },
      { label: '四项齐全', value: counts.complete, unit: '个', to: '/w/disclosures?state=complete' },
      {
        ...{ label: '有缺项', value: counts.incomplete, unit: '个', bad: counts.incomplete > 0 },
        ...{ under: `共缺 ${counts.missing} 项`, to: '/w/disclosures?state=incomplete' },
      },
      { label: '待审核', value: counts.waiting, unit: '个', to: '/w/disclosures?state=waiting' },
    ]}
  />
)

const Row = ({ body }: { readonly body: Body }) => (
  <tr>
    <td>
      <span className="body-name">
        <Link to={`/w/disclosures/${body.id}`}>{body.name}</Link>
        <span>{[body.tradeLabel, body.isOutside && `主管 ${body.unit.name}`].filter(Boolean).join(' · ')}</span>
      </span>
    </td>
    {body.parts.map((part) => (
      <td key={part.part}>
        <PartTag part={part} />
      </td>
    ))}
  </tr>
)

/** How one of the four stands, in words. */
export const PartTag = ({ part }: { readonly part: Body['parts'][number] }) => (
  <span className="body-name">
    {part.cause === null ? (
      <span className="tag tag-good">✓ 第 {part.version} 版</span>
    ) : (
      <span className="tag tag-bad">■ {GAP_CAUSE[part.cause]}</span>
    )}
    <span>
      {part.waiting ? '有一版待审核' : part.cause === null ? `至 ${part.validUntil}` : `自 ${part.since} 起缺`}
    </span>
  </span>
)

/** The missing list (缺项清单), longest first. */
function Gaps() {
  const { data } = useGaps()
  if (data === undefined || data.items.length === 0) return null
  return (
    <TableSection
      {...{ title: '缺项清单', count: data.items.length, empty: '' }}
      head={['单位', '缺哪一项', '原因', '从哪天起', '已缺天数']}
      counts={['已缺天数']}
    >
      {data.items.map((gap) => (
        <tr key={`${gap.bodyId} ${gap.part}`}>
          <td>
            <Link to={`/w/disclosures/${gap.bodyId}`}>{gap.body}</Link>
          </td>
          <td>{gap.label}</td>
          <td>
            {GAP_CAUSE[gap.cause]}
            {gap.waiting && '，有一版待审核'}
          </td>
          <td>{gap.since}</td>
          <td className="is-count">{gap.days}</td>
        </tr>
      ))}
    </TableSection>
  )
}
