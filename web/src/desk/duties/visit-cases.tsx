import { Labelled } from '../page/labelled.tsx'
import { useTarget } from './query.ts'
import type { DraftProps } from './visit-form.tsx'

/** Which open problems of the target the visit was about, and, of those that have been answered, what the target says now. */
export function VisitCases({ targetId, draft, change }: DraftProps & { readonly targetId: string }) {
  const { data } = useTarget(targetId)
  const cases = new Map((data?.history ?? []).flatMap((visit) => visit.cases).map((kase) => [kase.id, kase]))
  const open = [...cases.values()].filter(({ closed }) => !closed)
  if (open.length === 0) return null
  const { caseIds, verdicts, purpose, kind } = draft
  const toggle = (id: string, mayVerify: boolean) => {
    const isOn = caseIds.includes(id)
    change({
      caseIds: isOn ? caseIds.filter((one) => one !== id) : [...caseIds, id],
      ...(!isOn && mayVerify && kind !== 'phone' && { purpose: 'verify' }),
    })
  }
  const hears = purpose === 'verify' || kind === 'phone'
  return (
    <fieldset className="field visit-cases">
      <legend className="field-label">这次看了哪些问题</legend>
      {open.map(({ id, title, stageLabel, mayVerify }) => (
        <div key={id}>
          <label className="check">
            <input type="checkbox" checked={caseIds.includes(id)} onChange={() => toggle(id, mayVerify)} />
            <span>
              {title} <span className="muted">{stageLabel}</span>
            </span>
          </label>
          {mayVerify && hears && caseIds.includes(id) && (
            <Labelled label={`对“${title}”的答复`}>
              {(field) => (
                <select
                  {...field}
                  className="input"
                  value={verdicts[id] === undefined ? '' : String(verdicts[id])}
                  onChange={(event) => {
                    const { [id]: _, ...rest } = verdicts
                    const said = event.target.value
                    change({ verdicts: said === '' ? rest : { ...rest, [id]: said === 'true' } })
                  }}
                >
                  <option value="">没有问到</option>
                  <option value="true">满意，已解决</option>
                  <option value="false">不满意，没有解决</option>
                </select>
              )}
            </Labelled>
          )}
        </div>
      ))}
    </fieldset>
  )
}
