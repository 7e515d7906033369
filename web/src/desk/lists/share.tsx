/** So many of so many, as words and as a bar. */
export const Share = ({ part, whole }: { readonly part: number; readonly whole: number }) => (
  <span className="share">
    <span>
      {part}/{whole}
    </span>
    <progress max={Math.max(1, whole)} value={part} aria-label={`${part}/${whole}`} />
  </span>
)
