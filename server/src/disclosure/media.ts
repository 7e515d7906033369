import { randomInt } from 'node:crypto'
import {
  MEDIA_SUBJECT,
  type MediaItem,
  type MediaItemId,
  type MediaProposal,
  type MediaSubjectKind,
  type MediaSubjectRow,
  type MediaVisits,
  type NewMediaItem,
  type Role,
} from '@banjie/contract'
import { maskPersonal, type Sight, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { insertMediaItem, listMediaItems, listVisits, type MediaRow } from './media.sql.ts'

/** Something public, with what its page says of it. */
export interface MediaSubject {
  readonly kind: MediaSubjectKind
  readonly ref: string
  /** The public page, e.g. `/open/SQ…`. */
  readonly path: string
  readonly title: string
  /** What tells it from others of its kind. */
  readonly note: string
  /** One sentence that says how it stands. */
  readonly gist: string
  readonly paragraphs: readonly string[]
}
/** Finds what is public; the modules that publish stand beside this one, so the composition root brings them together. */
export interface MediaSubjects {
  list(tx: Tx, now: Date): Promise<readonly Pick<MediaSubject, 'kind' | 'ref' | 'title' | 'note'>[]>
  find(
    tx: Tx,
    subject: { readonly kind: MediaSubjectKind; readonly ref: string },
    now: Date,
  ): Promise<MediaSubject | undefined>
}

const KEEPERS: readonly Role[] = ['clerk', 'dispatcher', 'supervisor', 'admin']
const READERS: readonly Role[] = [...KEEPERS, 'leader', 'auditor', 'head']
function refuseUnless(by: Actor, roles: readonly Role[]): void {
  if (!roles.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}

const rowOf = ({ kind, ref, title, note }: Pick<MediaSubject, 'kind' | 'ref' | 'title' | 'note'>): MediaSubjectRow => ({
  ...{ kind, kindLabel: MEDIA_SUBJECT[kind], ref, title, note },
})

/** What can be told of: published problems, lists, answers and drives. @throws Fault 'forbidden' */
export async function mediaSubjects(tx: Tx, subjects: MediaSubjects, by: Actor): Promise<MediaSubjectRow[]> {
  refuseUnless(by, KEEPERS)
  return (await subjects.list(tx, by.at)).map(rowOf)
}

const TITLE = 60
const BRIEF = 150
const MOST_TEXT = 5000
const cut = (text: string, most: number) => {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** Ready text (成稿) made of what the public page says: nothing is told that could not be read there. @throws Fault 'forbidden' | 'media.not_public' */
export async function mediaProposal(
  tx: Tx,
  subjects: MediaSubjects,
  wanted: { readonly kind: MediaSubjectKind; readonly ref: string },
  by: Actor,
): Promise<MediaProposal> {
  refuseUnless(by, KEEPERS)
  const subject = await subjects.find(tx, wanted, by.at)
  if (subject === undefined) throw new Fault('media.not_public')
  const { path, title, gist, paragraphs } = subject
  return {
    subject: rowOf(subject),
    path,
    title: cut(maskPersonal(title), TITLE),
    brief: cut(maskPersonal(gist), BRIEF),
    text: cut(maskPersonal([gist, ...paragraphs].join('\n\n')), MOST_TEXT),
  }
}

/** Not 0 O 1 I L; short enough to be typed from a poster. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const CODE_LENGTH = 6
const newCode = () => Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/**
 * Makes an item for the district's own media (制作宣传件): a text somebody has read, and a link of its own.
 * @throws Fault 'forbidden' | 'media.not_public' | 'media.personal'
 */
export async function makeMediaItem(
  tx: Tx,
  subjects: MediaSubjects,
  { kind, ref, title, brief, text }: NewMediaItem,
  by: Actor,
): Promise<MediaItem> {
  refuseUnless(by, KEEPERS)
  const subject = await subjects.find(tx, { kind, ref }, by.at)
  if (subject === undefined) throw new Fault('media.not_public')
  if ([title, brief, text].some((words) => maskPersonal(words) !== words)) throw new Fault('media.personal')
  const id = newId<MediaItemId>()
  const row = { id, kind, ref, path: subject.path, title, brief, text, byName: by.name, at: by.at }
  while (!(await insertMediaItem(tx, { ...row, code: newCode() })));
  const [item] = await listMediaItems(tx, sightOf(by), id)
  if (item === undefined) throw new Error('an item that was just made is not there')
  return itemView(item)
}

const itemView = (row: MediaRow): MediaItem => ({
  ...row,
  kindLabel: MEDIA_SUBJECT[row.kind],
  createdAt: row.createdAt.toISOString(),
})

/** Items with what came back (带回的访问与诉求). @throws Fault 'forbidden' */
export async function mediaItems(tx: Tx, by: Actor): Promise<MediaItem[]> {
  refuseUnless(by, READERS)
  const sight: Sight = sightOf(by)
  return (await listMediaItems(tx, sight)).map(itemView)
}

/** The visits of an item by day. @throws Fault 'forbidden' | 'media.not_found' */
export async function mediaVisits(tx: Tx, id: MediaItemId, by: Actor): Promise<MediaVisits> {
  refuseUnless(by, READERS)
  if ((await listMediaItems(tx, sightOf(by), id)).length === 0) throw new Fault('media.not_found')
  const items = await listVisits(tx, id)
  return { items, total: items.reduce((sum, { visits }) => sum + visits, 0) }
}
