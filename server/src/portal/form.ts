import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type BlobStore, insertBlob, type Kept } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { Tenant } from '#org'
import type { FormFault } from './page.ts'

const FORM_HOURS = 24
const MOST_PHOTOS = 3

/** A form's token: when it was made, signed by the district; no cookie is needed to file. */
export function tokenOf(tenant: Tenant, clock: Clock): string {
  const made = String(clock.real().getTime())
  return `${made}.${signature(tenant, made)}`
}
const signature = (tenant: Tenant, made: string) =>
  createHmac('sha256', tenant.secret).update(`form ${made}`).digest('base64url')

/** @throws Fault 'portal.stale_form' when the form is a day old or not ours */
export function refuseStale(tenant: Tenant, clock: Clock, token = ''): void {
  const [made = '', signed = ''] = token.split('.')
  const right = Buffer.from(signature(tenant, made))
  const given = Buffer.from(signed)
  const isOurs = right.length === given.length && timingSafeEqual(right, given)
  if (!isOurs || clock.real().getTime() - Number(made) > FORM_HOURS * 3_600_000) throw new Fault('portal.stale_form')
}

export interface Form {
  values: Record<string, string | undefined>
  readonly files: { name: string; data: Buffer }[]
  voice?: { readonly name: string; readonly data: Buffer }
}

/** Fills the form as far as it can be read, so that a file that is too large does not lose the text. */
export async function readForm(request: FastifyRequest, form: Form): Promise<void> {
  if (!request.isMultipart()) {
    form.values = (request.body ?? {}) as Form['values']
    return
  }
  for await (const part of request.parts()) {
    if (part.type === 'field') form.values[part.fieldname] = String(part.value)
    else {
      const data = await part.toBuffer()
      if (data.length === 0) continue
      if (part.fieldname === 'voice') form.voice = { name: part.filename, data }
      else if (form.files.length < MOST_PHOTOS) form.files.push({ name: part.filename, data })
    }
  }
}

/** Photos and the voice note of a form (照片、录音): those kept while the person was asked something, and those that come with it. */
export interface Photos {
  readonly ids: readonly string[]
  readonly fresh: readonly Kept[]
}
export async function keepPhotos(blobs: BlobStore, { values, files, voice }: Form): Promise<Photos> {
  const fresh: Photos['fresh'][number][] = []
  for (const file of files) fresh.push(await blobs.keepPhoto(file.data, file.name))
  if (voice !== undefined) fresh.push(await blobs.keepVoice(voice.data, voice.name))
  const before = values['photoIds'] ? values['photoIds'].split(',') : []
  return { ids: [...before, ...fresh.map(({ id }) => id)], fresh }
}
export async function storePhotos(tx: Tx, { fresh }: Photos, at: Date): Promise<void> {
  for (const photo of fresh) await insertBlob(tx, photo, at)
}

/** Where a fault belongs on the form. */
export function faultsOf(fault: Fault): FormFault[] {
  if (fault.code.startsWith('voice.')) return [{ field: 'voice', detail: fault.message }]
  if (fault.code.startsWith('file.')) return [{ field: 'photo', detail: fault.message }]
  const places = (fault.extra['errors'] ?? []) as { path: string; detail: string }[]
  const named = places.map(({ path, detail }) => ({
    field: path.split('.').at(-1) ?? 'content',
    detail: path.endsWith('phone')
      ? '电话号码不完整，请检查后重新填写。'
      : path === 'content' && /字符串|期望/.test(detail)
        ? '内容不能为空，请写明要反映的事情。'
        : detail,
  }))
  return named.length > 0 ? named : [{ field: 'content', detail: fault.message }]
}

/** The one field of a message is its text. */
export const messageFaultsOf = (fault: Fault): FormFault[] =>
  faultsOf(fault).map(({ field, detail }) =>
    field === 'photo'
      ? { field, detail }
      : { field: 'more', detail: /字符串|期望|内容不能为空/.test(detail) ? '请写明要补充的情况。' : detail },
  )
