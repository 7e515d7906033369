import { z } from 'zod'

/** No I, O, Z, S and V: they are easily read as 1, 0, 2, 5 and U. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const LENGTH = 18
/** 3^(i−1) mod 31 for the first seventeen places. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** Organisation code (组织机构代码, GB 11714): places 9 to 16 of the code, its check in place 17. */
const ORGANISATION = { from: 8, to: 16, weights: [3, 7, 9, 10, 5, 8, 4, 2] } as const
const ORGANISATION_CHECKS = '0123456789X'
const LETTER_A = 10

/** What is wrong with a unified social credit code (统一社会信用代码). `check`: the last character does not follow from the others; early codes are like that. */
export type UsccFlaw = 'length' | 'alphabet' | 'check' | 'organisationCheck'
/** Flaws with which a code may still be the real one: a person confirms it with the licence before them. */
export const CONFIRMABLE_FLAWS: readonly UsccFlaw[] = ['check', 'organisationCheck']

/** A code as it is kept: full width made half, no spaces or hyphens, upper case. */
export const normaliseUscc = (raw: string) =>
  raw
    .normalize('NFKC')
    .replaceAll(/[\s\-\u200B]/g, '')
    .toUpperCase()

/** The last character that the first seventeen ask for (GB 32100-2015); a remainder of 31 is written 0. */
export function usccCheck(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + ALPHABET.indexOf(code.charAt(i)) * weight, 0)
  return ALPHABET.charAt((ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length)
}
function organisationCheck(code: string): string {
  const sum = ORGANISATION.weights.reduce((total, weight, i) => {
    const character = code.charAt(ORGANISATION.from + i)
    return total + weight * (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65 + LETTER_A)
  }, 0)
  const { length } = ORGANISATION_CHECKS
  return ORGANISATION_CHECKS.charAt((length - (sum % length)) % length)
}

/**
 * The first flaw of a normalised code, or undefined (GB 32100-2015, GB 11714-1997). The check of the inner organisation code is looked at last,
 * since registries have given out codes that fail it.
 */
export function usccFlaw(code: string): UsccFlaw | undefined {
  if (code.length !== LENGTH) return 'length'
  if ([...code].some((character) => !ALPHABET.includes(character))) return 'alphabet'
  if (usccCheck(code) !== code.charAt(LENGTH - 1)) return 'check'
  return organisationCheck(code) === code.charAt(ORGANISATION.to) ? undefined : 'organisationCheck'
}

/** A unified social credit code as people type it: normalised, eighteen characters of the alphabet. A wrong check digit passes: it is asked about. */
export const Uscc = z
  .string()
  .transform(normaliseUscc)
  .refine((code) => !['length', 'alphabet'].includes(usccFlaw(code) ?? ''), 'liaison.uscc_invalid')
