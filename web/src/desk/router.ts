import { useSyncExternalStore } from 'react'

/** All state of a screen that can be shared is in the address: path and query. */
export interface Place {
  readonly path: string
  readonly query: URLSearchParams
}

const CHANGED = 'desk:place'

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(CHANGED, listener)
  }
}
const current = () => window.location.pathname + window.location.search

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, current)
  const [path = '', search = ''] = address.split('?')
  return { path, query: new URLSearchParams(search) }
}

export function go(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (to === current()) return
  window.history[replace ? 'replaceState' : 'pushState'](null, '', to)
  window.dispatchEvent(new Event(CHANGED))
}

/** The present address with some query values changed; `null` takes one away. */
export function withQuery(place: Place, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(place.query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const search = query.toString()
  return search === '' ? place.path : `${place.path}?${search}`
}

/** Whether this is the place an address leads to: its path and whatever it asks for; the order of rows is nobody's place. */
export function isAt(place: Place, to: string): boolean {
  const [path, search = ''] = to.split('?')
  return (
    place.path === path &&
    [...new URLSearchParams(search)].every(([name, value]) => name === 'sort' || place.query.get(name) === value)
  )
}

/** The parameters of `/w/c/:number` in a path, or undefined. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/')
  const given = path.replace(/\/$/, '').split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '')
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}
