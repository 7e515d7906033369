import { streetOf } from '#case'
import { folded } from '#text'

/** Where something is (地点): the street or estate, and the number there where one is named. */
export interface Place {
  readonly place: string | null
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
const DIGITS = '零一二三四五六七八九'

/** The place that an address names, else the text. */
export function placeIn({ address, content, lng, lat }: Told): Place {
  for (const text of [address, content]) {
    const tidy = folded(text ?? '')
    const place = streetOf(tidy)
    if (place !== undefined) return { place, spot: spotAfter(tidy, place), lng, lat }
  }
  return { place: null, spot: null, lng, lat }
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
  return a.place !== null && a.place === b.place
}

function metres(lng: number, lat: number, otherLng: number, otherLat: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(radians(otherLat - lat) / 2) ** 2 +
    Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * Math.sin(radians(otherLng - lng) / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(h))
}
