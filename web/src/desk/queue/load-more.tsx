import { useEffect, useEffectEvent, useRef } from 'react'

/** The end of a list: the next page is fetched when it comes into view; the button is for the keyboard. */
export function LoadMore({
  more,
  busy,
  load,
}: {
  readonly more: boolean
  readonly busy: boolean
  readonly load: () => void
}) {
  const end = useRef<HTMLDivElement>(null)
  const reach = useEffectEvent((entries: IntersectionObserverEntry[]) => {
    if (entries.some((entry) => entry.isIntersecting) && !busy) load()
  })
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => reach(entries), { rootMargin: '200px' })
    if (more && end.current) observer.observe(end.current)
    return () => observer.disconnect()
  }, [more])
  if (!more) return null
  return (
    <div ref={end} className="more">
      <button type="button" className="button button-plain" disabled={busy} onClick={load}>
        {busy ? '正在读取…' : '加载更多'}
      </button>
    </div>
  )
}
