import { bandWords, INVESTMENT_MEASURE, type InvestmentMeasure, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshProjects } from './query.ts'

type Known = Answer<'investmentTargets'>
const FEN_IN_YI = 10_000_000_000
const MOST = 20

interface Draft {
  readonly key: string
  readonly title: string
  readonly measure: InvestmentMeasure
  /** In 亿元; empty is from nothing on. */
  readonly threshold: string
  readonly nested: boolean
  readonly needed: string
}
const blank = (): Draft => ({
  ...{ key: crypto.randomUUID(), title: '', measure: 'size', threshold: '', nested: false, needed: '' },
})
const draftsOf = ({ items }: Known): readonly Draft[] =>
  items.length === 0
    ? [blank()]
    : items.map(({ title, measure, thresholdFen, nested, needed }) => ({
        ...{ key: crypto.randomUUID(), title, measure, nested, needed: String(needed) },
        threshold: thresholdFen === 0 ? '' : String(thresholdFen / FEN_IN_YI),
      }))

/** An item as it would be sent, or undefined while something of it is missing. */
function itemOf({ title, measure, threshold, nested, needed }: Draft) {
  const thresholdFen = threshold.trim() === '' ? 0 : parseMoney(threshold, '亿元')
  const wanted = Number(needed)
  if (title.trim() === '' || thresholdFen === undefined || !Number.isInteger(wanted) || wanted < 1) return undefined
  return { title, measure, thresholdFen, nested: measure === 'size' && nested, needed: wanted }
}

/** A version of a year's investment targets (发布招商目标); each line says how it will be counted before it is sent. */
export function InvestmentForm({ known, close }: { readonly known: Known; readonly close: () => void }) {
  const { year, version } = known
  const [rows, setRows] = useState(() => draftsOf(known))
  const [basis, setBasis] = useState('')
  const save = useSubmission(
    (body: Request<'newInvestmentTargets'>['body'], key) => api('newInvestmentTargets', { body, key }),
    {
      done: (made) => {
        announce(`已发布 ${made.year} 年招商目标第 ${made.version} 版`)
        refreshProjects()
        close()
      },
    },
  )
  const items = rows.flatMap((row) => itemOf(row) ?? [])
  const change = (key: string, part: Partial<Draft>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <PanelForm
      title={version === 0 ? `发布 ${year} 年招商目标` : `${year} 年招商目标新版本（现为第 ${version} 版）`}
      act="发布"
      ready={items.length === rows.length && items.length > 0 && basis.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ year, items, basis })}
    >
      <div className="project-stages-form">
        {rows.map((row, i) => (
          <fieldset key={row.key}>
            <legend>目标 {i + 1}</legend>
            <Fields row={row} place={i + 1} change={(part) => change(row.key, part)} />
            <p className="hint project-band">{wordsOf(year, row, items)}</p>
            {rows.length > 1 && (
              <button
                type="button"
                className="button button-small"
                aria-label={`删去目标 ${i + 1}`}
                onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              >
                删去
              </button>
            )}
          </fieldset>
        ))}
        {rows.length < MOST && (
          <button
            type="button"
            className="button button-small"
            onClick={() => setRows((before) => [...before, blank()])}
          >
            再加一项
          </button>
        )}
      </div>
      <PlainField label="依据" value={basis} set={setBasis} maxLength={200} hint="如 年度招商工作安排" />
    </PanelForm>
  )
}

function Fields({
  row,
  place,
  change,
}: {
  readonly row: Draft
  readonly place: number
  readonly change: (part: Partial<Draft>) => void
}) {
  const named = (word: string) => `目标 ${place} ${word}`
  return (
    <>
      <PlainField
        {...{ label: named('名称'), value: row.title, maxLength: 60, placeholder: '如 亿元以上项目' }}
        set={(title) => change({ title })}
      />
      <SelectField
        {...{ label: named('口径'), value: row.measure, words: INVESTMENT_MEASURE }}
        set={(measure) => change({ measure })}
      />
      <PlainField
        {...{ label: named('投资额门槛'), optional: true, value: row.threshold, placeholder: '亿元' }}
        set={(threshold) => change({ threshold })}
      />
      <PlainField
        {...{ label: named('要完成几个'), type: 'number', min: '1', value: row.needed }}
        set={(needed) => change({ needed })}
      />
      {row.measure === 'size' && (
        <label className="check">
          <input type="checkbox" checked={row.nested} onChange={() => change({ nested: !row.nested })} />
          <span>更高一档的项目也计入目标 {place}</span>
        </label>
      )}
    </>
  )
}

/** How the line would count beside the others; what is missing while it would not. */
function wordsOf(year: number, row: Draft, items: readonly NonNullable<ReturnType<typeof itemOf>>[]): string {
  const item = itemOf(row)
  if (item !== undefined) return `计入：${bandWords(year, item, items)}`
  if (row.threshold.trim() !== '' && parseMoney(row.threshold, '亿元') === undefined)
    return '投资额门槛请填写数字，单位亿元，如 1 或 0.5'
  return '填好名称和个数后，这里说明怎样计算'
}
