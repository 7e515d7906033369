import type { EnterpriseTitle } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import type { Enterprise } from './query.ts'
import { useSheetRows } from './sheet.ts'

const KNOWN = [
  '专精特新中小企业',
  '专精特新“小巨人”企业',
  '创新型中小企业',
  '高新技术企业',
  '科技型中小企业',
  '瞪羚企业',
]

/** Titles of an enterprise (资质和荣誉), each with its days and its source. */
export function Titles({ enterprise }: { readonly enterprise: Enterprise }) {
  const [shows, setShows] = useState<{ readonly what: 'put' | 'end'; readonly at: number }>()
  const { titles, mayEdit } = enterprise
  const close = () => setShows(undefined)
  const today = dayOf(new Date())
  return (
    <>
      <TableSection
        {...{ title: '资质和荣誉', count: titles.length, empty: '还没有登记资质和荣誉。' }}
        head={['名称', '自', '至', '来源', ...(mayEdit ? ['办理'] : [])]}
      >
        {titles.map(({ title, from, to, source }, i) => (
          <tr key={`${title} ${from}`}>
            <td>{title}</td>
            <td className="number">{from}</td>
            <td className="number">
              {to === null ? '有效' : to}
              {to !== null && to < today && ' '}
              {to !== null && to < today && <span className="tag">已到期</span>}
            </td>
            <td>{source}</td>
            {mayEdit && (
              <td>
                <span className="enterprise-acts no-print">
                  <button
                    type="button"
                    className="button button-small"
                    aria-label={`修改资质 ${title}`}
                    onClick={() => setShows({ what: 'put', at: i })}
                  >
                    修改
                  </button>
                  {to === null && (
                    <button
                      type="button"
                      className="button button-small"
                      aria-label={`结束资质 ${title}`}
                      onClick={() => setShows({ what: 'end', at: i })}
                    >
                      结束
                    </button>
                  )}
                </span>
              </td>
            )}
          </tr>
        ))}
      </TableSection>
      {mayEdit && shows === undefined && (
        <p className="no-print">
          <button
            type="button"
            className="button button-small"
            onClick={() => setShows({ what: 'put', at: titles.length })}
          >
            登记资质
          </button>
        </p>
      )}
      {shows?.what === 'put' && <PutForm key={shows.at} {...{ enterprise, at: shows.at, close }} />}
      {shows?.what === 'end' && <EndForm key={shows.at} {...{ enterprise, at: shows.at, close }} />}
    </>
  )
}

interface RowForm {
  readonly enterprise: Enterprise
  /** Which row; behind the last for a new one. */
  readonly at: number
  readonly close: () => void
}
const replaced = (titles: readonly EnterpriseTitle[], at: number, row: EnterpriseTitle | undefined) => [
  ...titles.slice(0, at),
  ...(row ? [row] : []),
  ...titles.slice(at + 1),
]

function PutForm({ enterprise, at, close }: RowForm) {
  const { titles } = enterprise
  const before = titles[at]
  const [title, setTitle] = useState(before?.title ?? '')
  const [from, setFrom] = useState(before?.from ?? dayOf(new Date()))
  const [to, setTo] = useState(before?.to ?? '')
  const [source, setSource] = useState(before?.source ?? '')
  const [drops, setDrops] = useState(false)
  const save = useSheetRows(enterprise, drops ? `已删去“${title}”` : `已保存“${title}”`, close)
  const row = { title, from, to: to === '' ? null : to, source }
  return (
    <PanelForm
      title={before === undefined ? '登记资质' : `修改资质：${before.title}`}
      act={drops ? '删去' : '保存'}
      ready={title.trim() !== '' && from !== '' && source.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ titles: replaced(titles, at, drops ? undefined : row) })}
    >
      <PlainField label="资质名称" value={title} set={setTitle} maxLength={60} suggestions={KNOWN} />
      <PlainField label="自" type="date" value={from} set={setFrom} />
      <PlainField label="至" optional type="date" value={to} set={setTo} hint="没有期限的留空" />
      <PlainField label="来源" value={source} set={setSource} maxLength={100} hint="文件或公布单位，如 省工信厅公告" />
      {before !== undefined && (
        <label className="check">
          <input type="checkbox" checked={drops} onChange={() => setDrops(!drops)} />
          <span>登记错了，删去这一条</span>
        </label>
      )}
    </PanelForm>
  )
}

function EndForm({ enterprise, at, close }: RowForm) {
  const { titles } = enterprise
  const [to, setTo] = useState(() => dayOf(new Date()))
  const before = titles[at]
  const save = useSheetRows(enterprise, `“${before?.title ?? ''}”到 ${to} 为止`, close)
  if (before === undefined) return null
  return (
    <PanelForm
      title={`结束资质：${before.title}`}
      act="结束"
      ready={to !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ titles: replaced(titles, at, { ...before, to }) })}
    >
      <PlainField label="最后一天" type="date" value={to} set={setTo} hint="以前的年度仍按当时有效计算" />
    </PanelForm>
  )
}
