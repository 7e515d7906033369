import { GRADE } from '@banjie/contract'
import { useId } from 'react'

interface ChoiceProps<T> {
  readonly id: string
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly value: T | undefined
  readonly choose: (value: T | undefined) => void
  readonly required: boolean
}

/** Few values side by side as radio buttons; a chosen optional one is taken back by choosing it again. */
export function Segments({
  id,
  labelledBy,
  describedBy,
  value,
  choose,
  required,
  options,
}: ChoiceProps<string> & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const name = useId()
  return (
    <div
      id={id}
      role="radiogroup"
      tabIndex={-1}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-required={required}
      className="segments"
    >
      {options.map((option) => (
        <label key={option.value} className="segment">
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => choose(option.value)}
            onClick={() => {
              if (!required && value === option.value) choose(undefined)
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}

const YES_NO = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
]

export const YesNo = ({ value, choose, ...rest }: ChoiceProps<boolean>) => (
  <Segments
    {...rest}
    options={YES_NO}
    value={value === undefined ? undefined : value ? 'yes' : 'no'}
    choose={(word) => choose(word === undefined ? undefined : word === 'yes')}
  />
)

const MOUTH = {
  5: 'M9 18.500c2 4.500 12 4.500 14 0',
  4: 'M10 19.500c2.500 2.800 9.500 2.800 12 0',
  3: 'M10.500 20.500h11',
  2: 'M10 22c2.500-2.600 9.500-2.600 12 0',
  1: 'M9 23.500c2-4.500 12-4.500 14 0',
} as const
const GRADES = [5, 4, 3, 2, 1] as const

/** Satisfaction (满意度): five faces, each with its word. */
export function Faces({ id, labelledBy, describedBy, value, choose, required }: ChoiceProps<number>) {
  const name = useId()
  return (
    <div
      id={id}
      role="radiogroup"
      tabIndex={-1}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-required={required}
      className="faces"
    >
      {GRADES.map((grade) => (
        <label key={grade} className="face">
          <input
            type="radio"
            name={name}
            checked={value === grade}
            onChange={() => choose(grade)}
            onClick={() => {
              if (!required && value === grade) choose(undefined)
            }}
          />
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="13" />
            <path d="M11.500 12.500v1M20.500 12.500v1" />
            <path d={MOUTH[grade]} />
          </svg>
          <span>{GRADE[grade]}</span>
        </label>
      ))}
    </div>
  )
}
