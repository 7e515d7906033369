import type { CaseAnswer } from '../shared/shape.ts'

/** Emergency (紧急提示): what was told cannot wait for an answer; whom to call stands on top, with numbers to tap. */
export function EmergencyBox({ emergency }: Pick<CaseAnswer, 'emergency'>) {
  if (emergency === undefined || emergency.length === 0) return null
  return (
    <div className="notice notice-bad emergency" role="alert">
      {emergency.map(({ label, call, advice }) => (
        <p key={label}>
          <b>
            <span aria-hidden="true">■ </span>
            {label}：请立即联系{' '}
            {call.split(/(\d{3,})/).map((part, i) =>
              i % 2 === 1 ? (
                <a key={part} className="number" href={`tel:${part}`}>
                  {part}
                </a>
              ) : (
                part
              ),
            )}
          </b>{' '}
          {advice}
        </p>
      ))}
    </div>
  )
}
