import { useState } from 'react'
import type { ApiFault } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useSlip } from './query.ts'

const BY = { days: '后延几个工作日', beginOn: '改为哪天开工' } as const

interface Props {
  readonly plan: string
  readonly task: { readonly id: string; readonly title: string }
  readonly today: string
  readonly close: () => void
}
/** Rehearses a delay (后延预演): what it would move, before anybody changes anything. */
export function SlipPanel({ plan, task, today, close }: Props) {
  const first = useFocusOnce<HTMLElement>()
  const [by, setBy] = useState<keyof typeof BY>('days')
  const [days, setDays] = useState('5')
  const [beginOn, setBeginOn] = useState(today)
  const { data, error } = useSlip(plan, task.id, by === 'days' ? { days } : { beginOn })
  return (
    <section ref={first} tabIndex={-1} className="panel plan-slip no-print" aria-label={`后延预演：${task.title}`}>
      <h2>后延预演：{task.title}</h2>
      <div className="panel-grid">
        <SelectField label="怎样后延" value={by} set={setBy} words={BY} />
        {by === 'days' ? (
          <PlainField {...{ label: '工作日', type: 'number', min: '0', value: days, set: setDays }} />
        ) : (
          <PlainField label="开工" type="date" value={beginOn} set={setBeginOn} />
        )}
        <div className="panel-acts">
          <button type="button" className="button" onClick={close}>
            收起
          </button>
        </div>
      </div>
      <FaultNotice fault={error as ApiFault | null} />
      {data && !error && (
        <>
          <p className={`notice ${data.moves.some(({ late }) => late > 0) ? 'notice-bad' : 'notice-ok'}`} role="status">
            {data.words}
            {data.path.length > 1 && ` 传递路径：${data.path.map(({ title }) => title).join(' → ')}。`}
          </p>
          {data.targets.length > 0 && (
            <TableSection title="不能按期完成的目标" head={['目标', '应完成', '原预计', '后延后', '超期']} empty="">
              {data.targets.map((target) => (
                <tr key={target.id}>
                  <td>{target.title}</td>
                  <td>{target.dueOn}</td>
                  <td>{target.wasEnd}</td>
                  <td>{target.end}</td>
                  <td>{target.late} 个工作日</td>
                </tr>
              ))}
            </TableSection>
          )}
          {data.moves.length > 0 && (
            <TableSection
              {...{ title: '受影响的任务', count: data.moves.length, empty: '' }}
              head={['任务', '原安排', '后延后', '最迟完成', '超期']}
            >
              {data.moves.slice(0, SHOWN).map((move) => (
                <tr key={move.id}>
                  <td>
                    {move.title} {move.redLine && <span className="tag tag-bad">突破红线</span>}
                  </td>
                  <td>
                    {move.wasBegin} 至 {move.wasEnd}
                  </td>
                  <td>
                    {move.begin} 至 {move.end}
                  </td>
                  <td>{move.lastDay}</td>
                  <td>{move.late > 0 ? `${move.late} 个工作日` : '不超'}</td>
                </tr>
              ))}
            </TableSection>
          )}
          {data.moves.length > SHOWN && <p className="hint">只列最先受影响的 {SHOWN} 项。</p>}
          <p className="hint">只是预演，没有改动任何内容。已开始的任务按剩下的工作日计。</p>
        </>
      )}
    </section>
  )
}
const SHOWN = 50
