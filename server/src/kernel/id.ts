import { createHash, createHmac, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'

/** A new id: uuidv7, ordered by time, made here and never in the database. */
export const newId = <T extends string>(): T => uuidv7() as T

const DIGITS_FIRST = 10

/**
 * Check digit over a string of digits, ISO 7064 MOD 11,10: finds every single wrong digit and nearly every swap, as happens when a number
 * is told by phone.
 */
function checkDigit(digits: string): number {
  let product = DIGITS_FIRST
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10
}

/** Case number (编号): prefix + yyyymmdd + six digits + check digit. */
export function caseNumber(prefix: string, day: string, serial: number): string {
  const digits = day.replaceAll('-', '') + String(serial).padStart(6, '0')
  return `${prefix}${digits}${checkDigit(digits)}`
}

/** True if the text has the form of a case number and its check digit fits. */
export function isCaseNumber(value: string): boolean {
  const match = /^[A-Z]{2}(\d{14,15})(\d)$/.exec(value)
  return match !== null && checkDigit(match[1] ?? '') === Number(match[2])
}

/** A number as people copy it: spaces dropped, full width folded, upper case. */
export const tidyNumber = (value: string) => value.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()

/** No 0 O 1 I L: nobody should have to ask which it is. */
const PICKUP_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Pickup code (取件码): six letters derived from the number with the tenant's secret; never stored. */
export function pickupCode(secret: Buffer, number: string): string {
  let value = BigInt(`0x${createHmac('sha256', secret).update(number).digest('hex')}`)
  let code = ''
  for (let i = 0; i < 6; i++) {
    code += PICKUP_LETTERS[Number(value % 31n)]
    value /= 31n
  }
  return code
}

export const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
/** A secret for a cookie or a machine: 256 random bits. */
export const newSecret = () => randomBytes(32).toString('base64url')
