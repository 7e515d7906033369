import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Telling } from './telling.ts'

/** The words of a message (文案). */
export interface Words {
  readonly subject: string
  readonly text: string
}
/** What is told, in the words of what it is told about: a proposal is no appeal. */
type Wording = Telling['what'] | 'proposalReceived'
type Version = Readonly<Record<Wording, Words>>

/** Data: a version is never rewritten, a message keeps the one it was written under. */
const TEMPLATES = JSON.parse(readFileSync(join(import.meta.dirname, 'template.json'), 'utf8')) as Record<
  string,
  Version
>

/** The version in force (文案版本): the newest. */
export const TEMPLATE_VERSION = Object.keys(TEMPLATES).sort().at(-1) ?? ''

export function wordsOf(version: string, what: Wording): Words {
  const words = TEMPLATES[version]?.[what]
  if (words === undefined) throw new Error(`no words for ${what} in version ${version}`)
  return words
}
