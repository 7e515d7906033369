import * as term from '../contract/src/term.ts'
import type { Finding } from './finding.ts'

/** Every word of `contract/term.ts` with its dictionary: the glossary's rows in order. */
export const words = (): { id: string; chinese: string; dictionary: string }[] =>
  Object.entries(term).flatMap(([dictionary, terms]) =>
    /^[A-Z_]+$/.test(dictionary) && typeof terms === 'object'
      ? Object.entries(terms as Record<string, unknown>).flatMap(([id, chinese]) =>
          typeof chinese === 'string' && /[\u4e00-\u9fff]/.test(chinese) ? [{ id, chinese, dictionary }] : [],
        )
      : [],
  )

/** Compares GLOSSARY.md (词汇表) with the words of the contract, both ways. */
export function glossary(text: string, wanted = words()): Finding[] {
  if (wanted.length < 50) throw new Error(`the contract has ${wanted.length} words only; the scan is broken`)
  const key = (id: string, chinese: string, dictionary: string) => `${dictionary}.${id} ${chinese}`
  const there = new Set(
    text.split('\n').flatMap((line) => {
      const [, id, chinese, dictionary] = line.split('|').map((cell) => cell.trim())
      return id && chinese && dictionary && /^[A-Z_]+$/.test(dictionary) ? [key(id, chinese, dictionary)] : []
    }),
  )
  const should = new Set(wanted.map((word) => key(word.id, word.chinese, word.dictionary)))
  return [
    ...[...should]
      .filter((row) => !there.has(row))
      .map((row) => ({ where: row, what: 'is not in GLOSSARY.md; run npm run glossary' })),
    ...[...there]
      .filter((row) => !should.has(row))
      .map((row) => ({ where: row, what: 'is in GLOSSARY.md but not in the contract; run npm run glossary' })),
  ]
}

/** GLOSSARY.md as the contract has it. */
export const glossaryPage = () =>
  `# Glossary\n\nOne English term per Chinese term; the source is \`contract/src/term.ts\`.\n\n| id | 中文 | dictionary |\n| --- | --- | --- |\n${words()
    .map(({ id, chinese, dictionary }) => `| ${id} | ${chinese} | ${dictionary} |`)
    .join('\n')}\n`
