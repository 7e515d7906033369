import type { LiaisonTargetKind } from '@banjie/contract'
import { Combobox } from '../../form/combobox.tsx'
import { Labelled } from '../page/labelled.tsx'
import { useTargets } from './query.ts'

interface TargetPickerProps {
  readonly label?: string
  /** Only targets of this kind. */
  readonly kind?: LiaisonTargetKind
  readonly chosen: string | undefined
  readonly choose: (id: string | undefined) => void
}
/** One liaison target (包保对象) by its name. */
export function TargetPicker({ label = '包保对象', kind, chosen, choose }: TargetPickerProps) {
  const { data, isPending } = useTargets(kind === undefined ? {} : { kind })
  return (
    <Labelled label={label}>
      {({ id }) => (
        <Combobox
          {...{ id, loading: isPending, placeholder: '输入名称查找' }}
          options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          chosen={chosen === undefined ? [] : [chosen]}
          choose={([one]) => choose(one)}
        />
      )}
    </Labelled>
  )
}
