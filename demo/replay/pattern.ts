/** A name made from a pattern; `{n}` is the number, the first being 1. */
export const nameOf = (pattern: string, i: number) => pattern.replace('{n}', String(i + 1))

/** One of things taken round and round. @throws Error where there is none */
export function inTurn<T>(things: readonly T[], i: number): T {
  const thing = things[i % things.length]
  if (thing === undefined) throw new Error('nothing to take in turn')
  return thing
}

/** Which of some places the i-th of n things comes to, so that they are spread evenly from the first to the last. */
export const placeOf = (i: number, n: number, places: number) => Math.min(places - 1, Math.floor((i * places) / n))
