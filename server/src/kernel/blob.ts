import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobId } from '@banjie/contract'
import { sql } from 'kysely'
import sharp from 'sharp'
import { Fault, invalid } from './fault.ts'
import { newId, sha256 } from './id.ts'
import type { Store, Tx } from './store.ts'
import { admitVoice, isVoice } from './voice.ts'

/** A stored file (附件). */
export interface Blob {
  readonly id: BlobId
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly attachedId: string | null
  readonly isPublic: boolean
}

/** A file that lies in the folder and is attached to nothing yet. */
export type Kept = Omit<Blob, 'attachedId' | 'isPublic'>

/** Files by content, in a folder. */
export interface BlobStore {
  /** Stores a photo: turned upright, made smaller, position and camera data removed. @throws Fault 'file.kind' | 'file.unreadable' */
  keepPhoto(data: Buffer, name: string): Promise<Kept>
  /** Stores a voice note as it was spoken. @throws Fault 'voice.kind' | 'voice.unreadable' | 'voice.video' | 'voice.too_long' */
  keepVoice(data: Buffer, name: string): Promise<Kept>
  /** Stores a photo or a voice note, whichever it is. */
  keepEvidence(data: Buffer, name: string): Promise<Kept>
  read(blob: Pick<Blob, 'sha256'>): NodeJS.ReadableStream
  keep(data: Buffer): Promise<string>
  path(hash: string): string
}

export const PHOTO_MEGABYTES = 10
const LONGEST_SIDE = 2000
const MOST_PIXELS = 100_000_000

/** What a file is, by its first bytes; its name proves nothing. */
function isPhoto(data: Buffer): boolean {
  const head = data.subarray(0, 12).toString('latin1')
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n') ||
    (head.startsWith('RIFF') && head.endsWith('WEBP')) ||
    /^....ftyp(heic|heix|mif1|avif)/s.test(head)
  )
}

export function folderBlobs(folder: string): BlobStore {
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash)
  async function keep(data: Buffer): Promise<string> {
    const hash = sha256(data)
    await mkdir(join(folder, hash.slice(0, 2)), { recursive: true })
    // A file appears under its name only when it is complete.
    const draft = `${path(hash)}.${newId()}`
    await writeFile(draft, data)
    await rename(draft, path(hash))
    return hash
  }
  async function keepVoice(data: Buffer, name: string): Promise<Kept> {
    const { mediaType, ending } = await admitVoice(data)
    const named = tidyName(name, { ending, unnamed: '语音留言' })
    return { id: newId<BlobId>(), sha256: await keep(data), name: named, mediaType, bytes: data.length }
  }
  async function keepPhoto(data: Buffer, name: string): Promise<Kept> {
    if (!isPhoto(data)) throw new Fault('file.kind')
    const photo = await sharp(data, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer()
      .catch(() => {
        throw new Fault('file.unreadable')
      })
    return {
      id: newId<BlobId>(),
      sha256: await keep(photo),
      name: tidyName(name, { ending: 'jpg', unnamed: '照片' }),
      mediaType: 'image/jpeg',
      bytes: photo.length,
    }
  }
  return {
    path,
    keep,
    read: (blob) => createReadStream(path(blob.sha256)),
    keepPhoto,
    keepVoice,
    keepEvidence: (data, name) => (isVoice(data) ? keepVoice(data, name) : keepPhoto(data, name)),
  }
}

const tidyName = (name: string, { ending, unnamed }: { readonly ending: string; readonly unnamed: string }) =>
  `${
    name
      .replaceAll(/[\p{C}/\\:*?"<>|]/gu, '')
      .replace(/\.\w+$/, '')
      .slice(0, 60) || unnamed
  }.${ending}`

export const insertBlob = (tx: Tx, blob: Omit<Blob, 'attachedId' | 'isPublic'>, now: Date) =>
  tx.run(sql`
    insert into blob (tenant_id, id, sha256, name, media_type, bytes, created_at)
    values (${tx.tenant}, ${blob.id}, ${blob.sha256}, ${blob.name}, ${blob.mediaType}, ${blob.bytes}, ${now})`)

/** What files are attached to: a case, where it has no kind. */
type Owner = string | { readonly kind: string; readonly id: string }

/** Attaches files to a case or another record; each only once. @throws Fault 'file.not_found' if one is gone or belongs elsewhere */
export async function attachBlobs(tx: Tx, owner: Owner, ids: readonly string[], isPublic: boolean): Promise<void> {
  if (ids.length === 0) return
  const { kind, id } = typeof owner === 'string' ? { kind: 'case', id: owner } : owner
  const attached = await tx.run(sql`
    update blob set attached_kind = ${kind}, attached_id = ${id}, is_public = ${isPublic}
    where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[]) and (attached_id is null or attached_id = ${id}) returning 1 as one`)
  if (attached.length !== new Set(ids).size) throw invalid('attachmentIds', 'file.not_found')
}

export const findBlob = async (tx: Tx, id: BlobId) =>
  (
    await tx.run<Blob>(
      sql`select id, sha256, name, media_type, bytes, attached_id, is_public from blob where tenant_id = ${tx.tenant} and id = ${id}`,
    )
  )[0]

const LOOSE_HOURS = 24
/** Deletes what was uploaded and never attached; the same content may still serve another row. */
export async function dropLooseBlobs(store: Store, tenant: Tx['tenant'], blobs: BlobStore, now: Date): Promise<number> {
  const dropped = await store.tx(tenant, (tx) =>
    tx.run<{ sha256: string; used: boolean }>(sql`
      with loose as (
        delete from blob where tenant_id = ${tx.tenant} and attached_id is null and created_at < ${new Date(now.getTime() - LOOSE_HOURS * 3_600_000)} returning id, sha256
      )
      select sha256, exists (select from blob b where b.tenant_id = ${tx.tenant} and b.sha256 = loose.sha256 and b.id not in (select id from loose)) as used from loose`),
  )
  for (const file of dropped) if (!file.used) await rm(blobs.path(file.sha256), { force: true })
  return dropped.length
}
