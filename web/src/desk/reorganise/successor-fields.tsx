import { UNIT_KIND } from '@banjie/contract'
import { CategoryPicker, UnitPicker } from '../../form/pickers.tsx'
import { Labelled } from '../page/labelled.tsx'
import type { Successor } from './plan.ts'

interface SuccessorFieldsProps {
  readonly successor: Successor
  readonly place: number
  readonly change: (part: Partial<Successor>) => void
  readonly remove: (() => void) | undefined
}

/** One unit that takes over, and what it takes. */
export function SuccessorFields({ successor, place, change, remove }: SuccessorFieldsProps) {
  const { id, isNew, unit, topics, divisions, rest } = successor
  return (
    <fieldset className="panel successor">
      <legend>承接单位 {place + 1}</legend>
      <div className="segments">
        {([false, true] as const).map((fresh) => (
          <label key={String(fresh)} className="segment">
            <input
              type="radio"
              name={`new-${id}`}
              checked={isNew === fresh}
              onChange={() => change({ isNew: fresh })}
            />
            <span>{fresh ? '新设单位' : '已有单位'}</span>
          </label>
        ))}
      </div>
      <div className="panel-grid">
        {isNew ? (
          <NewUnitFields successor={successor} change={change} />
        ) : (
          <Labelled label="单位">
            {(field) => (
              <UnitPicker id={field.id} chosen={unit ? [unit] : []} choose={([one]) => change({ unit: one })} />
            )}
          </Labelled>
        )}
        <Labelled label="承接的类别" optional>
          {(field) => (
            <CategoryPicker id={field.id} multiple chosen={topics} choose={(values) => change({ topics: values })} />
          )}
        </Labelled>
        <Labelled label="承接的区划" optional hint="区划代码，多个用逗号隔开">
          {(field) => (
            <input
              {...field}
              className="input"
              inputMode="numeric"
              value={divisions}
              onChange={(event) => change({ divisions: event.target.value })}
            />
          )}
        </Labelled>
      </div>
      <div className="panel-acts">
        <label className="check">
          <input type="radio" name="rest" checked={rest} onChange={() => change({ rest: true })} />
          承接其余全部职责和人员
        </label>
        {remove && (
          <button type="button" className="button button-small button-plain" onClick={remove}>
            去掉承接单位 {place + 1}
          </button>
        )}
      </div>
    </fieldset>
  )
}

function NewUnitFields({ successor, change }: Pick<SuccessorFieldsProps, 'successor' | 'change'>) {
  return (
    <>
      <Labelled label="新单位名称">
        {(field) => (
          <input
            {...field}
            className="input"
            maxLength={60}
            value={successor.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="新单位代码" hint="英文或数字，不能与已有单位重复">
        {(field) => (
          <input
            {...field}
            className="input"
            maxLength={60}
            value={successor.code}
            onChange={(event) => change({ code: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="单位类别">
        {(field) => (
          <select
            {...field}
            className="input"
            value={successor.kind}
            onChange={(event) => change({ kind: event.target.value as Successor['kind'] })}
          >
            {Object.entries(UNIT_KIND).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </>
  )
}
