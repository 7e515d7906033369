import { LIAISON_END_GROUND, NORMAL_TRACK_STATE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { type NormalTrack, refreshDuties, useNormalTracks } from './query.ts'
import '../page/page.css'
import './duties.css'

/** Requests to end the liaison of an enterprise (步入正常轨道): those that wait first. */
export function NormalTracksPage() {
  const { data, error, isPending, refetch } = useNormalTracks()
  useTitle('步入正常轨道')
  const items = [...(data?.items ?? [])].sort((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting'))
  return (
    <div className="page duties">
      <header className="page-head">
        <h1>步入正常轨道</h1>
        <div className="page-acts">
          <Link to="/w/liaison?kind=enterprise" className="button button-small">
            重点企业
          </Link>
        </div>
      </header>
      <p className="page-lead">企业自己确认，再由另一名领导或督查人员批准；批准以后包保和走访责任到那一天为止。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={4} />}
      {data && items.length === 0 && <EmptyView>还没有申请。包保人在企业的页面上提出。</EmptyView>}
      <Tracks tracks={items} named />
    </div>
  )
}

export const Tracks = ({
  tracks,
  named = false,
}: {
  readonly tracks: readonly NormalTrack[]
  readonly named?: boolean
}) => (
  <ul className="visit-list">
    {tracks.map((track) => (
      <li key={track.id}>
        <b>
          {named && <Link to={`/w/liaison/${track.target.id}`}>{track.target.name}</Link>}
          {named && ' · '}
          {LIAISON_END_GROUND[track.ground]} · {NORMAL_TRACK_STATE[track.state]}
        </b>
        <span>
          {track.confirmedBy}于 {track.confirmedOn} 确认，包保到 {track.on} 为止
        </span>
        <blockquote>“{track.words}”</blockquote>
        <span className="muted">
          {track.askedBy}提出{track.decidedBy && `，${track.decidedBy}${NORMAL_TRACK_STATE[track.state].slice(1)}`}
          {track.reason && `：${track.reason}`}
        </span>
        {track.mayDecide && <Decide track={track} />}
      </li>
    ))}
  </ul>
)

function Decide({ track }: { readonly track: NormalTrack }) {
  const [reason, setReason] = useState('')
  const [returns, setReturns] = useState(false)
  const told = {
    done: ({ state, target }: NormalTrack) => {
      announce(`${target.name}：${NORMAL_TRACK_STATE[state]}`)
      refreshDuties()
    },
  }
  const params = { id: track.id }
  const approve = useSubmission((_: null, key) => api('approveNormalTrack', { params, body: {}, key }), told)
  const refuse = useSubmission(
    (why: string, key) => api('returnNormalTrack', { params, body: { reason: why }, key }),
    told,
  )
  return (
    <>
      <div className="panel-acts">
        <Confirm label="批准" busy={approve.isPending} run={() => approve.mutate(null)}>
          {`${track.target.name}的包保和走访责任到 ${track.on} 为止，包保人一并解除。`}
        </Confirm>
        <button type="button" className="button" onClick={() => setReturns(!returns)}>
          退回
        </button>
      </div>
      {returns && (
        <form
          className="panel-grid"
          onSubmit={(event) => {
            event.preventDefault()
            refuse.mutate(reason)
          }}
        >
          <PlainField label="退回理由" value={reason} set={setReason} maxLength={200} />
          <div className="panel-acts">
            <button type="submit" className="button" disabled={reason.trim() === '' || refuse.isPending}>
              确认退回
            </button>
          </div>
        </form>
      )}
      <FaultNotice fault={approve.error ?? refuse.error} />
    </>
  )
}
