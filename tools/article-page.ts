import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './finding.ts'

const PAGE = 'docs/articles/README.md'
const STATES: readonly string[] = ['有', '部分', '尚无']
/** Mechanisms of each article, by their number in the order of the text. */
const LAST: Readonly<Record<string, number>> = { Y: 30, P: 31, S: 47, H: 25, D: 31 }
const FEWEST_ROWS = 40
const PATH = /`([\w.-]+(?:\/[\w.-]+)+)`/g
const NUMBERS = /([YPSHD])(\d\d)(?:–([YPSHD])(\d\d))?/g

/** Mechanisms as a cell lists them; `Y11–Y13` are three. */
function numbersIn(cell: string): string[] {
  return [...cell.matchAll(NUMBERS)].flatMap(([, article = '', first = '', , last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => numberOf(article, Number(first) + i)),
  )
}
/** The first table sums up the others: mechanisms by article and state. */
function tallyFindings(text: string, rows: readonly string[][]): string[] {
  const told = [...text.matchAll(/^\| \S+ +\| (\d+) +\| (\d+) +\| (\d+) +\|$/gm)].map((match) =>
    match.slice(1, 4).join(' '),
  )
  return Object.keys(LAST).flatMap((article, i) => {
    const own = rows.filter(([, numbers = '']) => numbers.startsWith(article))
    const count = (wanted: string) =>
      own.flatMap(([, numbers = '', , , state]) => (state === wanted ? numbersIn(numbers) : [])).length
    const sums = STATES.map(count).join(' ')
    return told[i] === sums ? [] : [`the rows of ${article} sum up to ${sums}, the first table says ${told[i]}`]
  })
}
const numberOf = (article: string, n: number) => article + String(n).padStart(2, '0')
const allNumbers = () =>
  Object.entries(LAST).flatMap(([article, last]) => Array.from({ length: last }, (_, i) => numberOf(article, i + 1)))

/** The page about the five articles (五篇报道). */
export const articlePage = (root: string) => readFileSync(join(root, PAGE), 'utf8')

/**
 * Holds the page about the five articles to the repository: every file it names is there, what it claims has a file, every mechanism is told
 * once.
 * @throws Error on a page with next to no rows
 */
export function articles(text: string, root: string): Finding[] {
  const rows = text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, numbers = '']) => /^[YPSHD]\d\d/.test(numbers))
  if (rows.length < FEWEST_ROWS) throw new Error(`${PAGE} has ${rows.length} rows only; the scan is broken`)
  const claims = rows.flatMap(([, numbers = '', , files = '', state = '']) => {
    if (!STATES.includes(state)) return [`${numbers} has the state ${state}; use ${STATES.join(', ')}`]
    return state !== '尚无' && files.match(PATH) === null ? [`${numbers} says ${state} and names no file`] : []
  })
  const named = [...text.matchAll(PATH)].map((match) => match[1] ?? '')
  const lost = [...new Set(named)]
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `names ${path}, which is not there`)
  const told = rows.flatMap(([, numbers = '']) => numbersIn(numbers))
  const counts = [...new Set([...allNumbers(), ...told])].flatMap((number) => {
    const times = told.filter((one) => one === number).length
    const expected = allNumbers().includes(number) ? 1 : 0
    return times === expected ? [] : [`${number} is told ${times} times`]
  })
  return [...claims, ...lost, ...counts, ...tallyFindings(text, rows)].map((what) => ({ where: PAGE, what }))
}
