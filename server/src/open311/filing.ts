import { Contact, text } from '@banjie/contract'
import { z } from 'zod'
import { counterPromise } from '#appeal'
import { type Engine, emergencyAdvice } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { type Answer, listed } from './answer.ts'
import type { Holder } from './key.ts'
import { w3 } from './moment.ts'
import { attributeLines, getOffer } from './offer.ts'
import { insertRequest } from './request.sql.ts'

const blank = (value: unknown) => (value === '' || value === null ? undefined : value)
const maybe = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional())
const degrees = (most: number) => maybe(z.coerce.number().min(-most).max(most))

/** A link to a picture: kept as a link, never fetched. */
export const mediaLink = maybe(
  z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine((link) => !/^https?:\/\/[^/]*@/.test(link)),
)

/** The link as a line of the text, for those who read the case. */
export const pictureLine = (link: string | undefined): string[] => (link === undefined ? [] : [`图片：${link}`])

/** What a foreign client posts; fields it may send beside these are left alone. */
const Filing = z.object({
  service_code: maybe(text(60)),
  description: maybe(text(5000)),
  lat: degrees(90),
  long: degrees(180),
  address_string: maybe(text(200)),
  address_id: maybe(text(60)),
  first_name: maybe(text(25)),
  last_name: maybe(text(25)),
  phone: maybe(Contact.shape.phone),
  media_url: mediaLink,
  account_id: maybe(text(60)),
})
type Filing = z.output<typeof Filing>

/**
 * POST requests: files an appeal (诉求) on the channel 开放接口; its number is given at once.
 * @throws Fault 'open311.service_missing' | 'open311.service_unknown' | 'open311.location_missing' | 'open311.attribute' | 'request.invalid'
 */
export async function fileRequest(
  engine: Engine,
  tx: Tx,
  form: Readonly<Record<string, unknown>>,
  filer: { holder: Holder; by: Actor },
): Promise<Answer> {
  const filing = parse(Filing, form)
  if (filing.service_code === undefined) throw new Fault('open311.service_missing')
  const offer = await getOffer(tx, filing.service_code)
  const location = locationOf(filing)
  const lines = attributeLines(offer, attributesIn(form))
  const [kase] = await engine.open(
    tx,
    [
      {
        type: 'appeal',
        facts: {
          // What the picture shows is part of what was said: whoever handles the case must find it.
          content: [filing.description ?? offer.name, ...lines, ...pictureLine(filing.media_url)].join('\n'),
          category: offer.code,
          location,
        },
        channel: 'open311',
        party: { name: nameOf(filing), phone: filing.phone },
      },
    ],
    filer.by,
  )
  if (kase === undefined) throw new Error('nothing was opened')
  await insertRequest(tx, { caseId: kase.id, keyId: filer.holder.id, mediaUrl: filing.media_url, at: filer.by.at })
  const advice = emergencyAdvice(kase).map(({ advice: words }) => words)
  const promise = `预计 ${w3(await counterPromise(engine, tx, kase)).slice(0, 10)} 前答复。`
  return listed('service_requests', 'request', [
    {
      service_request_id: kase.number,
      service_notice: [...advice, promise].join(' '),
      account_id: filing.account_id ?? null,
    },
  ])
}

/** @throws Fault 'open311.location_missing' */
function locationOf({ lat, long, address_string, address_id }: Filing) {
  const hasPoint = lat !== undefined && long !== undefined
  const address = address_string ?? (address_id === undefined ? undefined : `地址编号 ${address_id}`)
  if (!hasPoint && address === undefined) throw new Fault('open311.location_missing')
  return { ...(address !== undefined && { address }), ...(hasPoint && { lat, lng: long }) }
}

/** 王小明 is one word, Ann Lee are two. */
function nameOf({ first_name = '', last_name = '' }: Filing): string | undefined {
  const isHan = /\p{Script=Han}/u.test(first_name + last_name)
  const name = isHan ? `${last_name}${first_name}` : `${first_name} ${last_name}`.trim()
  return name === '' ? undefined : name
}

/** `attribute[CODE]=value`, once or several times (`attribute[CODE][]`), or an object in JSON. */
function attributesIn(form: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const nested =
    typeof form['attribute'] === 'object' && form['attribute'] !== null ? Object.entries(form['attribute']) : []
  const flat = Object.entries(form).flatMap(([name, value]) => {
    const code = /^attribute\[([^\]]{1,60})\](?:\[\])?$/.exec(name)?.[1]
    return code === undefined ? [] : [[code, value] as const]
  })
  return new Map([...nested, ...flat].map(([code, value]) => [code, [value].flat().map(String).join('、')]))
}
