import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'

/** Stand-in (代理): somebody of the same unit acts with the person's roles for a while. */
export function StandInForm({ unit }: { readonly unit: string | undefined }) {
  const [person, setPerson] = useState<string>()
  const [standIn, setStandIn] = useState<string>()
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [to, setTo] = useState('')
  const send = useSubmission(
    (body: Parameters<typeof api<'newStandIn'>>[1]['body'], key) => api('newStandIn', { body, key }),
    {
      done: () => {
        announce(`代理已生效：${from} 至 ${to}`)
        setPerson(undefined)
        setStandIn(undefined)
        setTo('')
      },
    },
  )
  const ready = person !== undefined && standIn !== undefined && from !== '' && to !== ''
  return (
    <section className="panel" aria-label="指定代理人">
      <h2>指定代理人</h2>
      <p className="hint">
        出差、休假期间由同单位的人代行职权，起止两日都算在内，期满自动收回。办过的事记在代理人名下。
      </p>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) send.mutate({ personId: person, standInId: standIn, from, to })
        }}
      >
        <Labelled label="被代理人">
          {({ id }) => (
            <PersonPicker id={id} unit={unit} chosen={person ? [person] : []} choose={([one]) => setPerson(one)} />
          )}
        </Labelled>
        <Labelled label="代理人">
          {({ id }) => (
            <PersonPicker id={id} unit={unit} chosen={standIn ? [standIn] : []} choose={([one]) => setStandIn(one)} />
          )}
        </Labelled>
        <Labelled label="自">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="至">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              min={from}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || send.isPending}>
            指定代理
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </section>
  )
}
