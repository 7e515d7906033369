/**
 * Masks personal data (脱敏) that people write into their text: mobile and fixed numbers, identity numbers, e-mail addresses, and the name and
 * phone they gave. What was said stays readable for those who may see it, in `party.said`.
 */
export function maskPersonal(text: string, known: readonly string[] = []): string {
  let masked = text
  for (const word of known)
    if ([...word].length >= 2) masked = masked.replaceAll(word, /^\+?\d+$/.test(word) ? '[电话]' : '[姓名]')
  for (const [pattern, word] of PATTERNS) masked = masked.replaceAll(pattern, word)
  return masked
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, '[证件号]'],
  [/(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)/g, '[电话]'],
  [/(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)/g, '[电话]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[邮箱]'],
]

/** 138****5678: enough to recognise, not enough to call. */
export const maskPhone = (phone: string) =>
  phone.length < 7 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`
/** w***@example.cn: enough to recognise, not enough to write to. */
export const maskEmail = (email: string) => email.replace(/^(.).*@/, '$1***@')
/** 王**: the family name only. */
export const maskName = (name: string) => {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.min(2, Math.max(1, rest.length)))
}
