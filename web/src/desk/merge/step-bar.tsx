import { MERGE_STEP_STATE } from '@banjie/contract'
import { Icon } from '../../shared/icon.tsx'
import { groupNumber } from '../../shared/number.ts'
import type { Step } from './query.ts'

const isRunning = ({ state }: Step) => state === 'running' || state === 'undoing'

/** What a finished step has done, in one sentence. */
function stepWords({ kind, state, moved, total, problem, failures }: Step): string {
  const left = failures.length > 0 ? `，${failures.length} 件没有办成` : ''
  const name = problem === null ? '' : `「${problem.title}」`
  if (state === 'undone') return `已撤销${moved > 0 ? `，${moved} 件已有进展不能撤回` : ''}`
  if (state === 'failed') return `没有完成：${failures[0]?.detail ?? ''}`
  if (isRunning({ state } as Step)) return `${MERGE_STEP_STATE[state]} ${moved} / ${total}`
  if (kind === 'split') return `已从${name}移出 ${moved} 件${left}`
  if (kind === 'create') return `已立项${name}，并入 ${moved} 件`
  return `已把 ${moved} 件并入${name}${left}`
}

interface StepBarProps {
  readonly step: Step
  readonly undo: () => void
  readonly retry: (ids: readonly string[]) => void
  readonly close: () => void
  readonly busy: boolean
}

/** How far the last step is, what did not succeed and why, and the way back. */
export function StepBar({ step, undo, retry, close, busy }: StepBarProps) {
  const { failures, problem } = step
  const running = isRunning(step)
  const done = step.state === 'undoing' ? step.total - step.moved : step.moved + failures.length
  const mayRetry = !running && failures.length > 0 && step.kind === 'attach' && problem !== null
  return (
    <section className={`step-bar ${step.state === 'failed' ? 'is-bad' : ''}`} aria-label="归并操作">
      <p className="step-words" role="status" aria-live="polite">
        <Icon name={failures.length > 0 ? 'alert' : 'check'} />
        {stepWords(step)}
      </p>
      {running && <progress aria-label="进度" max={step.total} value={done} />}
      {step.undoUntil !== null && !running && (
        <button type="button" className="button button-small" disabled={busy} onClick={undo}>
          撤销
        </button>
      )}
      {mayRetry && (
        <button
          type="button"
          className="button button-small"
          disabled={busy}
          onClick={() => retry(failures.map(({ id }) => id))}
        >
          重试 {failures.length} 件
        </button>
      )}
      {!running && (
        <button type="button" className="icon-button" aria-label="收起" onClick={close}>
          <Icon name="close" />
        </button>
      )}
      {!running && step.state !== 'failed' && failures.length > 0 && (
        <ul className="step-failures">
          {failures.slice(0, 50).map(({ id, number, detail }) => (
            <li key={id}>
              {number && <span className="number">{groupNumber(number)}</span>} {detail}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
