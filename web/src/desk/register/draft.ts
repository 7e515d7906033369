import type { URGENCY } from '@banjie/contract'
import type { Request } from '../../shared/api.ts'

/** What the form holds while the person is still talking. */
export const BLANK = {
  type: 'appeal' as 'appeal' | 'proposal',
  content: '',
  category: '',
  name: '',
  phone: '',
  enterprise: false,
  address: '',
  urgency: 'normal' as keyof typeof URGENCY,
  confidential: false,
  anonymous: false,
  attachmentIds: [] as readonly string[],
  ...{ proxyRelation: '', proxyName: '', proxyPhone: '' },
  ...{ superiorBody: '', superiorNumber: '', superiorDueOn: '' },
  ...{ channelId: '', driveId: '', forumId: '', link: '' },
}
export type Draft = typeof BLANK

/** The channels through which a clerk takes a report. */
const DESK_CHANNELS = [
  ...(['hotline', 'window', 'leaderWindow', 'visit', 'forum', 'leaderResearch', 'staffFound', 'monitoring'] as const),
  ...(['massOrganisation', 'suggestion', 'wechat', 'app', 'mayor-mailbox', 'media', 'other'] as const),
] as const
/** What whoever is not at the intake office brings in: what was found by going there. */
const FINDINGS = ['staffFound', 'leaderResearch', 'forum', 'visit', 'monitoring'] as const
const INTAKE: readonly string[] = ['clerk', 'dispatcher', 'window']
export const channelsOf = (roles: readonly string[]): readonly Channel[] =>
  roles.some((role) => INTAKE.includes(role)) ? DESK_CHANNELS : FINDINGS
export type Channel = (typeof DESK_CHANNELS)[number]

/** The request that a draft makes; what was left empty is not sent. */
export function bodyOf(draft: Draft, channel: Channel): Request<'openCase'>['body'] {
  const { content, category, address, urgency, confidential, anonymous, enterprise } = draft
  const name = draft.name.trim()
  const phone = draft.phone.trim()
  const facts = {
    content,
    urgency,
    confidential,
    anonymous,
    ...(draft.attachmentIds.length > 0 && { attachmentIds: draft.attachmentIds }),
    ...(category !== '' && { category }),
    ...(address.trim() !== '' && { location: { address } }),
    ...(draft.type === 'appeal' &&
      SUPERIOR.some((field) => draft[field].trim() !== '') && {
        superior: { body: draft.superiorBody, number: draft.superiorNumber, dueOn: draft.superiorDueOn },
      }),
  }
  const source = Object.fromEntries(
    SOURCE.flatMap((field) => (draft[field].trim() === '' ? [] : [[field, draft[field]]])),
  )
  const proxy = PROXY.some((field) => draft[field].trim() !== '') && {
    proxy: { relation: draft.proxyRelation, name: draft.proxyName, phone: draft.proxyPhone },
  }
  const known = !anonymous && (name !== '' || phone !== '' || proxy !== false)
  return {
    type: draft.type,
    channel,
    facts: { ...facts, ...(Object.keys(source).length > 0 && { source }) },
    ...(known && {
      party: {
        kind: enterprise ? 'enterprise' : 'person',
        ...(name !== '' && { name }),
        ...(phone !== '' && { phone }),
        ...proxy,
      },
    }),
  }
}
export const SUPERIOR = ['superiorBody', 'superiorNumber', 'superiorDueOn'] as const
export const PROXY = ['proxyRelation', 'proxyName', 'proxyPhone'] as const
const SOURCE = ['channelId', 'driveId', 'forumId', 'link'] as const
