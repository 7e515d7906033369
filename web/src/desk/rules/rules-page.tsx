import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { NewVersion } from './new-version.tsx'
import { inForce, type RuleSet } from './rule-set.ts'
import { RulesView } from './rules-view.tsx'
import '../page/page.css'
import './rules.css'

/** Rules (办理规则): every version, what the chosen one says, and the next. */
export function RulesPage() {
  const { query } = usePlace()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['ruleSets'],
    queryFn: ({ signal }) => api('ruleSets', { signal }),
  })
  useTitle('办理规则')
  const present = data && inForce(data.items, dayOf(new Date()))
  const shown = data?.items.find(({ version }) => version === query.get('version')) ?? present
  const newest = data?.items.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1)
  return (
    <div className="page">
      <header className="page-head">
        <h1>办理规则</h1>
      </header>
      <p className="page-lead">每件事项登记时按当日有效的版本计时，办到底都用这一版；发布新版本不影响在办事项。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-text" />}
      {data && data.items.length === 0 && <EmptyView>还没有规则，登记第一件事项时启用默认规则。</EmptyView>}
      {data && shown && (
        <>
          <Versions sets={data.items} present={present?.version} shown={shown.version} />
          <RulesView set={shown} />
        </>
      )}
      {newest && (
        <NewVersion key={newest.version} base={newest} taken={data?.items.map(({ version }) => version) ?? []} />
      )}
    </div>
  )
}

interface VersionsProps {
  readonly sets: readonly RuleSet[]
  readonly present: string | undefined
  readonly shown: string
}

function Versions({ sets, present, shown }: VersionsProps) {
  const today = dayOf(new Date())
  return (
    <TableSection title="版本" count={sets.length} head={['版本', '生效日期', '状态', '依据']} empty="没有版本。">
      {sets.toReversed().map(({ version, validFrom, source }) => (
        <tr key={version} className={version === shown ? 'is-current' : ''}>
          <td>
            <Link
              to={`/w/admin/rules?version=${encodeURIComponent(version)}`}
              aria-current={version === shown ? 'true' : undefined}
            >
              {version}
            </Link>
          </td>
          <td>{validFrom}</td>
          <td>
            {version === present ? (
              <span className="tag tag-good">现行</span>
            ) : (
              <span className="tag">{validFrom > today ? '待生效' : '已被替代'}</span>
            )}
          </td>
          <td className="is-reason">{source}</td>
        </tr>
      ))}
    </TableSection>
  )
}
