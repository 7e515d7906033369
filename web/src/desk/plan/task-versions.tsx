import { columnText } from '../../shared/moment.ts'
import { DecideForm } from './decide-form.tsx'
import type { TaskDetail } from './query.ts'

/** Every version of a task (任务各版), and the decision where one waits. */
export const TaskVersions = ({ task }: { readonly task: TaskDetail }) =>
  task.versions.length === 0 ? null : (
    <section className="table-section" aria-label="任务各版">
      <h2>
        任务各版<span className="table-count">{task.versions.length}</span>
      </h2>
      <ol className="plan-versions">
        {task.versions.map((version) => (
          <li key={version.version}>
            <p>
              <b>第 {version.version} 版</b> <span className="tag">{version.stateLabel}</span> {version.words}
            </p>
            <p className="hint">
              {version.proposer} {columnText(version.proposedAt)} {version.reason ? `报批：${version.reason}` : '公布'}
              {version.version > 1 &&
                version.approver &&
                version.decidedAt &&
                ` · ${version.approver} ${columnText(version.decidedAt)} ${version.stateLabel.slice(1)}`}
              {version.note && `：${version.note}`}
            </p>
            {version.decidable && <DecideForm kind="task" id={task.id} version={version.version} />}
          </li>
        ))}
      </ol>
    </section>
  )
