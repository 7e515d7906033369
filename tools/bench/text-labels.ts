import { createClassifier, type Written } from '../../server/src/text/index.ts'
import type { Labelled, TextData } from './text-data.ts'
import { groupedFolds } from './text-folds.ts'

const FOLDS = 5
const PRECISION = 0.98

interface Answer {
  readonly right: string
  readonly said: string
  readonly score: number
  readonly sure: boolean
}

const written = (row: Labelled): Written => ('seg' in row ? row.seg : { title: row.title, body: row.body })
const whole = (row: Labelled) => ('seg' in row ? row.seg : `${row.title ?? ''}${row.body}`)

/** Macro F1, and the share of messages that can be filled in at 98 % precision when the surest are filled first. */
export function labelFigures({ train, test }: TextData, tell: (line: string) => void) {
  const answers = test ? answered(train, test) : byFolds(train, tell)
  const figures = { macroF1: macroF1(answers), autoFillAt98: fillable(answers) }
  const sure = answers.filter((answer) => answer.sure)
  tell(
    `labels: ${answers.length} answers, accuracy ${percent(precision(answers))}, «sure» ${percent(sure.length / answers.length)} at ${percent(precision(sure))}\n`,
  )
  tell(`calibration: ${calibration(answers)}\n`)
  return figures
}

function byFolds(rows: readonly Labelled[], tell: (line: string) => void): Answer[] {
  const folds = groupedFolds(rows.map(whole), FOLDS)
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    tell(`labels: fold ${fold + 1} of ${FOLDS}\n`)
    return answered(
      rows.filter((_, i) => folds[i] !== fold),
      rows.filter((_, i) => folds[i] === fold),
    )
  })
}

function answered(train: readonly Labelled[], test: readonly Labelled[]): Answer[] {
  const classifier = createClassifier()
  classifier.learnAll(train.map((row) => [written(row), row.label] as const))
  return test.map((row) => {
    const best = classifier.classify(written(row))[0]
    const score = best?.score ?? 0
    return { right: row.label, said: best?.label ?? '', score, sure: classifier.confidence(score) === 'sure' }
  })
}

function macroF1(answers: readonly Answer[]): number {
  const labels = [...new Set(answers.map(({ right }) => right))]
  const scores = labels.map((label) => {
    const hits = answers.filter(({ right, said }) => right === label && said === label).length
    const claims = answers.filter(({ said }) => said === label).length
    const wanted = answers.filter(({ right }) => right === label).length
    return (2 * hits) / (claims + wanted)
  })
  return scores.reduce((a, b) => a + b, 0) / labels.length
}

const precision = (answers: readonly Answer[]) =>
  answers.filter(({ right, said }) => right === said).length / answers.length

function fillable(answers: readonly Answer[]): number {
  let right = 0
  let most = 0
  for (const [i, answer] of answers.toSorted((a, b) => b.score - a.score).entries()) {
    if (answer.said === answer.right) right++
    if (right / (i + 1) >= PRECISION) most = i + 1
  }
  return most / answers.length
}

/** Of the answers with a score about so high, how many were right. */
function calibration(answers: readonly Answer[]): string {
  const edges = [0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.98, 1.01]
  return edges
    .slice(1)
    .map((to, i) => {
      const bin = answers.filter(({ score }) => score >= (edges[i] ?? 0) && score < to)
      return `<${to} ${percent(precision(bin))} of ${bin.length}`
    })
    .join(', ')
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
