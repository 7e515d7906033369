import type { CaseId, Channel, Party, PartyId, PersonId, ProxyContact, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { newId } from '#kernel/id'
import { maskPersonal } from '../text/personal.ts'
import type { CaseType } from './case-type.ts'
import type { CaseState } from './state.ts'

/** What somebody says when a case is opened. */
export interface Opening {
  readonly type: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly channel: Channel
  readonly party?:
    | {
        readonly kind?: z.output<typeof Party>['kind'] | undefined
        readonly name?: string | undefined
        readonly phone?: string | undefined
        readonly email?: string | undefined
        readonly uscc?: string | undefined
        /** Who speaks for the person (代办人). */
        readonly proxy?: z.output<typeof ProxyContact> | undefined
      }
    | undefined
  readonly source?: { readonly name: string; readonly key: string; readonly batchId: string | null } | undefined
  /** The case it is opened for, and the units that owe it from the start. */
  readonly parentId?: CaseId | undefined
  /** Begins in another stage than the type's first. */
  readonly stage?: string | undefined
  readonly leadUnitId?: UnitId | null | undefined
  readonly holderUnitId?: UnitId | null | undefined
  readonly handlerId?: PersonId | null | undefined
}

const TITLE_LENGTH = 28
const firstWords = (content: string) => {
  const line = content.replaceAll(/\s+/g, ' ').trim()
  const sentence = /^[^。！？!?；;]+/.exec(line)?.[0] ?? line
  return sentence.length <= TITLE_LENGTH ? sentence : `${sentence.slice(0, TITLE_LENGTH - 1)}…`
}

/** The state a case begins with, and its party: contact data go there and nowhere else. */
export function opened(
  type: CaseType,
  opening: Opening,
  facts: Record<string, unknown>,
  { number, ruleSet, by, office }: { number: string; ruleSet: string; by: Actor; office: UnitId | null },
) {
  const {
    content: said,
    title: headline,
    category,
    urgency,
    divisionCode,
    location,
    anonymous,
    confidential,
    receivedAt,
    superior,
    ...rest
  } = facts
  const place = (location ?? {}) as { address?: string; lng?: number; lat?: number }
  const contact = opening.party ?? {}
  const { proxy } = contact
  const known = [contact.name, contact.phone, contact.email, proxy?.name, proxy?.phone].filter(
    (word) => word !== undefined,
  )
  const mask = (text: string) => maskPersonal(text, known)
  const content = mask(String(said))
  const id = newId<CaseId>()
  const isTold =
    [contact.name, contact.phone, contact.email, contact.uscc, proxy].some((given) => given !== undefined) ||
    content !== said
  const party = isTold
    ? {
        id: newId<PartyId>(),
        caseId: id,
        kind: contact.kind ?? 'person',
        name: contact.name ?? null,
        phone: contact.phone ?? null,
        uscc: contact.uscc ?? null,
        said: content === said ? null : String(said),
        createdAt: by.at,
        proxyName: proxy?.name ?? null,
        proxyPhone: proxy?.phone ?? null,
        proxyRelation: proxy?.relation ?? null,
        email: contact.email ?? null,
        webhookUrl: null,
        role: 'asker' as const,
      }
    : undefined
  const patch: Omit<CaseState, 'version' | 'updatedAt'> = {
    ...{ id, number, type: type.id, stage: opening.stage ?? type.first, round: 1, ruleSet },
    ...{
      title: mask(String(headline ?? firstWords(content))),
      content,
      summary: null,
      category: (category as string) ?? null,
      channel: opening.channel,
    },
    ...{
      class: null,
      urgency: (urgency as CaseState['urgency']) ?? 'normal',
      divisionCode: (divisionCode as string) ?? null,
    },
    ...{
      address: place.address === undefined ? null : mask(place.address),
      lng: place.lng ?? null,
      lat: place.lat ?? null,
    },
    ...{ anonymous: anonymous === true, confidential: confidential === true, partyId: party?.id ?? null },
    ...{
      leadUnitId: opening.leadUnitId ?? null,
      assistingUnitIds: [],
      // Until it is dispatched a case belongs to the intake office: nothing is ever without an owner.
      holderUnitId: office,
      handlerId: opening.handlerId ?? null,
      authorId: null,
      answer: null,
      outcome: null,
      promisedOn: null,
    },
    ...{ declineReason: null, satisfied: null, solved: null, grade: null, reachTries: 0, urged: 0 },
    ...{
      receivedAt: receivedAt === undefined ? by.at : new Date(String(receivedAt)),
      acceptedAt: null,
      dispatchedAt: null,
      signedAt: null,
    },
    ...{
      contactedAt: null,
      answeredAt: null,
      calledBackAt: null,
      closedAt: null,
      dueKind: null,
      dueAt: null,
      yellowAt: null,
    },
    ...{
      facts: rest,
      batchId: opening.source?.batchId ?? null,
      source: opening.source?.name ?? null,
      sourceKey: opening.source?.key ?? null,
    },
    ...{
      parentId: opening.parentId ?? null,
      problemId: null,
      stageBefore: null,
      mode: null,
      paused: false,
      legacy: false,
    },
    ...{ supervised: null, superior: superiorOf(superior), stops: [], extensions: [], disputes: [], pending: [] },
    ...{ ways: [], plan: [], judgement: null, quantities: [], beneficiaries: null },
    ...{ dissatisfied: 0, supplemented: 0, reRaised: 0, brokenPromises: 0, reachTriedAt: null, publishedAt: null },
  }
  return { patch: { ...patch, ...type.begins?.(patch, by.at) }, party }
}

const superiorOf = (order: unknown): CaseState['superior'] => {
  if (order === undefined) return null
  const { body, number, dueOn, class: itsClass } = order as Record<string, string | undefined>
  return { body: body ?? '', number: number ?? '', dueOn: dueOn ?? '', class: itsClass ?? null }
}
