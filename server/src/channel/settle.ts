import type { ChannelId } from '@banjie/contract'
import { dayAfter } from '#cadence'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, type Owed, termOf } from '#obligation'
import { listTestDuties, type TestDuty } from './register.sql.ts'

const DAY_MS = 86_400_000

/**
 * Settles what channels owe (渠道测试入账): each is tested within so many days of the last test, monitoring points (监测点) like any other; whoever
 * owns it owes it. Every test ends one duty and begins the next.
 * @param ids of the channels that changed; all where absent
 */
export async function settleChannels(tx: Tx, now: Date, ids?: readonly ChannelId[]): Promise<void> {
  await holdObligations(tx, 'channelTest', 'whole')
  const owed = (await listTestDuties(tx, ids)).flatMap(owedOf)
  await keepObligations(tx, owed, { kinds: ['channelTest'], subjects: ids }, now)
}

function owedOf({ id, name, unitId, personId, validFrom, everyDays, tested, isOpen }: TestDuty): Owed[] {
  const begins = [validFrom, ...tested.filter((day) => day > validFrom)]
  return begins.flatMap((fromDay, i): Owed[] => {
    const isMet = i < begins.length - 1
    if (!isMet && !isOpen) return []
    const term = termOf(fromDay, dayAfter(fromDay, everyDays))
    const [from, to] = [term.beginsAt.getTime(), term.dueAt.getTime()]
    return [
      {
        ...{ key: `channelTest ${id} ${fromDay}`, form: 'recurring', kind: 'channelTest', title: `渠道测试：${name}` },
        ...{ subjectId: id, ruleId: null, leadUnitId: unitId, unitIds: [unitId], checkUnitId: null },
        ...{ personIds: personId === null ? [] : [personId], ...term, redAt: term.dueAt },
        yellowAt: new Date(Math.max(from, to - Math.max(DAY_MS, (everyDays * DAY_MS) / 3))),
        ...{ done: isMet ? 1 : 0, needed: 1, unitWord: '次', state: isMet ? 'met' : 'running', cause: null },
      },
    ]
  })
}
