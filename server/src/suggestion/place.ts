import { streetOf } from '#case'
import { folded } from '#text'

/** Where something is (地点): the street or estate, and the number there where one is named. */
export interface Place {
  /** The last two characters of the name and its kind: 向阳小区. By it a place is looked up. */
  readonly place: string | null
  /** The name as far as it is told: 造化向阳小区. By it two of the same end are told apart. */
  readonly name: string | null
  readonly spot: string | null
  readonly lng: number | null
  readonly lat: number | null
}
interface Told {
  readonly address: string | null
  readonly content: string
  readonly lng: number | null
  readonly lat: number | null
}

/** So near that two reports are of one place. */
export const NEAR_METRES = 300
const EARTH_METRES = 6_371_000
const SPOT = /^[^\p{L}\p{N}]*(\d{1,4}|[一二三四五六七八九十]{1,3})(?:号|栋|幢|弄)/u
/** 迎宾路街道 is an area with many streets, not 迎宾路. */
const OFFICE = /\p{Script=Han}{2}(?:路|街)?街道(?:办事处)?/gu
const DIGITS = '零一二三四五六七八九'

/** The place that an address names, else the text. */
export function placeIn({ address, content, lng, lat }: Told): Place {
  for (const text of [address, content]) {
    const tidy = folded(text ?? '').replaceAll(OFFICE, ' ')
    const place = streetOf(tidy)
    if (place !== undefined) return { place, name: nameOf(tidy, place), spot: spotAfter(tidy, place), lng, lat }
  }
  return { place: null, name: null, spot: null, lng, lat }
}

/** At most so many characters before the kind of place. */
const LONGEST = 8
/** What people say before a name; what is left has at least two characters before its kind. */
const BEFORE =
  /^.*(?:我们|咱们|您好|反映|位于|附近|请问|社区|[我住在到从的是和与及区市镇乡沿])(?=\p{Script=Han}{2,}?(?:大街|路|街|巷|小区|花园|家园|苑|村|广场)$)/u

function nameOf(text: string, place: string): string {
  const end = text.indexOf(place) + place.length
  const run = /\p{Script=Han}*$/u.exec(text.slice(Math.max(0, end - LONGEST), end))?.[0] ?? place
  return run.replace(BEFORE, '')
}

function spotAfter(text: string, place: string): string | null {
  const number = SPOT.exec(text.slice(text.indexOf(place) + place.length))?.[1]
  return number === undefined ? null : /\d/.test(number) ? String(Number(number)) : numeral(number)
}

/** 三 → 3, 十二 → 12, 二十一 → 21. */
function numeral(word: string): string {
  if (!word.includes('十')) return [...word].map((digit) => DIGITS.indexOf(digit)).join('')
  const [tens = '', ones = ''] = word.split('十')
  return String((tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones)))
}

/** One place: the same street or estate, or within 300 m. */
export function isNear(a: Place, b: Place): boolean {
  if (a.lng !== null && a.lat !== null && b.lng !== null && b.lat !== null)
    return metres(a.lng, a.lat, b.lng, b.lat) <= NEAR_METRES
  return a.place !== null && a.place === b.place && isSameName(a.name, b.name)
}

/** 向阳小区 may be 造化向阳小区; 沙岭向阳小区 is not. */
const isSameName = (a: string | null, b: string | null) => a === null || b === null || a.endsWith(b) || b.endsWith(a)

function metres(lng: number, lat: number, otherLng: number, otherLat: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(radians(otherLat - lat) / 2) ** 2 +
    Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * Math.sin(radians(otherLng - lng) / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(h))
}
