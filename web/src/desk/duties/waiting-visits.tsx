import type { Session } from '../../shared/shape.ts'
import { dropVisit, useWaitingVisits, type WaitingVisit } from './visit-outbox.ts'

interface WaitingVisitsProps {
  readonly session: Session
  readonly edit: (visit: WaitingVisit) => void
}
/** What was written down without a network (等待网络): it lies on this device and is sent by itself; what was refused says why. */
export function WaitingVisits({ session, edit }: WaitingVisitsProps) {
  const visits = useWaitingVisits(session.personId)
  if (visits.length === 0) return null
  return (
    <section className="panel waiting-visits" aria-label="还没有送达的走访">
      <h2>
        还没有送达的走访<span className="table-count">{visits.length}</span>
      </h2>
      <ul>
        {visits.map((visit) => (
          <li key={visit.body.clientId}>
            <span>
              <b>{visit.target}</b> {visit.body.on}
            </span>
            {visit.refused === null ? (
              <span className="muted">{visit.isUnderWay ? '▸ 正在送…' : '◔ 等待网络，已存在本机，联网后自动送达'}</span>
            ) : (
              <>
                <span className="is-bad-text">■ 未收下：{visit.refused}</span>
                <span className="row-acts">
                  <button type="button" className="button button-small" onClick={() => edit(visit)}>
                    改后再送
                  </button>
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() => void dropVisit(visit.body.clientId)}
                  >
                    删除
                  </button>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
