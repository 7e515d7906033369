/** Marks that do not begin a line (避头): they stay with the character before. */
const NOT_FIRST = '，。！？；：、）】》”’…,.!?;:)]%'

/**
 * Breaks a text into lines no wider than `most`. Chinese breaks between any two characters, except before a closing mark; a word of Latin
 * letters or digits is kept whole where it fits.
 * @param widthOf width of a piece of text in the same unit as `most`
 */
export function wrapped(text: string, most: number, widthOf: (piece: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    // Not called `lines`: the build takes calls on the contract's `lines` for pure and would drop them (web/vite.config.ts).
    const rows = ['']
    for (const piece of piecesOf(paragraph)) {
      const row = rows.at(-1) ?? ''
      if (row !== '' && widthOf(row + piece) > most) rows.push(piece.trimStart())
      else rows[rows.length - 1] = row === '' ? piece.trimStart() : row + piece
    }
    return rows
  })
}

/** The smallest pieces that a line is made of. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = []
  for (const piece of paragraph.match(/[A-Za-z0-9./%-]+|./gsu) ?? []) {
    const before = pieces.at(-1)
    if (before !== undefined && NOT_FIRST.includes(piece)) pieces[pieces.length - 1] = before + piece
    else pieces.push(piece)
  }
  return pieces
}

/**
 * The largest of the sizes at which the text has no more lines than there is room for; where it never fits it is cut with an ellipsis at the
 * smallest.
 */
export function fitted(
  text: string,
  room: { readonly width: number; readonly height: number },
  sizes: readonly number[],
  widthAt: (size: number, piece: string) => number,
  lead = 1.45,
): { readonly size: number; readonly lines: readonly string[] } {
  let last = { size: sizes.at(-1) ?? 0, lines: [''] }
  for (const size of sizes) {
    const lines = wrapped(text, room.width, (piece) => widthAt(size, piece))
    if (lines.length * size * lead <= room.height) return { size, lines }
    last = { size, lines }
  }
  const most = Math.max(1, Math.floor(room.height / (last.size * lead)))
  const lines = last.lines.slice(0, most)
  return { size: last.size, lines: [...lines.slice(0, -1), `${[...(lines.at(-1) ?? '')].slice(0, -1).join('')}…`] }
}
