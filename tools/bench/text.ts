import { type Part, readTextData, type TextData } from './text-data.ts'
import { labelFigures } from './text-labels.ts'
import { pairFigures, recallFigures } from './text-matters.ts'
import { searchFigures, speedFigures } from './text-speed.ts'

/**
 * What the house understands of texts, measured on public messages or on the files named in `args`: labels, "reported before?", grouping, speed; `--only`
 * measures one part.
 * @throws Error with one sentence when there are no data
 */
export function textFigures(args: readonly string[], tell: (line: string) => void) {
  const data = readTextData(args)
  const wanted = data.only === undefined ? Object.values(PARTS) : [PARTS[data.only]]
  const figures = Object.assign({}, ...wanted.map((part) => part(data, tell)))
  return { ...rounded(figures), source: data.source }
}

const PARTS = {
  labels: labelFigures,
  matters: (data, tell) => ({ ...recallFigures(data), ...pairFigures(data, tell) }),
  speed: (data, tell) => ({ ...speedFigures(data), ...searchFigures(data, tell) }),
} satisfies Record<Part, (data: TextData, tell: (line: string) => void) => object>

const rounded = (figures: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' && value <= 1 ? Math.round(value * 10_000) / 10_000 : value,
    ]),
  )
