interface Named {
  readonly id: string
  readonly label: string
  readonly parentId: string | null
  readonly words: readonly string[]
}

const SHOWN = 3

/**
 * Categories whose words occur in a text, most and longest words first.
 * @returns at most three; second-level ones before their parents
 */
export function suggestCategories<T extends Named>(text: string, categories: readonly T[]): readonly T[] {
  if (text.trim() === '') return []
  const scored = categories.map((category) => {
    const hits = [...new Set([category.label, ...category.words])].filter(
      (word) => word.length > 1 && text.includes(word),
    )
    return {
      category,
      score: hits.reduce((sum, word) => sum + word.length, 0) + (category.parentId === null ? 0 : 0.5),
    }
  })
  return scored
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ category }) => category)
}
