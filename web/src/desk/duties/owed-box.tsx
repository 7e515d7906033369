import { OBLIGATION_KIND, type ObligationKind } from '@banjie/contract'
import { columnText, dayText } from '../../shared/moment.ts'
import { LightMark } from '../light-mark.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { useOwed } from './query.ts'
import { Settling } from './settling.tsx'
import './duties.css'

/** The row of the ledger (台账一行) by which somebody came here: who owes it, until when, who checks, what was said, and what may be done. */
export function OwedBox({ id }: { readonly id: string }) {
  const { data, error, refetch } = useOwed(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton rows={2} />
  const { light, remaining, type, title, owners, leadUnit, dueAt, stageLabel, progress, checker } = data
  const who = [owners.map(({ name }) => name).join('、'), leadUnit?.name].filter(Boolean).join(' · ')
  return (
    <section className={`panel owed owed-${light}`} aria-label="这项责任">
      <p>
        <LightMark light={light} remaining={remaining} /> <b>{title}</b>
      </p>
      <p>
        {who} {dueAt !== null && `应于${dayText(dueAt)}前完成`}，{stageLabel} {progress}
      </p>
      <p className="muted">
        {OBLIGATION_KIND[type as ObligationKind]}
        {checker !== null && ` · ${checker}检查`}
      </p>
      {data.explained && (
        <p>
          说明：{data.explanation}
          <span className="muted">
            （{data.explained.by} {columnText(data.explained.at)}）
          </span>
        </p>
      )}
      {data.cleared && (
        <p>
          已销账：{data.cleared.note}
          <span className="muted">
            （{data.cleared.by} {columnText(data.cleared.at)}）
          </span>
        </p>
      )}
      <Settling {...data} />
    </section>
  )
}
