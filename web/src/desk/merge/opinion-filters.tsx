import { CHANNEL } from '@banjie/contract'
import { CategoryPicker } from '../../form/pickers.tsx'
import { TagsField } from '../../form/tags-field.tsx'
import { Icon } from '../../shared/icon.tsx'
import { useDrives } from '../drives/query.ts'
import { CheckList, FilterMenu } from '../ledger/filter-menu.tsx'
import { useLists } from '../lists/query.ts'
import { SearchBox } from '../page/search-box.tsx'
import { go, type Place, withQuery } from '../router.ts'

const CHANNELS = Object.entries(CHANNEL).map(([value, label]) => ({ value, label }))
const DAYS = [
  ['', '全部时间'],
  ['7', '最近 7 天'],
  ['14', '最近 14 天'],
  ['30', '最近 30 天'],
  ['90', '最近 90 天'],
] as const
const MERGED = [
  ['open', '待归并'],
  ['no', '未归并'],
  ['yes', '已归并'],
  ['all', '全部意见'],
] as const

/** Which opinions are listed; every change is a new address. */
export function OpinionFilters({ place }: { readonly place: Place }) {
  const set = (name: string, value: string) =>
    go(withQuery(place, { [name]: value || null, grouping: null }), { replace: true })
  const list = (name: string) => (place.query.get(name) ?? '').split(',').filter(Boolean)
  const { data: drives } = useDrives()
  const { data: lists } = useLists()
  return (
    <div className="merge-filters">
      <SearchBox className="merge-search" label="查找意见" q={place.query.get('q') ?? ''} look={(q) => set('q', q)} />
      <select
        className="filter-button"
        aria-label="归并情况"
        value={place.query.get('merged') ?? 'open'}
        onChange={(event) => set('merged', event.target.value)}
      >
        {MERGED.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <select
        className="filter-button"
        aria-label="收到时间"
        value={place.query.get('days') ?? ''}
        onChange={(event) => set('days', event.target.value)}
      >
        {DAYS.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <FilterMenu label="类别" count={list('category').length}>
        <CategoryPicker
          id="merge-category"
          label="事项类别"
          multiple
          chosen={list('category')}
          choose={(values) => set('category', values.join(','))}
        />
      </FilterMenu>
      <FilterMenu label="渠道" count={list('channel').length}>
        <CheckList options={CHANNELS} chosen={list('channel')} choose={(values) => set('channel', values.join(','))} />
      </FilterMenu>
      <FilterMenu label="标签" count={list('tag').length}>
        <TagsField id="merge-tag" label="标签" chosen={list('tag')} choose={(values) => set('tag', values.join(','))} />
      </FilterMenu>
      <RecordFilter
        label="集中征集"
        any="不限征集"
        records={drives?.items}
        chosen={place.query.get('drive')}
        choose={(id) => set('drive', id)}
      />
      <RecordFilter
        label="问题清单"
        any="不限清单"
        records={lists?.items}
        chosen={place.query.get('list')}
        choose={(id) => set('list', id)}
      />
      {place.query.get('problem') !== null && (
        <button type="button" className="chip" onClick={() => set('problem', '')}>
          只看一个问题
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  )
}

interface RecordFilterProps {
  readonly label: string
  readonly any: string
  readonly records: readonly { readonly id: string; readonly title: string }[] | undefined
  readonly chosen: string | null
  readonly choose: (id: string) => void
}

/** One drive or one list; not there where the house has none. */
function RecordFilter({ label, any, records = [], chosen, choose }: RecordFilterProps) {
  if (records.length === 0) return null
  return (
    <select
      className="filter-button merge-record"
      aria-label={label}
      value={chosen ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{any}</option>
      {records.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  )
}
