import { IMPORT_FIELD, type ImportField, type ImportMapping } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'
import type { Import } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'

const FIELDS = Object.entries(IMPORT_FIELD) as [ImportField, string][]

/** Which column of the file is which field of the ledger (栏目对应); after a change the file is read again. */
export function MappingEditor({ batch }: { readonly batch: Import }) {
  const [mapping, setMapping] = useState<ImportMapping>(batch.mapping)
  const changed = JSON.stringify(mapping) !== JSON.stringify(batch.mapping)
  const remap = useMutation({
    mutationFn: () => api('remapImport', { params: { id: batch.id }, body: { mapping } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['import', batch.id] }),
    onError: (error) => announce(error.message, 'bad'),
  })
  const fieldOf = (column: string) => FIELDS.find(([field]) => mapping[field] === column)?.[0] ?? ''
  const set = (column: string, field: string) => {
    const rest = Object.entries(mapping).filter(([name, of]) => of !== column && name !== field)
    setMapping(Object.fromEntries(field === '' ? rest : [...rest, [field, column]]))
  }
  const lacksContent = mapping.content === undefined
  return (
    <details className="mapping" open={lacksContent || batch.state === 'failed'}>
      <summary>
        栏目对应
        <span className="muted">
          {' '}
          认出 {Object.keys(mapping).length} 栏，共 {batch.columns.length} 栏
        </span>
      </summary>
      <div className="mapping-grid">
        {batch.columns.map((column) => {
          const field = fieldOf(column)
          return (
            <label key={column} className={`mapping-row ${field === '' ? 'is-unused' : ''}`}>
              <span>{column}</span>
              <select className="input" value={field} onChange={(event) => set(column, event.target.value)}>
                <option value="">不导入</option>
                {FIELDS.map(([id, label]) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )
        })}
      </div>
      {lacksContent && <p className="field-error">请指定哪一栏是“{IMPORT_FIELD.content}”。</p>}
      <button
        type="button"
        className="button"
        disabled={!changed || lacksContent || remap.isPending}
        onClick={() => remap.mutate()}
      >
        按新的对应重新试读
      </button>
    </details>
  )
}
