import { LIGHT, LIGHT_SHAPE } from '@banjie/contract'
import { lagsBehind, remainingText } from '../shared/remaining.ts'
import type { Light, Remaining } from '../shared/shape.ts'

/** A light (灯): shape, word and colour, then what is left. */
export function LightMark({
  light,
  remaining = null,
}: {
  readonly light: Light
  readonly remaining?: Remaining | null
}) {
  const left = remainingText(light, remaining)
  return (
    <span className={`light light-${light}`}>
      <span aria-hidden="true" className="light-shape">
        {LIGHT_SHAPE[light]}
      </span>
      <span className="light-word">{lagsBehind(light, remaining) ? '落后' : LIGHT[light]}</span>
      {left !== '' && <span className="light-left">{left}</span>}
    </span>
  )
}
