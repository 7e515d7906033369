import { ENTERPRISE_SIZE, type EnterpriseSize } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import type { Enterprise } from './query.ts'
import { useSheetRows } from './sheet.ts'

/** Years of an enterprise (年度情况): its size, whether it was above the scale, its staff, each with its source. */
export function Years({ enterprise }: { readonly enterprise: Enterprise }) {
  const [shows, setShows] = useState<number | 'new'>()
  const { years, mayEdit } = enterprise
  const close = () => setShows(undefined)
  return (
    <>
      <TableSection
        {...{ title: '年度情况', count: years.length, empty: '还没有登记年度规模和规上情况。', counts: ['从业人数'] }}
        head={['年度', '规模', '规上', '从业人数', '来源', ...(mayEdit ? ['办理'] : [])]}
      >
        {years.map(({ year, size, aboveScale, staff, source }) => (
          <tr key={year}>
            <td className="number">{year} 年</td>
            <td>{size === null ? '—' : ENTERPRISE_SIZE[size]}</td>
            <td>{aboveScale ? '规上' : '否'}</td>
            <td className="is-count">{staff === null ? '—' : staff.toLocaleString('zh-CN')}</td>
            <td>{source}</td>
            {mayEdit && (
              <td>
                <button
                  type="button"
                  className="button button-small no-print"
                  aria-label={`修改 ${year} 年`}
                  onClick={() => setShows(year)}
                >
                  修改
                </button>
              </td>
            )}
          </tr>
        ))}
      </TableSection>
      {mayEdit && shows === undefined && (
        <p className="no-print">
          <button type="button" className="button button-small" onClick={() => setShows('new')}>
            登记年度
          </button>
        </p>
      )}
      {shows !== undefined && <YearForm key={shows} {...{ enterprise, shows, close }} />}
    </>
  )
}

function YearForm({
  enterprise,
  shows,
  close,
}: {
  readonly enterprise: Enterprise
  readonly shows: number | 'new'
  readonly close: () => void
}) {
  const { years } = enterprise
  const before = years.find((one) => one.year === shows)
  const [year, setYear] = useState(() => String(before?.year ?? firstMissing(enterprise)))
  const [size, setSize] = useState<EnterpriseSize | ''>(before?.size ?? '')
  const [above, setAbove] = useState<'yes' | 'no'>(before?.aboveScale === true ? 'yes' : 'no')
  const [staff, setStaff] = useState(before?.staff == null ? '' : String(before.staff))
  const [source, setSource] = useState(before?.source ?? '')
  const [drops, setDrops] = useState(false)
  const save = useSheetRows(enterprise, drops ? `已删去 ${year} 年` : `已保存 ${year} 年`, close)
  const row = {
    ...{ year: Number(year), size: size === '' ? null : size, aboveScale: above === 'yes', source },
    staff: staff === '' ? null : Number(staff),
  }
  const rest = years.filter((one) => one.year !== shows)
  return (
    <PanelForm
      title={before === undefined ? '登记年度' : `修改 ${before.year} 年`}
      act={drops ? '删去' : '保存'}
      ready={year !== '' && source.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ years: drops ? rest : [row, ...rest] })}
    >
      {before === undefined && <PlainField label="年度" type="number" min="2000" value={year} set={setYear} />}
      <SelectField<EnterpriseSize | ''>
        label="规模"
        value={size}
        set={setSize}
        words={{ '': '未标明', ...ENTERPRISE_SIZE }}
      />
      <SelectField label="规上" value={above} set={setAbove} words={{ no: '否', yes: '是' }} />
      <PlainField label="从业人数" optional type="number" min="0" value={staff} set={setStaff} />
      <PlainField label="来源" value={source} set={setSource} maxLength={100} hint="如 统计局名录" />
      {before !== undefined && (
        <label className="check">
          <input type="checkbox" checked={drops} onChange={() => setDrops(!drops)} />
          <span>登记错了，删去这一年</span>
        </label>
      )}
    </PanelForm>
  )
}

/** The newest year that is not on record. */
function firstMissing({ years }: Enterprise): number {
  const known = years.map(({ year }) => year)
  let year = Number(dayOf(new Date()).slice(0, 4))
  while (known.includes(year)) year -= 1
  return year
}
