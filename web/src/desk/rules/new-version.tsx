import { CLOCK, LIMIT_UNIT } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { go } from '../router.ts'
import {
  type Change,
  type Clock,
  clockText,
  LIMIT_KEY,
  type Limit,
  type Limits,
  limitWords,
  type RuleSet,
  rulesOf,
  withChanges,
} from './rule-set.ts'

interface NewVersionProps {
  readonly base: RuleSet
  readonly taken: readonly string[]
}
type Row = Change & { readonly id: string }

/** The next version: number, day, source and the limits that change; all else is carried over. */
export function NewVersion({ base, taken }: NewVersionProps) {
  const [version, setVersion] = useState('')
  const [validFrom, setValidFrom] = useState(() => dayOf(new Date()))
  const [source, setSource] = useState('')
  const [rows, setRows] = useState<readonly Row[]>([])
  const limits = (rulesOf(base).limits ?? {}) as Limits
  const send = useSubmission(
    (body: Parameters<typeof api<'newRuleSet'>>[1]['body'], key) => api('newRuleSet', { body, key }),
    {
      done: (set) => {
        announce(`规则版本 ${set.version} 已发布，自 ${set.validFrom} 起用`)
        void queryClient.invalidateQueries({ queryKey: ['ruleSets'] })
        go(`/w/admin/rules?version=${encodeURIComponent(set.version)}`)
      },
    },
  )
  const isTaken = taken.includes(version.trim())
  const ready =
    [version, validFrom, source].every((text) => text.trim() !== '') &&
    !isTaken &&
    rows.length > 0 &&
    rows.every(({ limit }) => limit.amount > 0)
  const publish = () =>
    send.mutate({
      ...{ version: version.trim(), validFrom, source: source.trim() },
      rules: withChanges(rulesOf(base), rows),
    })
  return (
    <section className="panel" aria-label="发布新版本">
      <h2>发布新版本</h2>
      <p className="hint">以版本 {base.version} 为底，只改下面列出的时限，其余照旧。在办事项仍按各自的版本办到底。</p>
      <div className="panel-grid">
        <Labelled label="版本号" hint={isTaken ? '这个版本号已经用过，请换一个。' : '如 2027-01'}>
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={40}
              aria-invalid={isTaken}
              value={version}
              onChange={(event) => setVersion(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="生效日期">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              value={validFrom}
              onChange={(event) => setValidFrom(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="依据" hint="文件名称、文号">
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={300}
              value={source}
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        </Labelled>
      </div>
      {rows.map((row, place) => (
        <ChangeRow
          key={row.id}
          row={row}
          place={place}
          before={limits[row.clock]?.[row.key] ?? limits[row.clock]?.['any']}
          change={(part) => setRows(rows.map((one) => (one.id === row.id ? { ...one, ...part } : one)))}
          remove={() => setRows(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      <div className="panel-acts">
        <button
          type="button"
          className="button"
          onClick={() => {
            const limit = limits.handle?.['any'] ?? { amount: 5, unit: 'workingDay' }
            setRows([...rows, { id: crypto.randomUUID(), clock: 'handle', key: 'any', limit }])
          }}
        >
          增加一项改动
        </button>
        <Confirm label="发布" disabled={!ready} busy={send.isPending} run={publish}>
          {`版本 ${version.trim()} 自 ${validFrom} 起用，此后登记的事项改按：${rows.map(({ clock, key, limit }) => `${clockText(clock)}（${LIMIT_KEY[key] ?? key}）${limitWords(limit)}`).join('；')}。在办事项不变。发布后不能修改，只能再发布新版本。`}
        </Confirm>
        {rows.length === 0 && <span className="hint">请先增加要改的时限。</span>}
      </div>
      <FaultNotice fault={send.error} />
    </section>
  )
}

interface ChangeRowProps {
  readonly row: Row
  readonly place: number
  readonly before: Limit | undefined
  readonly change: (part: Partial<Change>) => void
  readonly remove: () => void
}

function ChangeRow({ row, place, before, change, remove }: ChangeRowProps) {
  const name = `改动 ${place + 1}`
  return (
    <fieldset className="limit-change" aria-label={name}>
      <select
        className="input"
        aria-label={`${name}：时钟`}
        value={row.clock}
        onChange={(event) => change({ clock: event.target.value as Clock })}
      >
        {Object.entries(CLOCK).map(([clock, label]) => (
          <option key={clock} value={clock}>
            {label}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={`${name}：适用`}
        value={row.key}
        onChange={(event) => change({ key: event.target.value })}
      >
        {Object.entries(LIMIT_KEY).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <span className="limit-before">原 {before ? limitWords(before) : '无'} →</span>
      <input
        type="number"
        className="input"
        aria-label={`${name}：数量`}
        min={0.5}
        step={0.5}
        max={2000}
        value={Number.isNaN(row.limit.amount) ? '' : row.limit.amount}
        onChange={(event) => change({ limit: { ...row.limit, amount: event.target.valueAsNumber } })}
      />
      <select
        className="input"
        aria-label={`${name}：单位`}
        value={row.limit.unit}
        onChange={(event) => change({ limit: { ...row.limit, unit: event.target.value as Limit['unit'] } })}
      >
        {Object.entries(LIMIT_UNIT).map(([unit, label]) => (
          <option key={unit} value={unit}>
            {label}
          </option>
        ))}
      </select>
      <button type="button" className="button button-small button-plain" onClick={remove} aria-label={`去掉${name}`}>
        去掉
      </button>
    </fieldset>
  )
}
