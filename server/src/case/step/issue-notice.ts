import { type CaseId, NOTICE_KIND, type NoticeKind, type UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf, findLeaderInCharge, findRoleHolder, type Holding } from '#org'
import { takeDocumentNumber } from '../engine/case.sql.ts'
import type { Sequel } from '../engine/case-type.ts'
import type { Engine } from '../engine/engine.ts'
import type { CaseState } from '../engine/state.ts'

/** To whom a notice goes: the unit's head, the leader in charge of the unit, any leader, or the supervision office. */
export type Addressee = 'head' | 'superior' | 'leader' | 'supervisor'

/** What a notice is about: a case, or something owed that is none, which has no id here. */
export type Noticed = Pick<CaseState, 'title' | 'leadUnitId' | 'channel' | 'confidential' | 'urgency'> & {
  readonly id: CaseId | null
}

/**
 * Issues a notice (督办通知) on what is late: numbered without gaps, with a clock to sign for it and a clock to answer it. A notice that finds nobody
 * becomes an alarm on the supervision office's desk: an escalation is never silent.
 */
export async function issueNotice(
  {
    tx,
    kase,
    by,
    engine,
  }: Pick<Sequel<unknown>, 'tx' | 'by'> & { readonly engine: Pick<Engine, 'open'>; readonly kase: Noticed },
  notice: { kind: NoticeKind; to: Addressee; text: string; facts?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const found = await addresseeOf(tx, kase, notice.to, by)
  const kind = found === undefined ? 'alarm' : notice.kind
  const to = found ?? (await findRoleHolder(tx, 'supervisor', {}, dayOf(by.at)))
  const text =
    found === undefined ? `${notice.text}\n没有找到应当接收的${ADDRESSEE[notice.to]}，请督查室指定。` : notice.text
  await engine.open(
    tx,
    [
      {
        type: 'notice',
        channel: kase.channel,
        parentId: kase.id ?? undefined,
        leadUnitId: to?.unitId ?? null,
        holderUnitId: to?.unitId ?? null,
        handlerId: to?.personId ?? null,
        facts: {
          ...notice.facts,
          ...{ kind, to: found === undefined ? 'supervisor' : notice.to, confidential: kase.confidential },
          documentNumber: await documentNumber(tx, kind, by.at),
          title: `${NOTICE_KIND[kind]}：${kase.title}`.slice(0, 80),
          content: text,
          urgency: kase.urgency,
        },
      },
    ],
    by,
  )
}

const ADDRESSEE = {
  head: '单位负责人',
  superior: '分管领导',
  leader: '区领导',
  supervisor: '督查员',
} as const satisfies Record<Addressee, string>

async function addresseeOf(
  tx: Tx,
  kase: Pick<Noticed, 'leadUnitId'>,
  to: Addressee,
  by: Actor,
): Promise<Holding | undefined> {
  const today = dayOf(by.at)
  const unit: UnitId | null = kase.leadUnitId
  if (to === 'supervisor') return findRoleHolder(tx, 'supervisor', {}, today)
  // Nobody has it yet: what is late is the dispatch.
  if (unit === null) return findRoleHolder(tx, to === 'head' ? 'dispatcher' : 'leader', {}, today)
  if (to === 'head') return findRoleHolder(tx, 'head', { unit }, today)
  const inCharge = await findLeaderInCharge(tx, unit, today)
  return inCharge ?? (to === 'leader' ? findRoleHolder(tx, 'leader', {}, today) : undefined)
}

/** 督办〔2026〕12号 */
async function documentNumber(tx: Tx, kind: NoticeKind, at: Date): Promise<string> {
  const series = kind === 'reminder' ? '催办' : kind === 'alarm' || kind === 'cluster' ? '警报' : '督办'
  const year = Number(dayOf(at).slice(0, 4))
  return `${series}〔${year}〕${await takeDocumentNumber(tx, series, year)}号`
}
