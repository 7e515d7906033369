interface TickListProps<T extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: T, word: string])[]
  readonly chosen: readonly T[]
  readonly choose: (values: readonly T[]) => void
  readonly hint?: string
}

/** Several of few words, each with its tick. */
export const TickList = <T extends string>({ label, options, chosen, choose, hint }: TickListProps<T>) => (
  <fieldset className="tick-list">
    <legend className="field-label">{label}</legend>
    {options.map(([value, word]) => (
      <label key={value} className="check">
        <input
          type="checkbox"
          checked={chosen.includes(value)}
          onChange={() => choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])}
        />
        <span>{word}</span>
      </label>
    ))}
    {hint !== undefined && <p className="hint">{hint}</p>}
  </fieldset>
)
