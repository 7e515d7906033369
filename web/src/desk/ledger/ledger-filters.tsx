import { CHANNEL, LIGHT, OBLIGATION_FORM, OBLIGATION_KIND, OBLIGATION_STATE, STAGE } from '@banjie/contract'
import { useState } from 'react'
import { CategoryPicker, UnitPicker } from '../../form/pickers.tsx'
import { TagsField } from '../../form/tags-field.tsx'
import { Icon } from '../../shared/icon.tsx'
import { useCaseTypes } from '../../shared/query.ts'
import type { Light } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { SearchBox } from '../page/search-box.tsx'
import { go, type Place, withQuery } from '../router.ts'
import { countOf, type LedgerFilter, type ListName } from './filter.ts'
import { CheckList, FilterMenu } from './filter-menu.tsx'
import { SourceChips } from './source-chips.tsx'

const entries = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
const LIGHTS = Object.keys(LIGHT).map((light) => ({ value: light, label: <LightMark light={light as Light} /> }))

const SORTS = [
  ['-received', '新收到'],
  ['received', '先收到'],
  ['due', '先到期'],
  ['-due', '后到期'],
  ['-updated', '新变动'],
  ['updated', '久未变动'],
] as const

/** The conditions of the ledger; every change is a new address. */
export function LedgerFilters({ place, filter }: { readonly place: Place; readonly filter: LedgerFilter }) {
  const { data: types } = useCaseTypes()
  const [opened, setOpened] = useState(false)
  const set = (name: ListName) => (values: readonly string[]) =>
    go(withQuery(place, { [name]: values.join(',') }), { replace: true })
  const { lists, words } = filter
  const count = countOf(filter)
  return (
    <div className={`filters ${opened ? 'is-open' : ''}`}>
      <SearchBox
        className="filters-search"
        label="查找编号、事由、地点"
        q={words.q}
        look={(q) => go(withQuery(place, { q: q || null }), { replace: true })}
      />
      <button type="button" className="button filters-toggle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Icon name="filter" />
        筛选{count > 0 && ` ${count}`}
      </button>
      <div className="filters-all">
        <select
          className="filter-button filters-sort"
          aria-label="排序"
          value={filter.sort}
          onChange={(event) => go(withQuery(place, { sort: event.target.value }), { replace: true })}
        >
          {SORTS.map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <FilterMenu label="形态" count={lists.form.length}>
          <CheckList options={entries(OBLIGATION_FORM)} chosen={lists.form} choose={set('form')} />
        </FilterMenu>
        <FilterMenu label="灯" count={lists.light.length}>
          <CheckList options={LIGHTS} chosen={lists.light} choose={set('light')} />
        </FilterMenu>
        <FilterMenu label="环节" count={lists.stage.length}>
          <CheckList options={entries({ ...STAGE, ...OBLIGATION_STATE })} chosen={lists.stage} choose={set('stage')} />
        </FilterMenu>
        <FilterMenu label="类型" count={lists.type.length}>
          <CheckList
            options={[
              ...(types?.items ?? []).map(({ id, label }) => ({ value: id, label })),
              ...entries(OBLIGATION_KIND),
            ]}
            chosen={lists.type}
            choose={set('type')}
          />
        </FilterMenu>
        <FilterMenu label="渠道" count={lists.channel.length}>
          <CheckList options={entries(CHANNEL)} chosen={lists.channel} choose={set('channel')} />
        </FilterMenu>
        <FilterMenu label="单位" count={lists.unit.length}>
          <UnitPicker
            id="filter-unit"
            label="主办或协办单位"
            multiple
            chosen={lists.unit}
            choose={set('unit')}
            placeholder="主办或协办单位"
          />
        </FilterMenu>
        <FilterMenu label="类别" count={lists.category.length}>
          <CategoryPicker
            id="filter-category"
            label="事项类别"
            multiple
            chosen={lists.category}
            choose={set('category')}
          />
        </FilterMenu>
        <FilterMenu label="标签" count={lists.tag.length}>
          <TagsField id="filter-tag" label="标签" chosen={lists.tag} choose={set('tag')} />
        </FilterMenu>
        <FilterMenu label="收到日期" count={Number(words.from !== '') + Number(words.to !== '')}>
          <div className="filter-days">
            <label>
              从
              <input
                type="date"
                className="input"
                value={words.from}
                max={words.to || undefined}
                onChange={(event) => go(withQuery(place, { from: event.target.value }), { replace: true })}
              />
            </label>
            <label>
              到
              <input
                type="date"
                className="input"
                value={words.to}
                min={words.from || undefined}
                onChange={(event) => go(withQuery(place, { to: event.target.value }), { replace: true })}
              />
            </label>
          </div>
        </FilterMenu>
        <label className="filter-button filter-mine">
          <input
            type="checkbox"
            checked={words.owner === 'me'}
            onChange={({ target }) => go(withQuery(place, { owner: target.checked ? 'me' : null }), { replace: true })}
          />
          只看我的
        </label>
        <SourceChips place={place} filter={filter} />
        {lists.number.length > 0 && (
          <button
            type="button"
            className="chip"
            onClick={() => go(withQuery(place, { number: null }), { replace: true })}
          >
            只看指定的 {lists.number.length} 件
            <Icon name="close" size={12} />
          </button>
        )}
        {words.batch !== '' && (
          <button
            type="button"
            className="chip"
            onClick={() => go(withQuery(place, { batch: null }), { replace: true })}
          >
            只看一个导入批次
            <Icon name="close" size={12} />
          </button>
        )}
        {count > 0 && (
          <button
            type="button"
            className="button button-small button-plain"
            onClick={() => go('/w/c', { replace: true })}
          >
            清除条件
          </button>
        )}
      </div>
    </div>
  )
}
