import { useTagSets } from '../shared/query.ts'

/** The words of tags; one that no version of the dictionaries knows any more is shown by its code. */
export function useTagWords(): (tag: string) => string {
  const { data } = useTagSets()
  const words = new Map(
    (data?.items ?? [])
      .toReversed()
      .flatMap(({ kinds }) => kinds.flatMap(({ tags }) => tags))
      .map(({ id, label }) => [id, label]),
  )
  return (tag) => words.get(tag) ?? tag
}

/** The tags (标签) of a case, each as a mark. */
export function TagMarks({ tags }: { readonly tags: readonly string[] }) {
  const word = useTagWords()
  return tags.map((tag) => (
    <span key={tag} className="flag flag-tag">
      {word(tag)}
    </span>
  ))
}
