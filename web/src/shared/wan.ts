import { MONEY_UNIT } from '@banjie/contract'

/** Fen as it is typed into a field of 万元; empty where there is none. */
export const typedWan = (fen: number | null | undefined) => (fen == null ? '' : String(fen / MONEY_UNIT.万元))
