/** A case number as it is read aloud: `SQ 20261123 000001 7`. Anything else stays as it is. */
export function groupNumber(number: string): string {
  const parts = /^([A-Za-z]{2})(\d{8})(\d{6})(\d)$/.exec(number)
  return parts === null ? number : parts.slice(1).join(' ')
}
