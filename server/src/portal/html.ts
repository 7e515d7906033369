/** HTML that is already safe. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character)

type Piece = string | number | Html | false | null | undefined | readonly Piece[]
const render = (piece: Piece): string => {
  if (piece instanceof Html) return piece.text
  if (Array.isArray(piece)) return piece.map(render).join('')
  return piece === false || piece === null || piece === undefined ? '' : escaped(String(piece))
}

/** A piece of a page; whatever is put in is escaped unless it is HTML made here. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(strings.reduce((out, text, i) => out + render(pieces[i - 1]) + text))
