import { LIGHT_SHAPE, PLAN_LACK, PROGRESS_LIGHT } from '@banjie/contract'
import type { Progress, Target } from './query.ts'

/** The light of progress: shape, word and colour. */
export const ProgressLight = ({ light }: Pick<Progress, 'light'>) =>
  light === null ? (
    <span className="light">编制中</span>
  ) : (
    <span className={`light light-${light}`}>
      <span aria-hidden="true" className="light-shape">
        {LIGHT_SHAPE[light]}
      </span>
      <span className="light-word">{PROGRESS_LIGHT[light]}</span>
    </span>
  )

const percent = (share: number) => `${Math.round(share * 100)}%`

/** How much is reached, as words and as a bar; the tick is where the plan should be today. */
export const ProgressBar = ({ progress }: { readonly progress: Progress }) => (
  <span className={`plan-bar plan-bar-${progress.light ?? 'none'}`}>
    <span className="plan-bar-text">
      <b>{progress.text}</b> {percent(progress.share)}
      {progress.worked !== null && ` · 任务 ${percent(progress.worked)}`}
    </span>
    <span
      className="plan-bar-track"
      role="img"
      aria-label={`完成 ${percent(progress.share)}${progress.planned === null ? '' : `，按计划 ${percent(progress.planned)}`}`}
    >
      <span className="plan-bar-fill" style={{ width: percent(progress.share) }} />
      {progress.planned !== null && progress.planned > 0 && (
        <span className="plan-bar-tick" style={{ insetInlineStart: percent(progress.planned) }} />
      )}
    </span>
  </span>
)

/** What is still missing of the four (四定). */
export const Lacks = ({ lacks }: Pick<Target, 'lacks'>) =>
  lacks.length === 0 ? null : <span className="tag tag-bad">缺 {lacks.map((lack) => PLAN_LACK[lack]).join('、')}</span>
