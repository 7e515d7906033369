/** From the door number on: 12号, 三号楼, 3单元, 3-2-201. */
const DOOR =
  /(?:第?[\d０-９一二三四五六七八九十百甲乙丙丁]+[-－—#]?){1,4}(?:号|弄|幢|栋|座|楼|单元|室|户|门|层)|\d+[-－—#]\d+/u

/** An address as anybody may read it (公开地址): street and neighbourhood, nothing from the door number on; null when nothing is left. */
export function publicAddress(address: string | null): string | null {
  if (address === null) return null
  const at = DOOR.exec(address)?.index ?? address.length
  return address.slice(0, at).replace(/[\s，,、；;（(]+$/u, '') || null
}

const GRID = 1000
/** A coordinate to about a hundred metres: the street corner, not the house. */
export const publicCoordinate = (degrees: number | null) =>
  degrees === null ? null : Math.round(degrees * GRID) / GRID
