import { useEffect, useRef } from 'react'

const HALF = 0.5
/** Moves to an element that has just appeared because the person asked for it; where its head is in sight already, the page stays where it is. */
export function useFocusOnce<T extends HTMLElement>() {
  const ref = useRef<T>(null)
  useEffect(() => {
    const top = ref.current?.getBoundingClientRect().top ?? 0
    ref.current?.focus({ preventScroll: top >= 0 && top < window.innerHeight * HALF })
  }, [])
  return ref
}
