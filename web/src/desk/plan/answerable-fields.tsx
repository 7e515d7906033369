import { CHECK_CADENCE } from '@banjie/contract'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import type { Target } from './query.ts'

/** Who, for what, who checks how often: filled in or still open. */
export interface Answerable {
  readonly unitId: string | undefined
  readonly personId: string | undefined
  readonly duty: string
  readonly checkUnitId: string | undefined
  readonly cadence: keyof typeof CHECK_CADENCE
}
export const NOBODY: Answerable = {
  ...{ unitId: undefined, personId: undefined, duty: '', checkUnitId: undefined, cadence: 'monthly' },
}
/** Of a row that is there already. */
export const answerableFrom = ({
  unit,
  person,
  duty,
  checkUnit,
  cadence,
}: Pick<Target, 'unit' | 'person' | 'duty' | 'checkUnit' | 'cadence'>): Answerable => ({
  ...{
    unitId: unit?.id,
    personId: person?.id,
    duty: duty ?? '',
    checkUnitId: checkUnit?.id,
    cadence: cadence ?? 'monthly',
  },
})
/** As the server takes it: what is empty is left open. */
export const answerableOf = ({ unitId, personId, duty, checkUnitId, cadence }: Answerable) => ({
  ...{ unitId: unitId ?? null, personId: personId ?? null, duty, checkUnitId: checkUnitId ?? null, cadence },
})

interface Props {
  readonly value: Answerable
  readonly set: (value: Answerable) => void
}
/** The fields of the four (定人、定责、定查); the days stand beside them. */
export function AnswerableFields({ value, set }: Props) {
  const one = (chosen: string | undefined) => (chosen === undefined ? [] : [chosen])
  return (
    <>
      <Labelled label="责任单位" optional>
        {({ id }) => (
          <UnitPicker
            id={id}
            chosen={one(value.unitId)}
            choose={([unitId]) => set({ ...value, unitId, personId: undefined })}
          />
        )}
      </Labelled>
      <Labelled label="责任人" optional>
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: value.unitId, chosen: one(value.personId) }}
            choose={([personId]) => set({ ...value, personId })}
          />
        )}
      </Labelled>
      <PlainField
        {...{ label: '职责', optional: true, value: value.duty, maxLength: 200, placeholder: '怎么干' }}
        set={(duty) => set({ ...value, duty })}
      />
      <Labelled label="由谁检查" optional hint="不能是责任单位自己">
        {({ id }) => (
          <UnitPicker
            id={id}
            chosen={one(value.checkUnitId)}
            choose={([checkUnitId]) => set({ ...value, checkUnitId })}
          />
        )}
      </Labelled>
      <SelectField
        label="多久查一次"
        value={value.cadence}
        set={(cadence) => set({ ...value, cadence })}
        words={CHECK_CADENCE}
      />
    </>
  )
}
