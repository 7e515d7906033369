import { XMLBuilder } from 'fast-xml-parser'
import type { Fault } from '#kernel/fault'

export type Format = 'json' | 'xml'

/** An answer in both its forms: JSON has plain lists, XML names every part of one. */
export interface Answer {
  readonly json: unknown
  readonly xml: Readonly<Record<string, unknown>>
}

/** The media type, with the encoding that the specification demands. */
export const MEDIA_TYPE = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
} as const satisfies Record<Format, string>

const builder = new XMLBuilder({ format: true, suppressEmptyNode: false })

/** Nothing known is an empty element in XML, as the specification's own examples have it. */
const filled = (value: unknown): unknown => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(filled)
  if (typeof value !== 'object') return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]))
}

export const written = (answer: Answer, format: Format): string =>
  format === 'json'
    ? JSON.stringify(answer.json)
    : `<?xml version="1.0" encoding="utf-8"?>\n${builder.build(filled(answer.xml))}`

/** A list: `<root><item>…</item></root>` or a JSON array. */
export const listed = (root: string, item: string, rows: readonly object[]): Answer => ({
  json: rows,
  xml: { [root]: { [item]: rows } },
})

/** A refusal in the specification's form. It knows 400, 403, 404; what our house calls unprocessable is a bad request there. */
export function refusal(fault: Fault): { status: number; answer: Answer } {
  const status = fault.status === 422 || fault.status === 409 ? 400 : fault.status
  const places = fault.extra['errors'] as readonly { path: string; detail: string }[] | undefined
  const told = places?.map(({ path, detail }) => (detail.includes(path) ? detail : `${path}：${detail}`))
  const rows = (told ?? [fault.message]).map((description) => ({ code: status, description }))
  return { status, answer: listed('errors', 'error', rows) }
}
