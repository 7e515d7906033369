import { useTagSets } from '../shared/query.ts'

interface TagsFieldProps {
  readonly id: string
  readonly labelledBy?: string
  readonly label?: string
  readonly chosen: readonly string[]
  readonly choose: (tags: readonly string[]) => void
}

/** The tags (标签) of the dictionaries in force, kind by kind; any number may be chosen. */
export function TagsField({ id, labelledBy, label, chosen, choose }: TagsFieldProps) {
  const { data } = useTagSets()
  const toggle = (tag: string) => choose(chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag])
  return (
    // biome-ignore lint/a11y/useSemanticElements: its name stands outside, as that of every field
    <div id={id} role="group" tabIndex={-1} aria-labelledby={labelledBy} aria-label={label} className="tags-field">
      {data?.inForce.kinds.map((kind) => (
        <div key={kind.id} className="tags-kind">
          <span className="muted">{kind.label}</span>
          {kind.tags.map((tag) => (
            <button
              key={tag.id}
              type="button"
              className="chip"
              aria-pressed={chosen.includes(tag.id)}
              onClick={() => toggle(tag.id)}
            >
              {tag.label}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}
