import type { Kase } from '../../shared/shape.ts'

const LEVEL: Readonly<Record<string, string>> = {
  dispatcher: '分办中心',
  supervisor: '督查室',
  leader: '区领导',
}
interface Checked {
  readonly point: string
  readonly state: 'addressed' | 'notApplicable'
  readonly reason?: string
}
interface Cannot {
  readonly basis: string
  readonly alternatives: string
  readonly level: string
}

/** What the signer reads beside the draft (审签依据): the points it addresses, and why something cannot be done. */
export function DraftBasis({ kase: { facts } }: { readonly kase: Kase }) {
  const checked = (facts['checked'] ?? []) as readonly Checked[]
  const cannot = facts['cannot'] as Cannot | undefined
  const template = facts['template']
  return (
    <>
      {cannot && (
        <dl className="facts draft-basis">
          <div>
            <dt>法律依据</dt>
            <dd>{cannot.basis}</dd>
          </div>
          <div>
            <dt>试过的办法</dt>
            <dd>{cannot.alternatives}</dd>
          </div>
          <div>
            <dt>审签</dt>
            <dd>须由{LEVEL[cannot.level] ?? '上一级'}审签，单位负责人不能单独审签</dd>
          </div>
        </dl>
      )}
      {checked.length > 0 && (
        <ul className="draft-points" aria-label="必答项">
          {checked.map(({ point, state, reason }) => (
            <li key={point}>
              <span className={`tag ${state === 'addressed' ? 'tag-good' : ''}`}>
                {state === 'addressed' ? '已写明' : '不适用'}
              </span>{' '}
              {point}
              {reason && `：${reason}`}
            </li>
          ))}
        </ul>
      )}
      {typeof template === 'string' && <p className="muted">每份的开头：{template}</p>}
    </>
  )
}
