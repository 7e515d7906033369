import { useEffect, useState } from 'react'
import type { Values } from './schema.ts'

/** Typed text survives a look at the next case. Only in memory: a shared office machine must not keep people's words. */
const drafts = new Map<string, Values>()

export function useDraft(key: string, start: Values) {
  const [values, setValues] = useState<Values>(() => drafts.get(key) ?? start)
  useEffect(() => {
    if (values === start) drafts.delete(key)
    else drafts.set(key, values)
  }, [key, values, start])
  return [values, setValues] as const
}
/** The words of a form that can no longer be sent. */
export const wordsOf = (key: string): string =>
  textsIn(drafts.get(key) ?? {})
    .filter((value) => !/^[\w-]*$/.test(value))
    .join('\n')
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
export const forgetDraft = (key: string) => drafts.delete(key)
