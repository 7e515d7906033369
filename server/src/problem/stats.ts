import { FOUND_BY, type FoundBy, idsOf, type ListStats } from '@banjie/contract'
import type { z } from 'zod'
import type { ItemView } from './item.ts'

const percent = (part: number, whole: number) => Math.round((part / whole) * 1000) / 10

/** Counts of a list (清单统计), from the rows it shows and nothing else. */
export function statsOf(aspects: readonly string[], items: readonly ItemView[]): z.input<typeof ListStats> {
  const count = (wanted: (item: ItemView) => boolean) => items.filter(wanted).length
  const found = (way: FoundBy) => count(({ foundBy }) => foundBy === way)
  return {
    byAspect: aspects.map((aspect) => ({
      aspect,
      items: count((item) => item.aspect === aspect),
      accepted: count((item) => item.aspect === aspect && item.accepted),
    })),
    byFound: idsOf(FOUND_BY).map((foundBy) => ({
      foundBy,
      items: found(foundBy),
      accepted: count((item) => item.foundBy === foundBy && item.accepted),
      share: items.length === 0 ? 0 : percent(found(foundBy), items.length),
    })),
    unknown: count(({ foundBy }) => foundBy === null),
    selfFound: items.length === 0 ? null : percent(found('self'), items.length),
    voices: items.every(({ voices }) => voices !== null)
      ? items.reduce((sum, { voices }) => sum + (voices ?? 0), 0)
      : null,
  }
}
