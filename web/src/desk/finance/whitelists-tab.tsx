import { SCREENING_STATE } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { useFinancings, useWhitelists, type Whitelist } from './query.ts'
import { CandidateForm, ScreenForm, WhitelistForm } from './whitelist-forms.tsx'

/** Whitelists (白名单): what is asked for, and who passed, did not, or waits. */
export function WhitelistsTab() {
  const { data, error, isPending, refetch } = useWhitelists()
  const mayKeep = useFinancings({}).data?.mayKeep
  const [making, setMaking] = useState(false)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  return (
    <>
      {mayKeep && (
        <span className="finance-acts no-print">
          <button type="button" className="button button-primary" onClick={() => setMaking(true)}>
            设白名单
          </button>
        </span>
      )}
      {making && <WhitelistForm close={() => setMaking(false)} />}
      {data.items.length === 0 ? (
        <EmptyView>还没有白名单。设了白名单，待筛企业和筛选结果就列在这里。</EmptyView>
      ) : (
        data.items.map((list) => <ListSection key={list.id} list={list} />)
      )}
    </>
  )
}

function ListSection({ list }: { readonly list: Whitelist }) {
  const [doing, setDoing] = useState<'add' | Whitelist['candidates'][number]['enterprise']>()
  const close = () => setDoing(undefined)
  return (
    <>
      {list.mayKeep && (
        <span className="finance-acts no-print">
          <button
            type="button"
            className="button button-small"
            aria-label={`加入待筛企业 ${list.title}`}
            onClick={() => setDoing('add')}
          >
            加入待筛企业
          </button>
        </span>
      )}
      {doing === 'add' && <CandidateForm list={list} close={close} />}
      {typeof doing === 'object' && <ScreenForm key={doing.id} list={list} enterprise={doing} close={close} />}
      <TableSection
        title={list.title}
        count={list.candidates.length}
        note={`${list.product.label}：${[list.criteria, ...list.conditions].join('；')}。有效期至 ${list.validTo}${list.inForce ? '' : '，已到期'}`}
        head={['企业', '筛选', '理由', '筛选人', ...(list.mayKeep ? ['操作'] : [])]}
        empty="还没有待筛企业。"
      >
        {list.candidates.map(({ enterprise, state, reason, by }) => (
          <tr key={enterprise.id}>
            <td>
              <Link to={`/w/enterprises/${enterprise.id}`}>{enterprise.name}</Link>
            </td>
            <td>{SCREENING_STATE[state]}</td>
            <td>{reason ?? '—'}</td>
            <td>{by ?? '—'}</td>
            {list.mayKeep && (
              <td>
                <button
                  type="button"
                  className="button button-small no-print"
                  aria-label={`筛选 ${enterprise.name}`}
                  onClick={() => setDoing(enterprise)}
                >
                  筛选
                </button>
              </td>
            )}
          </tr>
        ))}
      </TableSection>
    </>
  )
}
