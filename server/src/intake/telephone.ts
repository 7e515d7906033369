import type { FindByTelephone, INPUT, TelephoneMatches } from '@banjie/contract'
import type { z } from 'zod'
import type { AppealDesk } from '#appeal'
import { type CaseState, type Engine, findCase, maskName, maskPhone, sees, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { tidyNumber } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { findCaller, listByCaller } from './telephone.sql.ts'

const OWED: readonly string[] = ['appeal', 'proposal']
type Match = z.input<typeof TelephoneMatches>['items'][number]

/**
 * What a caller may be told on the telephone (电话查询): by number, or by telephone and name. Every look-up is audited, one that finds nothing too;
 * the audit holds neither telephone nor name.
 */
export async function findByTelephone(
  tx: Tx,
  desk: AppealDesk,
  { number, phone, name }: z.output<typeof FindByTelephone>,
  by: Actor,
): Promise<z.input<typeof TelephoneMatches>> {
  const numbers =
    number === undefined
      ? (await listByCaller(tx, { phone: phone ?? '', name: name ?? '' }, sightOf(by))).map((row) => row.number)
      : [tidyNumber(number)]
  const items: Match[] = []
  for (const one of numbers) {
    const kase = await findCase(tx, one)
    if (kase === undefined || !OWED.includes(kase.type) || !sees(sightOf(by), kase)) continue
    items.push(await matchOf(tx, desk, kase, by.at))
    await audit(tx, by, { action: 'telephone.track', objectKind: 'case', objectId: kase.id, note: wayOf(number) })
  }
  if (items.length === 0)
    await audit(tx, by, {
      ...{
        action: 'telephone.track',
        objectKind: 'search',
        objectId: by.requestId,
        note: `${wayOf(number)}，没有找到`,
      },
    })
  return { items }
}
const wayOf = (number: string | undefined) => (number === undefined ? '来电按电话和姓名查询' : '来电按编号查询')

async function matchOf(tx: Tx, desk: AppealDesk, kase: CaseState, now: Date): Promise<Match> {
  const { number, type, title, stageLabel, unit, unitPhone, dueAt, answer, ratable, grade, steps } = await desk.tell(
    tx,
    kase,
    now,
  )
  const caller = await findCaller(tx, kase.id)
  return {
    ...{ id: kase.id, number, type, title, stageLabel, unit, unitPhone, dueAt, ratable, grade, steps },
    answer: answer ?? null,
    receivedAt: kase.receivedAt.toISOString(),
    masked: {
      name: caller?.name == null ? null : maskName(caller.name),
      phone: caller?.phone == null ? null : maskPhone(caller.phone),
    },
  }
}

/**
 * Rates on the caller's behalf (电话代评): the person's own word, told to a clerk. The event says through whom it came. Nobody rates the work of their
 * own unit this way.
 * @throws Fault 'case.not_found' | 'track.not_ratable' | 'telephone.own_unit'
 */
export async function rateByTelephone(
  tx: Tx,
  { engine, desk }: { engine: Engine; desk: AppealDesk },
  { id, ...input }: { id: string } & z.output<(typeof INPUT)['rate']>,
  by: Actor,
): Promise<CaseState> {
  const kase = await engine.get(tx, id, by)
  if (!OWED.includes(kase.type)) throw new Fault('case.not_found')
  if (kase.leadUnitId !== null && kase.leadUnitId === by.unitId) throw new Fault('telephone.own_unit')
  await audit(tx, by, { action: 'telephone.rate', objectKind: 'case', objectId: kase.id, note: '来电评价，代为登记' })
  return desk.rateAs(tx, kase, input, { ...by, kind: 'citizen', name: `诉求人来电（${by.name}代录）` })
}
