import { listTopics } from '#case'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type Answer, listed } from './answer.ts'
import ATTRIBUTES from './attribute.json' with { type: 'json' }

/** What can be asked for (服务): a leaf of the topic dictionary. */
export interface Offer {
  readonly code: string
  readonly name: string
  readonly group: string
  readonly keywords: readonly string[]
  readonly urgent: boolean
}
/** A further question on a service (服务属性), from `attribute.json`. */
interface Attribute {
  readonly code: string
  readonly for: string
  readonly datatype: string
  readonly required: boolean
  readonly description: string
  readonly datatype_description: string
  readonly values?: readonly { readonly key: string; readonly name: string }[]
}

/** The leaves of the topic dictionary; the parent is the group. */
export async function offers(tx: Tx): Promise<readonly Offer[]> {
  const topics = await listTopics(tx)
  const parents = new Set(topics.map(({ parentId }) => parentId))
  const labels = new Map(topics.map(({ id, label }) => [id, label]))
  return topics
    .filter(({ id }) => !parents.has(id))
    .map(({ id, label, parentId, words, urgent }) => ({
      ...{ code: id, name: label, keywords: words, urgent },
      group: labels.get(parentId ?? '') ?? label,
    }))
}

/** @throws Fault 'open311.service_unknown' */
export async function getOffer(tx: Tx, code: string): Promise<Offer> {
  const offer = (await offers(tx)).find((one) => one.code === code)
  if (offer === undefined) throw new Fault('open311.service_unknown', { service: code })
  return offer
}

const attributesOf = (offer: Offer): readonly Attribute[] =>
  (ATTRIBUTES as readonly Attribute[]).filter((one) => one.for === 'every' || offer.urgent)

/** GET services. */
export const serviceList = (all: readonly Offer[]): Answer =>
  listed(
    'services',
    'service',
    all.map((offer) => ({
      service_code: offer.code,
      service_name: offer.name,
      description: [offer.group, offer.name].filter((word, i, words) => words.indexOf(word) === i).join('：'),
      metadata: attributesOf(offer).length > 0,
      type: 'realtime',
      keywords: offer.keywords.join(', '),
      group: offer.group,
    })),
  )

/** GET services/{code}: the definition of one service. */
export function serviceDefinition(offer: Offer): Answer {
  const attributes = attributesOf(offer).map(({ for: _, values = [], ...attribute }, i) => ({
    ...{ variable: true, ...attribute },
    order: i + 1,
    values,
  }))
  const { code: service_code } = offer
  return {
    json: { service_code, attributes },
    xml: {
      service_definition: {
        service_code,
        attributes: { attribute: attributes.map((one) => ({ ...one, values: { value: one.values } })) },
      },
    },
  }
}

/**
 * The answers to a service's questions as lines of text (属性).
 * @throws Fault 'open311.attribute' for one that is missing or not among the choices
 */
export function attributeLines(offer: Offer, given: ReadonlyMap<string, string>): readonly string[] {
  return attributesOf(offer).flatMap(({ code, required, description, values = [] }) => {
    const value = given.get(code)?.trim() ?? ''
    const refuse = (why: string) => new Fault('open311.attribute', { attribute: code, label: description, why })
    if (value === '') {
      if (required) throw refuse('必须填写')
      return []
    }
    const choice = values.find(({ key }) => key === value)
    if (values.length > 0 && choice === undefined) throw refuse(`可填 ${values.map(({ key }) => key).join('、')}`)
    return [`${description}：${choice?.name ?? value.slice(0, 200)}`]
  })
}
