import { useSyncExternalStore } from 'react'

/** Whether a media query holds, kept up to date. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
  )
}

/** Below this width list and detail take turns on the screen. */
export const useNarrow = () => useMedia('(max-width: 959px)')
