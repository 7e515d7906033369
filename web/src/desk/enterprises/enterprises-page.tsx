import { ENTERPRISE_SIZE, type EnterpriseSize, PARTY_ORGANISATION } from '@banjie/contract'
import { useState } from 'react'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { SearchBox } from '../page/search-box.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { EnterpriseForm } from './enterprise-form.tsx'
import { type EnterpriseCounts, type EnterpriseRow, useEnterprises, type Wanted } from './query.ts'
import '../page/page.css'
import './enterprises.css'

const KEEPERS = ['supervisor', 'admin'] as const
const FILTERS = ['q', 'chain', 'size', 'aboveScale', 'partyOrganised', 'partyWorked', 'gap'] as const

/** The register of enterprises (企业名录): what there is, what nobody answers for, the two coverages. */
export function EnterprisesPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const [adds, setAdds] = useState(false)
  useTitle('企业')
  const wanted = Object.fromEntries(
    FILTERS.flatMap((name) => (place.query.get(name) ? [[name, place.query.get(name)]] : [])),
  ) as Wanted
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useEnterprises(wanted)
  const first = data?.pages[0]
  const mayKeep = KEEPERS.some((role) => session.roles.includes(role))
  const change = (changes: Readonly<Record<string, string | null>>) => go(withQuery(place, changes), { replace: true })
  return (
    <div className="page page-wide enterprises table-cards">
      <header className="page-head">
        <h1>企业</h1>
        <div className="page-acts">
          <Link to="/w/enterprises/growth" className="button button-small">
            指标同比
          </Link>
          {mayKeep && (
            <Link to="/w/enterprises/import" className="button button-small">
              导入名单
            </Link>
          )}
          {mayKeep && (
            <button type="button" className="button button-small button-primary" onClick={() => setAdds(true)}>
              登记企业
            </button>
          )}
        </div>
      </header>
      {adds && <EnterpriseForm close={() => setAdds(false)} />}
      {first && <Counts counts={first.counts} year={first.year} />}
      <div className="enterprise-filters">
        <SearchBox
          {...{ q: wanted.q ?? '', label: '查找企业', className: 'enterprise-search', placeholder: '名称或信用代码' }}
          look={(q) => change({ q: q || null })}
        />
        <SelectField<EnterpriseSize | ''>
          label="规模"
          value={wanted.size ?? ''}
          set={(size) => change({ size: size || null })}
          words={{ '': '全部', ...ENTERPRISE_SIZE }}
        />
        <SelectField<string>
          label="产业链"
          value={wanted.chain ?? ''}
          set={(chain) => change({ chain: chain || null })}
          words={{ '': '全部', ...Object.fromEntries((first?.chains ?? []).map((chain) => [chain, chain])) }}
        />
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} />}
      {first && first.items.length === 0 && <Nothing isFiltered={Object.keys(wanted).length > 0} />}
      {first && first.items.length > 0 && (
        <Rows rows={data.pages.flatMap(({ items }) => items)} total={first.total.value} />
      )}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? '正在读取…' : '再看一些'}
        </button>
      )}
    </div>
  )
}

const Nothing = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <EmptyView
      action={
        <Link to="/w/enterprises" className="button">
          看全部企业
        </Link>
      }
    >
      没有这样的企业。
    </EmptyView>
  ) : (
    <EmptyView>还没有登记企业。由督查或管理员登记，或导入名单。</EmptyView>
  )

const rate = (part: number, whole: number) => (whole === 0 ? undefined : `${Math.floor((part * 100) / whole)}%`)

const Counts = ({ counts, year }: { readonly counts: EnterpriseCounts; readonly year: number }) => (
  <FigureList
    label="企业家底"
    figures={[
      { label: '企业', value: counts.enterprises, unit: '户', to: '/w/enterprises' },
      {
        ...{ label: `${year} 年规上包保`, value: `${counts.aboveScaleCovered}/${counts.aboveScale}` },
        ...{ bad: counts.aboveScaleCovered < counts.aboveScale, to: '/w/enterprises?aboveScale=yes' },
      },
      {
        ...{ label: '无人主包保', value: counts.enterprises - counts.covered, unit: '户' },
        ...{ bad: counts.covered < counts.enterprises, to: '/w/enterprises?gap=yes' },
      },
      {
        ...{ label: '党的组织覆盖', value: `${counts.partyOrganised}/${counts.enterprises}` },
        ...{ under: rate(counts.partyOrganised, counts.enterprises), to: '/w/enterprises?partyOrganised=yes' },
      },
      {
        ...{ label: '党的工作覆盖', value: `${counts.partyWorked}/${counts.enterprises}` },
        ...{ under: rate(counts.partyWorked, counts.enterprises), to: '/w/enterprises?partyWorked=yes' },
      },
    ]}
  />
)

const Rows = ({ rows, total }: { readonly rows: readonly EnterpriseRow[]; readonly total: number }) => (
  <TableSection
    {...{ title: '企业名录', count: total, empty: '' }}
    head={['企业', '统一社会信用代码', '规模', '产业链', '党组织', '主包保人']}
  >
    {rows.map((row) => (
      <tr key={row.id}>
        <td>
          <Link to={`/w/enterprises/${row.id}`}>{row.name}</Link>
        </td>
        <td className="number">{row.uscc ?? '—'}</td>
        <td>
          {row.size ? ENTERPRISE_SIZE[row.size] : '—'}
          {row.aboveScale && ' · 规上'}
        </td>
        <td>{row.chain ?? '—'}</td>
        <td>{row.partyOrganisation === null ? '未登记' : PARTY_ORGANISATION[row.partyOrganisation]}</td>
        <td>{row.main?.name ?? <span className="tag tag-bad">■ 无人</span>}</td>
      </tr>
    ))}
  </TableSection>
)
