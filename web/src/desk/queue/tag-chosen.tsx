import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { TagsField } from '../../form/tags-field.tsx'
import { refreshLists } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { FilterMenu } from '../ledger/filter-menu.tsx'
import { tagMany } from './bulk.ts'

/** Who may tag whatever case it is; a handler tags the own unit's on its page. */
export const TAGGERS: readonly Session['roles'][number][] = ['clerk', 'dispatcher', 'supervisor']

/** Adds tags to all chosen cases; what they have already stays. */
export function TagChosen({ ids }: { readonly ids: readonly string[] }) {
  const [tags, setTags] = useState<readonly string[]>([])
  const run = useMutation({
    mutationFn: () => tagMany(ids, tags),
    onSuccess: (results) => {
      const done = results.filter(({ ok }) => ok).length
      announce(`已给 ${done} 件打上标签`, done === results.length ? 'ok' : 'bad')
      setTags([])
      refreshLists()
    },
    onError: (error) => announce(error.message, 'bad'),
  })
  return (
    <FilterMenu label="打标签" count={tags.length}>
      <div className="tags-chosen">
        <TagsField id="tag-chosen" label="标签" chosen={tags} choose={setTags} />
        <button
          type="button"
          className="button button-small button-primary"
          disabled={tags.length === 0 || run.isPending}
          onClick={() => run.mutate()}
        >
          给 {ids.length} 件打上
        </button>
      </div>
    </FilterMenu>
  )
}
