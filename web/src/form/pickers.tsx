import { UNIT_KIND } from '@banjie/contract'
import { useCategories, useKnowledge, useKnowledgeNear, usePeople, useUnits } from '../shared/query.ts'
import { Combobox, type ComboOption } from './combobox.tsx'

export interface PickerProps {
  readonly id: string
  readonly chosen: readonly string[]
  readonly choose: (values: readonly string[]) => void
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly label?: string
  readonly placeholder?: string
}

/** Those that handle cases come first. */
const KINDS = [
  'department',
  'street',
  'utility',
  ...Object.keys(UNIT_KIND).filter((kind) => !['department', 'street', 'utility'].includes(kind)),
]

/** Units (单位), by kind. */
export function UnitPicker({
  multiple = false,
  ...rest
}: PickerProps & { readonly multiple?: boolean; readonly max?: number }) {
  const { data, isPending } = useUnits()
  const options = [...(data?.items ?? [])]
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
    .map(({ id, name, code, kind }): ComboOption => ({ value: id, label: name, group: UNIT_KIND[kind], words: code }))
  return (
    <Combobox
      placeholder={multiple ? '可选多个' : '输入名称查找'}
      {...rest}
      multiple={multiple}
      options={options}
      loading={isPending}
    />
  )
}

/** People (人员) of a unit. */
export function PersonPicker({ unit, ...rest }: PickerProps & { readonly unit: string | undefined }) {
  const { data, isPending } = usePeople(unit)
  const options = (data?.items ?? []).map(
    ({ id, name, post, unitName }): ComboOption => ({
      value: id,
      label: name,
      hint: [unit === undefined ? unitName : null, post].filter(Boolean).join(' · '),
    }),
  )
  return <Combobox placeholder="输入姓名查找" {...rest} options={options} loading={isPending} />
}

/** Categories (事项类别), the second level under its first. */
export function CategoryPicker({ multiple = false, ...rest }: PickerProps & { readonly multiple?: boolean }) {
  const { data, isPending } = useCategories()
  return (
    <Combobox
      placeholder="输入类别或关键词"
      {...rest}
      multiple={multiple}
      options={categoryOptions(data?.items ?? [])}
      loading={isPending}
    />
  )
}

interface CategoryLike {
  readonly id: string
  readonly label: string
  readonly parentId: string | null
  readonly words: readonly string[]
}
const categoryOptions = (items: readonly CategoryLike[]): ComboOption[] =>
  items
    .filter(({ parentId }) => parentId === null)
    .flatMap((parent) => {
      const children = items.filter(({ parentId }) => parentId === parent.id)
      const own = { value: parent.id, label: parent.label, group: parent.label, words: parent.words.join(' ') }
      return [
        own,
        ...children.map((child) => ({
          value: child.id,
          label: child.label,
          group: parent.label,
          words: child.words.join(' '),
        })),
      ]
    })

/** Knowledge (知识库): the nearest to the person's words first; the chosen entry brings its text along. */
export function KnowledgePicker({
  category,
  about,
  fill,
  ...rest
}: PickerProps & {
  readonly category: string | undefined
  readonly about: string
  readonly fill: (text: string) => void
}) {
  const { data, isPending } = useKnowledge(undefined)
  const near = (useKnowledgeNear(about).data?.items ?? []).map(({ id }) => id)
  const rank = ({ id, category: of }: { readonly id: string; readonly category: string | null }) =>
    near.includes(id) ? near.indexOf(id) - near.length : Number(of !== category)
  const items = [...(data?.items ?? [])].sort((a, b) => rank(a) - rank(b))
  return (
    <Combobox
      placeholder="从知识库选用，自动填入答复"
      {...rest}
      options={items.map(({ id, title, category: of, expiresOn }) => ({
        value: id,
        label: title,
        hint: [near.includes(id) ? '相近' : of === category && '本类别', expiresOn && `至 ${expiresOn}`]
          .filter(Boolean)
          .join(' · '),
      }))}
      loading={isPending}
      choose={(values) => {
        rest.choose(values)
        const entry = items.find(({ id }) => id === values[0])
        if (entry) fill(entry.text)
      }}
    />
  )
}
