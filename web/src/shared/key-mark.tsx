interface KeyMarkProps {
  readonly children: string
  /** Read aloud too: in the list of keys it is the content. */
  readonly spoken?: boolean
}

/** The letter of a key beside what it does. A button tells it to screen readers by `aria-keyshortcuts`. */
export const KeyMark = ({ children, spoken = false }: KeyMarkProps) => (
  <span className="key" aria-hidden={spoken ? undefined : true}>
    {children}
  </span>
)
