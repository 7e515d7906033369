import { z } from 'zod'
import { parse } from '#kernel/http'
import { tidyNumber } from '#kernel/id'

const MOST = 1000

const word = z.preprocess((value) => (value === '' ? undefined : value), z.string().trim().max(4000).optional())
const words = word.transform((text) =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
)
const whole = (most: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1).max(most))

/** What may be asked of a list. `page` and `page_size` are the extension that most cities have. */
const RequestQuery = z.object({
  service_request_id: words.transform((numbers) => numbers?.slice(0, MOST).map(tidyNumber)),
  service_code: words,
  status: word.pipe(z.enum(['open', 'closed', 'open,closed', 'closed,open']).optional()),
  start_date: word,
  end_date: word,
  page: whole(100_000).default(1),
  page_size: whole(MOST).default(MOST),
})
export type RequestQuery = z.output<typeof RequestQuery>

/** @throws Fault 'request.invalid' with the parameters that do not fit */
export const readQuery = (query: unknown): RequestQuery => parse(RequestQuery, query, 'query')
