import { useEffect, useRef } from 'react'

/** Moves to an element that has just appeared because the person asked for it. */
export function useFocusOnce<T extends HTMLElement>() {
  const ref = useRef<T>(null)
  useEffect(() => ref.current?.focus(), [])
  return ref
}
