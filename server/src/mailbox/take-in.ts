import { type CaseId, Email } from '@banjie/contract'
import type { AppealDesk } from '#appeal'
import { type CaseState, type Engine, findCase, listAddressees, maskPersonal } from '#case'
import { type Actor, citizen, system } from '#kernel/actor'
import { attachBlobs, type Blob, type BlobStore, insertBlob } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { isCaseNumber, pickupCode } from '#kernel/id'
import { findOutbox } from '#kernel/outbox'
import type { Tx } from '#kernel/store'
import { outboxIdIn } from '#notice'
import type { Tenant } from '#org'
import type { Mail } from './read-mail.ts'
import { findReceived, insertReceived } from './received.sql.ts'

export interface TakingIn {
  readonly engine: Engine
  readonly desk: AppealDesk
  readonly blobs: BlobStore
  readonly clock: Clock
}
type Photo = Omit<Blob, 'attachedKind' | 'attachedId' | 'isPublic'>
export interface Taken {
  readonly number: string
  readonly became: 'case' | 'supplement' | 'known'
}

/** Pictures of a mail, made safe like any photo; what is none is said. */
export async function picturesOf(mail: Mail, blobs: BlobStore): Promise<{ photos: Photo[]; leftOut: string[] }> {
  const photos: Photo[] = []
  const leftOut = [...mail.leftOut]
  for (const { name, data } of mail.pictures)
    await blobs.keepPhoto(data, name).then(
      (photo) => photos.push(photo),
      (error: unknown) => {
        if (!(error instanceof Fault)) throw error
        leftOut.push(`附件“${name}”不是照片或已损坏，未接收。`)
      },
    )
  return { photos, leftOut }
}

/**
 * Takes a mail in (收信): the first time it becomes a case, or a supplement if it replies to us; the second time it gets the same number.
 * Everything in one transaction, so that a server that sends again after a broken line finds all of it or nothing.
 */
export async function takeIn(
  parts: TakingIn,
  tx: Tx,
  district: Tenant,
  mail: Mail & { readonly photos: readonly Photo[]; readonly requestId: string },
): Promise<Taken> {
  const known = await findReceived(tx, mail.key)
  if (known !== undefined) return { number: known, became: 'known' }
  const by = citizen(parts.clock.now(), mail.requestId)
  for (const photo of mail.photos) await insertBlob(tx, photo, by.at)
  const replied = await repliedTo(tx, mail)
  const kase =
    replied === undefined ? await open(parts, tx, mail, by) : await supplement(parts, tx, district, replied, mail, by)
  await insertReceived(tx, mail.key, kase.id, by.at)
  await noteLeftOut(parts, tx, kase.id, mail.leftOut)
  return { number: kase.number, became: replied === undefined ? 'case' : 'supplement' }
}

/** The case a mail replies to: it answers a mail of ours to the asker, or names the number and comes from the asker's address. */
async function repliedTo(tx: Tx, { refersTo, subject, from }: Mail): Promise<CaseState | undefined> {
  for (const reference of refersTo) {
    const id = outboxIdIn(reference)
    const told = id === undefined ? undefined : (await findOutbox(tx, id))?.payload
    const kase = typeof told?.['caseId'] === 'string' ? await findCase(tx, told['caseId']) : undefined
    if (kase !== undefined && kase.partyId === told?.['partyId']) return kase
  }
  const number = /SQ\d{15}/i.exec(subject)?.[0].toUpperCase() ?? ''
  const named = isCaseNumber(number) ? await findCase(tx, number) : undefined
  if (named?.partyId == null) return undefined
  const [asker] = await listAddressees(tx, [named.partyId])
  return asker?.email === from.address ? named : undefined
}

const CONTENT_LENGTH = 5000
const NOTE_LENGTH = 1900
const MOST_NOTES = 5
const TITLE_LENGTH = 60

async function open(
  parts: TakingIn,
  tx: Tx,
  { text, subject, from, photos }: Mail & { readonly photos: readonly Photo[] },
  by: Actor,
): Promise<CaseState> {
  const content = text || subject || '（来信没有文字，见附件照片。）'
  const points = [...content]
  const title = cut(subject, TITLE_LENGTH)
  const [kase] = await parts.engine.open(
    tx,
    [
      {
        type: 'appeal',
        channel: 'mail',
        facts: { content: points.slice(0, CONTENT_LENGTH).join(''), ...(title !== '' && { title }) },
        party: { ...(from.name !== '' && { name: from.name }), email: addressOf(from.address) },
      },
    ],
    by,
  )
  if (kase === undefined) throw new Error('nothing was opened')
  await attachBlobs(
    tx,
    kase.id,
    photos.map(({ id }) => id),
    false,
  )
  await noteRest(parts, tx, kase.id, points.slice(CONTENT_LENGTH).join(''))
  return kase
}

const cut = (value: string, most: number) => {
  const points = [...value]
  return points.length <= most ? value : `${points.slice(0, most - 1).join('')}…`
}
const addressOf = (address: string) => Email.safeParse(address).data

/** What is over the length of an appeal follows in notes; nothing that was written is lost without a word. */
async function noteRest(parts: TakingIn, tx: Tx, caseId: CaseId, rest: string): Promise<void> {
  if (rest === '') return
  const points = [...maskPersonal(rest)]
  const pieces = Array.from({ length: Math.ceil(points.length / NOTE_LENGTH) }, (_, i) =>
    points.slice(i * NOTE_LENGTH, (i + 1) * NOTE_LENGTH).join(''),
  ).filter((piece) => piece.trim() !== '')
  for (const piece of pieces.slice(0, MOST_NOTES)) await note(parts, tx, caseId, `来信正文（续）：${piece}`)
  if (pieces.length > MOST_NOTES)
    await note(
      parts,
      tx,
      caseId,
      `来信正文过长，其余 ${points.length - MOST_NOTES * NOTE_LENGTH} 字未收录，请联系来信人。`,
    )
}

async function supplement(
  { desk, clock }: TakingIn,
  tx: Tx,
  district: Tenant,
  { number }: CaseState,
  { text, photos }: Mail & { readonly photos: readonly Photo[] },
  by: Actor,
): Promise<CaseState> {
  const key = { number, code: pickupCode(district.secret, number), address: 'mail', real: clock.real() }
  const own = cut(withoutQuote(text), 2000) || '（来信没有文字，见附件照片。）'
  const attachmentIds = photos.map(({ id }) => id)
  const { kase } = await desk.speakUp(tx, key, { text: own, newFacts: false, attachmentIds, kind: 'supplement' }, by)
  return kase
}

const QUOTE =
  /^(-{2,}\s*(原始邮件|回复的原邮件|转发邮件信息|Original Message)|(在|于)?.{0,80}(写道|wrote)[:：]\s*$|(发件人|From)\s*[:：])/im
/** What the person wrote, without our own mail below it. */
export function withoutQuote(text: string): string {
  const start = QUOTE.exec(text)?.index ?? text.length
  return text
    .slice(0, start)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim()
}

async function noteLeftOut(parts: TakingIn, tx: Tx, caseId: CaseId, leftOut: readonly string[]): Promise<void> {
  if (leftOut.length === 0) return
  const text = cut(maskPersonal(`来信处理说明：${leftOut.join('')}`), 2000)
  await note(parts, tx, caseId, text)
}

const note = ({ engine, clock }: TakingIn, tx: Tx, caseId: CaseId, text: string) =>
  engine.act(tx, { caseId, action: 'note', input: { text } }, system(clock.now()))
