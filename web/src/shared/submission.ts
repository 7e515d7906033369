import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ApiFault } from './api.ts'

/**
 * One submission: whoever presses again after a failure sends the same key with the same content, so that nothing happens twice.
 * Other content is another submission.
 */
export function useSubmission<B, T>(
  send: (body: B, key: string) => Promise<T>,
  told: { readonly done: (answer: T) => void; readonly failed?: (fault: ApiFault) => void },
) {
  const last = useRef({ content: '', key: '' })
  return useMutation<T, ApiFault, B>({
    mutationFn: (body) => {
      const content = JSON.stringify(body)
      if (last.current.content !== content) last.current = { content, key: crypto.randomUUID() }
      return send(body, last.current.key)
    },
    onSuccess: (answer) => {
      last.current = { content: '', key: '' }
      told.done(answer)
    },
    onError: (fault) => told.failed?.(fault),
  })
}
