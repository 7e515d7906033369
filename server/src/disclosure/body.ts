import {
  DISCLOSURE_PART,
  type Disclosure,
  type DisclosureGap,
  type DisclosurePart,
  type DisclosureRegister,
  type GapCause,
  idsOf,
  type NewDisclosure,
  type NewObligedBody,
  OBLIGED_TRADE,
  type ObligedBody,
  type ObligedBodyId,
  type ObligedTrade,
  type PartStanding,
  type PublicDisclosure,
  type PublicText,
  type Role,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { type BodyRow, findSameBody, listBodies, lockBody, putBody } from './body.sql.ts'
import { listBodyTexts, type TextRow } from './public-text.sql.ts'
import { currentText, heldOn, publishedOf, type Say, sayOf, submitText, textView } from './public-text.ts'

const KEEPERS: readonly Role[] = ['supervisor', 'admin']
const PARTS = idsOf(DISCLOSURE_PART)
const DAY_MS = 86_400_000
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
/** Calendar days from one day to another, both counted. */
const daysFrom = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** How one of the four things stands on a day (四项现状): in force, or missing since when and why. */
function standingOn(part: DisclosurePart, texts: readonly TextRow[], obligedFrom: string, day: string): PartStanding {
  const held = heldOn(texts, day)
  const told = {
    ...{ part, label: DISCLOSURE_PART[part], version: held?.version ?? null, validUntil: held?.validUntil ?? null },
    waiting: texts.some(({ state }) => state === 'submitted'),
  }
  if (held !== undefined && held.validUntil >= day) return { ...told, cause: null, since: null }
  const cause: GapCause = held !== undefined ? 'expired' : publishedOf(texts).length > 0 ? 'pending' : 'never'
  const since = held === undefined ? obligedFrom : later(dayAfter(held.validUntil), obligedFrom)
  return { ...told, cause, since }
}
const later = (a: string, b: string) => (a > b ? a : b)

interface Wanted {
  readonly q?: string | undefined
  readonly trade?: ObligedTrade | undefined
}

/** Bodies with their texts by part. */
async function bodiesWithTexts(tx: Tx, filter: Parameters<typeof listBodies>[1], { words }: { words: boolean }) {
  const bodies = await listBodies(tx, filter)
  const texts = Map.groupBy(
    bodies.length === 0
      ? []
      : await listBodyTexts(
          tx,
          bodies.map(({ id }) => id),
          { words },
        ),
    ({ bodyId, part }) => `${bodyId} ${part}`,
  )
  return bodies.map((body) => ({
    body,
    textsOf: (part: DisclosurePart): readonly TextRow[] => texts.get(`${body.id} ${part}`) ?? [],
  }))
}

function bodyView(
  body: BodyRow,
  textsOf: (part: DisclosurePart) => readonly TextRow[],
  say: Say,
  by: Actor,
): ObligedBody {
  const today = dayOf(by.at)
  const parts = PARTS.map((part) => standingOn(part, textsOf(part), body.obligedFrom, today))
  return {
    ...body,
    tradeLabel: OBLIGED_TRADE[body.trade],
    parts,
    missing: isObliged(body, today) ? parts.filter(({ cause }) => cause !== null).length : 0,
    may: { write: say.mayWrite(body.unit.id) && !isReleased(body, today), edit: mayKeep(by) },
  }
}
const isReleased = ({ obligedUntil }: BodyRow, day: string) => obligedUntil !== null && obligedUntil < day
const isObliged = (body: BodyRow, day: string) => body.obligedFrom <= day && !isReleased(body, day)
const mayKeep = (by: Actor) => KEEPERS.some((role) => by.roles.has(role))

/** The register of bodies that owe a disclosure (公开义务单位), and how complete they are. */
export async function disclosureRegister(
  tx: Tx,
  { state, ...wanted }: Wanted & { readonly state?: 'complete' | 'incomplete' | 'waiting' | undefined },
  by: Actor,
): Promise<DisclosureRegister> {
  const found = await bodiesWithTexts(tx, wanted, { words: false })
  const say = await sayOf(
    tx,
    by,
    found.map(({ body }) => body.unit.id),
  )
  const all = found.map(({ body, textsOf }) => bodyView(body, textsOf, say, by))
  const waits = ({ parts }: ObligedBody) => parts.some(({ waiting }) => waiting)
  const fits = {
    complete: ({ missing }: ObligedBody) => missing === 0,
    incomplete: ({ missing }: ObligedBody) => missing > 0,
    waiting: waits,
  }
  const items = state === undefined ? all : all.filter(fits[state])
  return {
    items,
    counts: {
      ...{ total: items.length, complete: items.filter(fits.complete).length },
      ...{ incomplete: items.filter(fits.incomplete).length, waiting: items.filter(waits).length },
      missing: items.reduce((sum, { missing }) => sum + missing, 0),
    },
  }
}

/** The missing list (缺项清单) on a day: who owes which of the four, longest first. */
export async function disclosureGaps(tx: Tx, wanted: Wanted, day: string): Promise<DisclosureGap[]> {
  const found = await bodiesWithTexts(tx, { ...wanted, obligedOn: day }, { words: false })
  return found
    .flatMap(({ body, textsOf }) =>
      PARTS.flatMap((part) => {
        const { cause, since, label, waiting } = standingOn(part, textsOf(part), body.obligedFrom, day)
        if (cause === null || since === null) return []
        return {
          ...{ bodyId: body.id, body: body.name, unit: body.unit, trade: body.trade },
          ...{ tradeLabel: OBLIGED_TRADE[body.trade], part, label, cause, since, days: daysFrom(since, day), waiting },
        }
      }),
    )
    .sort((a, b) => b.days - a.days)
}

/** One body with all versions of its texts. @throws Fault 'disclosure.not_found' */
export async function disclosureOf(tx: Tx, id: ObligedBodyId, by: Actor): Promise<Disclosure> {
  const [found] = await bodiesWithTexts(tx, { id }, { words: true })
  if (found === undefined) throw new Fault('disclosure.not_found')
  const { body, textsOf } = found
  const say = await sayOf(tx, by, [body.unit.id])
  const texts = PARTS.flatMap((part) => textsOf(part).map((row) => ({ ...textView(row, say, by), part })))
  return {
    ...bodyView(body, textsOf, say, by),
    texts: texts.sort((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1)),
  }
}

/**
 * Registers a body that owes a disclosure (登记公开义务单位), or changes its record.
 * @throws Fault 'forbidden' | 'disclosure.not_found' | 'disclosure.known' | what is wrong with the unit
 */
export async function keepBody(
  tx: Tx,
  id: ObligedBodyId | null,
  input: NewObligedBody,
  by: Actor,
): Promise<Disclosure> {
  if (!mayKeep(by)) throw new Fault('forbidden')
  if (id !== null) {
    await lockBody(tx, id)
    await disclosureOf(tx, id, by)
  }
  const unit = await getUnitInForce(tx, input.unitId, dayOf(by.at))
  if ((await findSameBody(tx, id, input)) !== undefined)
    throw new Fault('disclosure.known', { name: input.name ?? unit.name })
  const key = id ?? newId<ObligedBodyId>()
  await putBody(tx, key, input, by)
  const note = [input.name ?? unit.name, OBLIGED_TRADE[input.trade], input.obligedFrom, input.obligedUntil ?? '']
  await audit(tx, by, {
    ...{ action: id === null ? 'newObligedBody' : 'editObligedBody', objectKind: 'obligedBody', objectId: key },
    note: note.join(' '),
  })
  return disclosureOf(tx, key, by)
}

/**
 * Submits one of the four things for review (提交公开内容): the unit's own people, or the administrator.
 * @throws Fault 'disclosure.not_found' | 'forbidden' | 'disclosure.released' | what `submitText` throws
 */
export async function submitDisclosure(
  tx: Tx,
  id: ObligedBodyId,
  { part, ...input }: NewDisclosure,
  by: Actor,
): Promise<PublicText> {
  await lockBody(tx, id)
  const [body] = await listBodies(tx, { id })
  if (body === undefined) throw new Fault('disclosure.not_found')
  const say = await sayOf(tx, by, [body.unit.id])
  if (!say.mayWrite(body.unit.id)) throw new Fault('forbidden')
  if (isReleased(body, dayOf(by.at)))
    throw new Fault('disclosure.released', { name: body.name, day: body.obligedUntil })
  const textId = await submitText(tx, { bodyId: id, part }, input, by)
  const row = (await listBodyTexts(tx, [id], { words: true })).find((text) => text.id === textId)
  if (row === undefined) throw new Error('a text that was just written is not there')
  return textView(row, say, by)
}

/** What everybody may read of the bodies that owe a disclosure on a day: the four things, what was corrected in them, and what is missing. */
export async function publicDisclosures(
  tx: Tx,
  wanted: Wanted & { readonly id?: ObligedBodyId },
  day: string,
): Promise<PublicDisclosure[]> {
  const found = await bodiesWithTexts(tx, { ...wanted, obligedOn: day }, { words: true })
  return found.map(({ body, textsOf }) => ({
    ...{ id: body.id, name: body.name, unit: body.unit.name, trade: body.trade, tradeLabel: OBLIGED_TRADE[body.trade] },
    parts: PARTS.map((part) => {
      const { label, cause, since } = standingOn(part, textsOf(part), body.obligedFrom, day)
      return { part, label, cause, since, current: currentText(textsOf(part), day) }
    }),
  }))
}
