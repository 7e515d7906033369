/** A tree of codes (topics, divisions): which lie under which. */
export interface Tree {
  has(code: string): boolean
  /** True for the code itself and for all above it. */
  isWithin(code: string, above: string): boolean
  /** The codes and all below them. */
  withBelow(codes: readonly string[]): string[]
}

export function treeOf(nodes: readonly { readonly code: string; readonly parent: string | null }[]): Tree {
  const parents = new Map(nodes.map(({ code, parent }) => [code, parent]))
  const isWithin = (code: string, above: string): boolean => {
    const seen = new Set<string>()
    for (let at: string | null = code; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      if (at === above) return true
      seen.add(at)
    }
    return false
  }
  return {
    isWithin,
    has: (code) => parents.has(code),
    withBelow: (codes) => [...parents.keys()].filter((code) => codes.some((above) => isWithin(code, above))),
  }
}
