import { CAMPAIGN_KIND, CAMPAIGN_SCOPE, CAMPAIGN_STATE, LIAISON_TARGET_KIND, VISIT_KIND } from '@banjie/contract'
import { type CSSProperties, useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { AmendForm, ResultForm, ScopeForm } from './campaign-acts.tsx'
import { ProblemList, SubjectList, VisitList } from './campaign-lists.tsx'
import { CampaignCards } from './campaigns-page.tsx'
import { CoverBar } from './cover-bar.tsx'
import { type Campaign, useCampaign } from './query.ts'
import '../page/page.css'
import './campaigns.css'

type Act = 'result' | 'amend' | 'scope'

/** One campaign (专项活动): how far it has come, who is missing, what is open, and what was told of it. */
export function CampaignPage({ id }: { readonly id: string }) {
  const { data: campaign, error, refetch } = useCampaign(id)
  const [act, setAct] = useState<Act>()
  useTitle(campaign?.title ?? '专项活动')
  const close = () => setAct(undefined)
  return (
    <div className="page page-wide campaigns campaign-page">
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {!campaign && !error && <Skeleton rows={8} />}
      {campaign && (
        <>
          <Head campaign={campaign} begin={setAct} />
          {act === 'result' && <ResultForm {...{ campaign, close }} />}
          {act === 'amend' && <AmendForm {...{ campaign, close }} />}
          {act === 'scope' && <ScopeForm {...{ campaign, close }} />}
          <CoverBar figures={campaign.figures} />
          <Figures campaign={campaign} />
          <Chosen campaign={campaign} />
        </>
      )}
    </div>
  )
}

function Head({ campaign, begin }: { readonly campaign: Campaign; readonly begin: (act: Act) => void }) {
  const { scope, state, mayKeep } = campaign
  const acts: readonly (readonly [Act, string])[] = [
    ...(scope.by === 'list' || scope.by === 'unit' ? [['scope', '补充名单'] as const] : []),
    ['amend', '调整'],
    ...(state === 'coming' ? [] : [['result', '发布阶段性成果'] as const]),
  ]
  return (
    <>
      <header className="page-head">
        <h1>
          {campaign.title}{' '}
          <span className={`tag ${state === 'running' ? 'tag-good' : ''}`}>{CAMPAIGN_STATE[state]}</span>
        </h1>
        <div className="page-acts no-print">
          <button type="button" className="button button-small" onClick={() => window.print()}>
            打印
          </button>
          <a className="button button-small" href={`/api/v1/campaigns/${campaign.id}/campaign.xlsx`} download>
            <Icon name="download" size={14} />
            导出 Excel
          </a>
          {mayKeep &&
            acts.map(([act, word]) => (
              <button key={act} type="button" className="button button-small" onClick={() => begin(act)}>
                {word}
              </button>
            ))}
        </div>
      </header>
      {campaign.banner !== null && <p className="campaign-banner">{campaign.banner}</p>}
      <p className="page-lead">
        {[CAMPAIGN_KIND[campaign.kind], `${campaign.from} 至 ${campaign.to}`, `标签“${campaign.tag}”`].join(' · ')}
        {campaign.superior !== null && ` · 上级部署：${campaign.superior}`}
        {campaign.parent !== null && (
          <>
            {' · 属于'}
            <Link to={`/w/campaigns/${campaign.parent.id}`}>{campaign.parent.title}</Link>
          </>
        )}
        {` · ${campaign.ownerUnit.name} ${campaign.owner.name} 牵头，${campaign.checkUnit.name} 检查`}
      </p>
      <p className="hint">
        {scopeText(campaign)}截至 {dayOf(new Date())}，数字由走访和事项算出，不能填写。
        {campaign.partial && '问题数只含您可以看到的事项。'}
      </p>
    </>
  )
}
function scopeText({ scope, least, counts }: Campaign): string {
  if (scope.by === 'children') return '范围是属于它的各个活动，同一对象、同一次走访只计一次。'
  const places = scope.divisions.map(({ name }) => name).join('、')
  const kinds = scope.kinds.map((kind) => LIAISON_TARGET_KIND[kind]).join('、')
  const whom = [places, kinds].filter(Boolean).join('的') || CAMPAIGN_SCOPE[scope.by]
  const ways =
    counts.length === Object.keys(VISIT_KIND).length ? '' : `（${counts.map((one) => VISIT_KIND[one]).join('、')}）`
  return `范围：${whom}；每个至少联系 ${least} 次${ways}。`
}

function Figures({ campaign: { id, figures } }: { readonly campaign: Campaign }) {
  const to = (show: string) => `/w/campaigns/${id}?show=${show}`
  const missing = figures.inScope - figures.reached
  return (
    <FigureList
      label="活动数据"
      figures={[
        {
          label: '已对接',
          value: figures.reached,
          unit: '个',
          under: `应对接 ${figures.inScope} 个`,
          to: to('reached'),
        },
        {
          ...{ label: '尚未对接', value: missing, unit: '个', bad: missing > 0, to: to('missing') },
          ...(figures.excluded > 0 && { under: `另移出 ${figures.excluded} 个` }),
        },
        {
          ...{ label: '走访', value: figures.visits, unit: '次', to: to('visits') },
          under: `${figures.personTimes} 人次 · ${figures.visited} 户`,
        },
        ...(figures.meetings > 0
          ? [
              {
                ...{ label: '会议', value: figures.meetings, unit: '次' },
                to: `/w/meetings?campaign=${id}&to=${dayOf(new Date())}`,
              },
            ]
          : []),
        { label: '收集问题', value: figures.problems, unit: '条', to: to('problems') },
        {
          ...{ label: '已解决', value: figures.solved, unit: '条', to: to('solved') },
          ...(figures.otherwise > 0 && { under: `另有其他办结 ${figures.otherwise} 条` }),
        },
        { label: '在办', value: figures.open, unit: '条', bad: figures.open > 0, to: to('open') },
      ]}
    />
  )
}

/** The rows behind a figure where one was pressed; else what is still to do, and the course of it. */
function Chosen({ campaign }: { readonly campaign: Campaign }) {
  const { query } = usePlace()
  const show = query.get('show')
  const back = (
    <p className="no-print">
      <Link to={`/w/campaigns/${campaign.id}`}>返回概况</Link>
    </p>
  )
  const window = {
    unit: query.get('unit') ?? undefined,
    from: query.get('from') ?? undefined,
    to: query.get('to') ?? undefined,
  }
  if (show === 'reached' || show === 'missing' || show === 'excluded')
    return (
      <>
        {back}
        <SubjectList campaign={campaign} state={show} />
        {show === 'missing' && campaign.figures.excluded > 0 && <SubjectList campaign={campaign} state="excluded" />}
      </>
    )
  if (show === 'open' || show === 'solved' || show === 'problems')
    return (
      <>
        {back}
        <ProblemList campaign={campaign} state={show === 'problems' ? 'all' : show} />
      </>
    )
  if (show === 'visits')
    return (
      <>
        {back}
        <VisitList {...{ campaign, window }} />
      </>
    )
  return <Overview campaign={campaign} />
}

function Overview({ campaign }: { readonly campaign: Campaign }) {
  const { children, figures } = campaign
  return (
    <>
      {children.length > 0 && (
        <section className="campaign-group" aria-label="属于它的活动">
          <h2>
            属于它的活动<span className="table-count">{children.length}</span>
          </h2>
          <CampaignCards rows={children} />
        </section>
      )}
      {figures.reached < figures.inScope && <SubjectList campaign={campaign} state="missing" />}
      {figures.open > 0 && <ProblemList campaign={campaign} state="open" />}
      <div className="campaign-columns">
        <Weeks campaign={campaign} />
        <Units campaign={campaign} />
      </div>
      <Results campaign={campaign} />
    </>
  )
}

/** A number with a bar as long as its share of the longest. */
const Bar = ({ value, most }: { readonly value: number; readonly most: number }) => (
  <span className="count-bar">
    <span className="count-bar-fill" style={{ '--share': most === 0 ? 0 : value / most } as CSSProperties} />
    <span>{value}</span>
  </span>
)

function Weeks({ campaign: { id, weeks } }: { readonly campaign: Campaign }) {
  const most = Math.max(0, ...weeks.map(({ visits }) => visits))
  return (
    <TableSection
      {...{ title: '每周进展', empty: '活动还没有开始。' }}
      head={['周', '走访', '新对接', '收集', '解决']}
      counts={['新对接', '收集', '解决']}
    >
      {weeks.map(({ from, to, visits, reached, problems, solved }) => (
        <tr key={from}>
          <td>
            <Link to={`/w/campaigns/${id}?show=visits&from=${from}&to=${to}`}>
              {from.slice(5)} 至 {to.slice(5)}
            </Link>
          </td>
          <td>
            <Bar value={visits} most={most} />
          </td>
          <td className="is-count">{reached}</td>
          <td className="is-count">{problems}</td>
          <td className="is-count">{solved}</td>
        </tr>
      ))}
    </TableSection>
  )
}

function Units({ campaign: { id, byUnit, tag } }: { readonly campaign: Campaign }) {
  const most = Math.max(0, ...byUnit.map(({ visits }) => visits))
  return (
    <TableSection
      {...{ title: '各单位走访', note: '几个单位同去的一次，各单位都列，合计可能多于走访次数' }}
      empty={`还没有走访。走访时勾选“${tag}”，这里就按单位列出。`}
      head={['单位', '走访', '人次']}
      counts={['人次']}
    >
      {byUnit.map(({ unit, visits, personTimes }) => (
        <tr key={unit.id}>
          <td>
            <Link to={`/w/campaigns/${id}?show=visits&unit=${unit.id}`}>{unit.name}</Link>
          </td>
          <td>
            <Bar value={visits} most={most} />
          </td>
          <td className="is-count">{personTimes}</td>
        </tr>
      ))}
    </TableSection>
  )
}

const Results = ({ campaign: { results, mayKeep } }: { readonly campaign: Campaign }) => (
  <section className="campaign-group" aria-label="阶段性成果">
    <h2>
      阶段性成果<span className="table-count">{results.length}</span>
    </h2>
    {results.length === 0 && (
      <p className="muted">{mayKeep ? '还没有发布。点“发布阶段性成果”，数字由系统取定。' : '还没有发布。'}</p>
    )}
    <ol className="campaign-results">
      {results.map(({ id, at, by, text, sentence }) => (
        <li key={id}>
          <span className="muted">
            {dayOf(at)} · {by}
          </span>
          <p>{text}</p>
          <p>
            <b>{sentence}</b>
          </p>
        </li>
      ))}
    </ol>
  </section>
)
