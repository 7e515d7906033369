/** A place in a text that tells who somebody is (可识别处). `at` counts UTF-16 units; `must`: it may not go out. */
export interface MaskedSpot {
  readonly at: number
  readonly word: string
  readonly as: string
  readonly kind: string
  readonly must: boolean
}

/** What is known besides the text: names and numbers of the person, and numbers that are public anyway. */
export interface KnownWords {
  readonly names: readonly string[]
  readonly phones: readonly string[]
  readonly publicPhones: readonly string[]
}
const NOBODY: KnownWords = { names: [], phones: [], publicPhones: [] }

const NUMERAL = '[\\d一二三四五六七八九十百]+'
const ROOM = `(?:\\s*(?:${NUMERAL}\\s*[楼层]\\s*)?(?:\\d{1,4}\\s*(?:室|户|号)?|[东西中]户))`
const BUILDING = `${NUMERAL}\\s*(?:号楼|栋|幢|座|号院|号|楼)`
/** Building and flat: 3号楼2单元401, 3单元201, 5栋1203室, 3-2-401. */
const FLAT = `(?:(?:${BUILDING}\\s*)?${NUMERAL}\\s*单元${ROOM}?|${NUMERAL}\\s*(?:号楼|栋|幢|座)\\s*-?\\s*\\d{3,4}\\s*(?:室|户|号)?|(?<![\\d-])\\d{1,3}-\\d{1,2}-\\d{3,4}(?![\\d-])|(?<!\\d)\\d{3,4}室)`

interface Pattern {
  readonly kind: string
  readonly as: string
  readonly find: RegExp
  readonly must?: (match: RegExpMatchArray) => boolean
  readonly phone?: true
}

/** In the order in which they win over each other. */
const PATTERNS: readonly Pattern[] = [
  { kind: '证件号', as: '[证件号]', find: /(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15})(?![\dA-Za-z])/g },
  {
    kind: '银行卡号',
    as: '[卡号]',
    find: /(?<![\dA-Za-z])(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?![\dA-Za-z])/g,
  },
  { kind: '电话', as: '[电话]', find: /(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-.\s]?\d{4}[-.\s]?\d{4}(?!\d)/g, phone: true },
  { kind: '电话', as: '[电话]', find: /(?<!\d)[(（]?0\d{2,3}[)）]?[-\s]?\d{7,8}(?!\d)/g, phone: true },
  { kind: '电话', as: '[电话]', find: /(?<!\d)[48]00[-\s]?\d{3,4}[-\s]?\d{3,4}(?!\d)/g, phone: true },
  {
    kind: '电话',
    as: '[电话]',
    find: /(?<=(?:电话|手机|拨打|致电|联系)[号码：:为是\s]{0,3})\d{7,8}(?!\d)/g,
    phone: true,
  },
  { kind: '电话', as: '[电话]', find: /[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}/g },
  { kind: '邮箱', as: '[邮箱]', find: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  {
    kind: '车牌',
    as: '[车牌]',
    find: /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])/g,
  },
  {
    // The street stays; a house alone may be the public place that is spoken of, which the reviewer judges.
    kind: '门牌',
    as: '',
    find: new RegExp(`(?<=[路街巷弄道]|胡同)\\s*\\d+\\s*号(?!楼|线|院|井|泵|杆)(?:\\s*${FLAT})?`, 'g'),
    must: (match) => /单元|室|户|楼|栋|幢|座|-/.test(match[0]),
  },
  { kind: '住址', as: '[住址]', find: new RegExp(FLAT, 'g') },
]

/** Full-width digits and signs as half-width ones; every character keeps its place. */
const flat = (text: string) =>
  text.replaceAll(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ')
const digits = (phone: string) => phone.replaceAll(/\D/g, '').replace(/^86(?=1[3-9]\d{9}$)/, '')

/**
 * De-identifies (去标识) a text for the public: numbers, cards, plates, mail, flats, and the names the person gave.
 * @returns the text with every place masked, and the places in the order of the text
 */
export function deidentify(text: string, known: KnownWords = NOBODY): { text: string; spots: readonly MaskedSpot[] } {
  const open = new Set(known.publicPhones.map(digits))
  const plain = flat(text)
  const found: MaskedSpot[] = []
  const add = (spot: MaskedSpot) => {
    const until = spot.at + spot.word.length
    if (found.every((other) => until <= other.at || other.at + other.word.length <= spot.at)) found.push(spot)
  }
  for (const { kind, as, find, must, phone } of PATTERNS)
    for (const match of plain.matchAll(find))
      if (!(phone && open.has(digits(match[0]))))
        add({
          at: match.index,
          word: text.slice(match.index, match.index + match[0].length),
          as,
          kind,
          must: must?.(match) ?? true,
        })
  for (const name of known.names)
    for (const at of placesIn(plain, flat(name))) add({ at, word: name, as: '[姓名]', kind: '姓名', must: true })
  for (const phone of known.phones)
    if (!open.has(digits(phone)))
      for (const at of placesIn(plain, phone)) add({ at, word: phone, as: '[电话]', kind: '电话', must: true })
  const spots = found.toSorted((a, b) => a.at - b.at)
  return { text: masked(text, spots), spots }
}

function placesIn(text: string, word: string): number[] {
  const places: number[] = []
  if (word.length < 2) return places
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at)
  return places
}

function masked(text: string, spots: readonly MaskedSpot[]): string {
  let done = ''
  let from = 0
  for (const { at, word, as } of spots) {
    done += text.slice(from, at) + as
    from = at + word.length
  }
  return done + text.slice(from)
}

const SHOWN = 3
/** The places in words, without saying again what may not be said: “第 12 字起的电话（138****）”. */
export const placesOf = (spots: readonly MaskedSpot[]): string =>
  spots
    .map(({ at, word, kind }) => `第 ${at + 1} 字起的${kind}（${word.slice(0, word.length > SHOWN ? SHOWN : 1)}****）`)
    .join('、')
