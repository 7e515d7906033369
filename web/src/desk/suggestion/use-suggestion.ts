import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import type { Kase } from '../../shared/shape.ts'

export type Suggestion = Answer<'suggest'>
export type SimilarCase = Suggestion['similar'][number]

/** Whoever pauses so long has finished a phrase. */
const PAUSE_MS = 350
const LEAST_CHARACTERS = 6
/** A number that is half typed is nobody's. */
const WHOLE_NUMBER = /^\+?\d{7,15}$/
const FRESH_MS = 30_000
const STATE_FRESH_MS = 600_000

/** A value that has stood still for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(setSettled, PAUSE_MS, value)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** Suggestions (智能建议) for what is being typed; nothing is asked for fewer than six characters. */
export function useSuggestion(content: string, address: string, phone: string): Suggestion | undefined {
  const text = useSettled(content.trim())
  const place = useSettled(address.trim())
  const typed = useSettled(phone.replaceAll(/[\s()（）-]/g, ''))
  const number = WHOLE_NUMBER.test(typed) ? typed : ''
  const isEnough = [...text].length >= LEAST_CHARACTERS
  const { data } = useQuery({
    queryKey: ['suggest', text, place, number],
    queryFn: ({ signal }) =>
      api('suggest', {
        body: {
          content: text,
          ...(place !== '' && { location: { address: place } }),
          ...(number !== '' && { phone: number }),
        },
        signal,
      }),
    enabled: isEnough,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })
  return isEnough && content.trim() !== '' ? data : undefined
}

/** Whether drafts are open, and how good the suggestions were. */
export const useSuggestionState = (enabled = true) =>
  useQuery({
    queryKey: ['suggestionState'],
    queryFn: ({ signal }) => api('suggestionState', { signal }),
    staleTime: STATE_FRESH_MS,
    enabled,
  }).data

/** Suggestions for a case, and what it resembles. */
export const useCaseSuggestion = (kase: Pick<Kase, 'id' | 'type' | 'version'>, enabled = true) =>
  useQuery({
    queryKey: ['suggest', kase.id, kase.version],
    queryFn: ({ signal }) => api('similarCases', { params: { id: kase.id }, signal }),
    enabled: enabled && kase.type === 'appeal',
    staleTime: FRESH_MS,
  }).data
