import { LIGHT_THEME } from '@banjie/contract/token'
import { fitted } from './wrap.ts'

/** The sizes that the district's media ask for, in pixels: a poster for a phone, a cover for an article. */
export const PICTURE = {
  poster: { label: '竖版海报 1080×1440', width: 1080, height: 1440 },
  cover: { label: '横版封面 900×500', width: 900, height: 500 },
} as const
export type PictureShape = keyof typeof PICTURE

export interface PictureWords {
  readonly district: string
  readonly kind: string
  readonly title: string
  readonly brief: string
  readonly link: string
  /** Made-up data must be recognised as such also when the picture has left the house. */
  readonly demo: boolean
}

const FONT =
  'system-ui, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
/** A picture that leaves the house is light, also when the clerk works in the dark set. */
const COLOUR = {
  strong: LIGHT_THEME['brand-strong'],
  brand: LIGHT_THEME.brand,
  paper: LIGHT_THEME.surface,
  words: LIGHT_THEME.fg,
  muted: LIGHT_THEME.muted,
} as const
const LEAD = 1.45

/**
 * Draws the picture of an item (宣传图) on a canvas: in the browser, for its fonts know Chinese on every clerk's machine, and a server's need not.
 * @param qr the code of the link, already loaded
 */
export function drawPicture(
  canvas: HTMLCanvasElement,
  shape: PictureShape,
  words: PictureWords,
  qr: HTMLImageElement,
): void {
  const { width, height } = PICTURE[shape]
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.textBaseline = 'top'
  pen.fillStyle = COLOUR.paper
  pen.fillRect(0, 0, width, height)
  if (shape === 'poster') drawPoster(pen, words, qr)
  else drawCover(pen, words, qr)
}

function drawPoster(pen: CanvasRenderingContext2D, words: PictureWords, qr: HTMLImageElement): void {
  const { width, height } = PICTURE.poster
  const margin = 80
  pen.fillStyle = COLOUR.strong
  pen.fillRect(0, 0, width, 150)
  write(pen, `${words.district} · 办结`, { x: margin, y: 48, size: 50, colour: COLOUR.paper, bold: true })
  write(pen, words.kind, { x: width - margin, y: 54, size: 40, colour: COLOUR.paper, end: true })
  const column = width - 2 * margin
  const below = block(pen, words.title, {
    x: margin,
    y: 220,
    width: column,
    height: 340,
    sizes: [84, 72, 60],
    bold: true,
  })
  pen.fillStyle = COLOUR.brand
  pen.fillRect(margin, below + 28, 120, 10)
  block(pen, words.brief, {
    x: margin,
    y: below + 84,
    width: column,
    height: 1040 - below - 84,
    sizes: [48, 44, 40, 36],
  })
  const size = 280
  const top = height - size - 90
  pen.drawImage(qr, width - margin - size, top, size, size)
  write(pen, '扫码看办理情况', { x: margin, y: top + 60, size: 48, colour: COLOUR.words, bold: true })
  write(pen, '也可以接着反映', { x: margin, y: top + 128, size: 44, colour: COLOUR.muted })
  write(pen, words.link, { x: margin, y: top + 204, size: 28, colour: COLOUR.muted })
  if (words.demo) write(pen, '演示数据，非真实诉求', { x: margin, y: height - 62, size: 28, colour: COLOUR.muted })
}

function drawCover(pen: CanvasRenderingContext2D, words: PictureWords, qr: HTMLImageElement): void {
  const { width, height } = PICTURE.cover
  const margin = 48
  const size = 200
  pen.fillStyle = COLOUR.strong
  pen.fillRect(0, 0, width, 78)
  write(pen, `${words.district} · 办结`, { x: margin, y: 22, size: 30, colour: COLOUR.paper, bold: true })
  write(pen, words.kind, { x: width - margin, y: 25, size: 26, colour: COLOUR.paper, end: true })
  const column = width - 3 * margin - size
  const title = { x: margin, y: 112, width: column, height: 150, sizes: [46, 40, 34], bold: true }
  const below = block(pen, words.title, title)
  block(pen, words.brief, { x: margin, y: below + 22, width: column, height: height - below - 80, sizes: [28, 25, 22] })
  const left = width - margin - size
  pen.drawImage(qr, left, 122, size, size)
  write(pen, '扫码看办理情况', { x: left + size / 2, y: 340, size: 25, colour: COLOUR.words, bold: true, middle: true })
  write(pen, '也可以接着反映', { x: left + size / 2, y: 378, size: 23, colour: COLOUR.muted, middle: true })
  if (words.demo) write(pen, '演示数据，非真实诉求', { x: margin, y: height - 34, size: 18, colour: COLOUR.muted })
}

interface Line {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly colour: string
  readonly bold?: boolean
  readonly end?: boolean
  readonly middle?: boolean
}
function write(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y, size, colour, bold = false, end, middle }: Line,
): void {
  pen.font = `${bold ? 700 : 400} ${size}px ${FONT}`
  pen.fillStyle = colour
  pen.textAlign = end ? 'right' : middle ? 'center' : 'left'
  pen.fillText(text, x, y)
}

interface Block {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly sizes: readonly number[]
  readonly bold?: boolean
}
/** @returns where the block ends */
function block(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y, width, height, sizes, bold = false }: Block,
): number {
  const widthAt = (size: number, piece: string) => {
    pen.font = `${bold ? 700 : 400} ${size}px ${FONT}`
    return pen.measureText(piece).width
  }
  const { size, lines } = fitted(text, { width, height }, sizes, widthAt, LEAD)
  for (const [i, line] of lines.entries())
    write(pen, line, { x, y: y + i * size * LEAD, size, colour: COLOUR.words, bold })
  return y + lines.length * size * LEAD
}

/** The QR code of a short link, made by the server for the address under which it is read. */
export async function loadQr(code: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = `/m/${code}.svg`
  await image.decode()
  return image
}
