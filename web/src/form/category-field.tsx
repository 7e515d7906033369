import { useMemo } from 'react'
import { useCategories } from '../shared/query.ts'
import { CategoryPicker, type PickerProps } from './pickers.tsx'
import { suggestCategories } from './suggest.ts'

/** A category, with those that the person's words suggest one click away. */
export function CategoryField({ text, ...rest }: PickerProps & { readonly text: string }) {
  const { data } = useCategories()
  const suggested = useMemo(() => suggestCategories(text, data?.items ?? []), [text, data])
  return (
    <>
      <CategoryPicker {...rest} />
      {suggested.length > 0 && (
        <p className="suggest">
          <span className="muted">按文字建议</span>
          {suggested.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={rest.chosen.includes(id)}
              onClick={() => rest.choose([id])}
            >
              {label}
            </button>
          ))}
        </p>
      )}
    </>
  )
}
