import { FigureList } from '../page/figure-list.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { usePlatform } from './query.ts'
import { DemandList, PeopleList } from './rows.tsx'
import '../page/page.css'
import './platform.css'

/** The government–enterprise platform (政企互动平台): who is on it, what they brought, what waits past its day. */
export function PlatformPage() {
  const { data, error, isPending, refetch } = usePlatform()
  useTitle('政企平台')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  const active = data.people.filter(({ state }) => state === 'active').length
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>政企平台</h1>
      </header>
      <FigureList
        label="平台要情"
        figures={[
          { label: '超期未答', value: data.unanswered, unit: '件', bad: data.unanswered > 0 },
          { label: '企业诉求', value: data.demands.length, unit: '件' },
          { label: '使用中的企业用户', value: active, unit: '人' },
        ]}
      />
      <h2>企业诉求</h2>
      <DemandList demands={data.demands} named />
      <h2>企业用户</h2>
      <PeopleList people={data.people} mayRevoke={data.mayRevoke} named />
    </div>
  )
}
