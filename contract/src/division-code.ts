/** What is wrong with a division code (区划代码). */
export type DivisionCodeFlaw = 'length' | 'digits' | 'township' | 'village'

/** Kind of a township-level division (乡级) by the range of its three digits. */
export type TownshipKind = 'street' | 'town' | 'township' | 'townshipLike'
/** Kind of a village-level division (村级) by the range of its three digits. */
export type VillageKind = 'committee' | 'village' | 'committeeLike' | 'villageLike'

/** A division code taken apart (GB/T 2260 and the statistical code). Each level as the whole code down to it. */
export interface DivisionCode {
  readonly province: string
  readonly prefecture: string
  readonly county: string
  readonly township?: { readonly code: string; readonly kind: TownshipKind }
  readonly village?: { readonly code: string; readonly kind: VillageKind; readonly virtual: boolean }
}

const RANGES = {
  township: [
    [1, 99, 'street'],
    [100, 199, 'town'],
    [200, 399, 'township'],
    [400, 599, 'townshipLike'],
  ],
  village: [
    [1, 199, 'committee'],
    [200, 399, 'village'],
    [400, 499, 'committeeLike'],
    [500, 599, 'villageLike'],
  ],
} as const
/** Places where nobody has a committee: a development zone's own land. */
const VIRTUAL: readonly number[] = [498, 598]
const SIZES: readonly number[] = [6, 9, 12]

const kindIn = <Kind extends string>(ranges: readonly (readonly [number, number, Kind])[], digits: string) =>
  ranges.find(([from, to]) => Number(digits) >= from && Number(digits) <= to)?.[2]

/**
 * Takes a division code (区划代码) apart: six digits to the county, nine to the street or township, twelve to the committee or village; zeros at
 * the end of a longer code mean that it ends higher.
 * @returns the first flaw as a word, where there is one
 */
export function parseDivisionCode(written: string): DivisionCode | DivisionCodeFlaw {
  const code = written.normalize('NFKC').replaceAll(/\s/g, '')
  if (!/^\d+$/.test(code)) return 'digits'
  if (!SIZES.includes(code.length)) return 'length'
  const county = { province: code.slice(0, 2), prefecture: code.slice(0, 4), county: code.slice(0, 6) }
  const [township, village] = [code.slice(6, 9), code.slice(9, 12)]
  if (Number(township) === 0) return Number(village) === 0 ? county : 'township'
  const kind = kindIn(RANGES.township, township)
  if (kind === undefined) return 'township'
  const upTo = { ...county, township: { code: code.slice(0, 9), kind } }
  if (Number(village) === 0) return upTo
  const villageKind = kindIn(RANGES.village, village)
  if (villageKind === undefined) return 'village'
  return { ...upTo, village: { code, kind: villageKind, virtual: VIRTUAL.includes(Number(village)) } }
}
