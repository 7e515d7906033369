import { counterPromise } from '#appeal'
import { type Engine, stageWord } from '#case'
import { Fault } from '#kernel/fault'
import { tidyNumber } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { type Answer, listed } from './answer.ts'
import type { Holder } from './key.ts'
import { spanOf, w3 } from './moment.ts'
import { publicAddress, publicCoordinate } from './place.ts'
import type { RequestQuery } from './query.ts'
import { listRequests, type RequestRow } from './request.sql.ts'

/** GET requests: what is asked for, newest first. @throws Fault 'open311.span' | 'open311.parameter' */
export async function requestList(
  engine: Engine,
  tx: Tx,
  query: RequestQuery,
  asker: { holder: Holder | undefined; at: Date },
): Promise<Answer> {
  const status = query.status === 'open' || query.status === 'closed' ? query.status : undefined
  const rows = await listRequests(tx, asker.holder?.id ?? null, {
    ...{ numbers: query.service_request_id, services: query.service_code, status },
    ...spanOf(query.start_date, query.end_date, asker.at),
    ...{ limit: query.page_size, offset: (query.page - 1) * query.page_size },
  })
  return shown(engine, tx, rows)
}

/** GET requests/{id}. @throws Fault 'open311.request_unknown' for what is not there and for what nobody may see */
export async function oneRequest(
  engine: Engine,
  tx: Tx,
  number: string,
  asker: { holder: Holder | undefined; at: Date },
): Promise<Answer> {
  const filter = { numbers: [tidyNumber(number)], from: asker.at, to: asker.at, limit: 1, offset: 0 }
  const rows = await listRequests(tx, asker.holder?.id ?? null, filter)
  if (rows.length === 0) throw new Fault('open311.request_unknown', { number })
  return shown(engine, tx, rows)
}

async function shown(engine: Engine, tx: Tx, rows: readonly RequestRow[]): Promise<Answer> {
  const views = []
  // Rules and calendar are held in memory: nothing is looked up here row by row.
  for (const row of rows) views.push(view(engine, row, row.promisedAt ?? (await counterPromise(engine, tx, row))))
  return listed('service_requests', 'request', views)
}

/**
 * A request as anybody may read it. What the person wrote, the exact place and an answer that is not published are for the key it was filed with.
 */
function view(engine: Engine, row: RequestRow, promisedAt: Date) {
  const { own, publishedAt } = row
  const mayReadAnswer = row.answer !== null
  return {
    service_request_id: row.number,
    status: row.closedAt === null ? 'open' : 'closed',
    status_notes: mayReadAnswer ? row.answer : stageWord(engine.typeOf(row), row.stage),
    service_name: row.serviceName,
    service_code: row.serviceCode,
    description: own ? row.content : publishedAt === null ? null : row.title,
    agency_responsible: row.agency,
    service_notice: null,
    requested_datetime: w3(row.receivedAt),
    updated_datetime: w3(row.updatedAt),
    expected_datetime: w3(promisedAt),
    address: own ? row.address : publicAddress(row.address),
    address_id: null,
    zipcode: null,
    lat: own ? row.lat : publicCoordinate(row.lat),
    long: own ? row.lng : publicCoordinate(row.lng),
    media_url: own ? row.mediaUrl : null,
  }
}

/** GET tokens/{token}: numbers are given at once, so that a token is the number. @throws Fault 'open311.request_unknown' */
export async function tokenAnswer(tx: Tx, token: string, asker: { holder: Holder | undefined; at: Date }) {
  const filter = { numbers: [tidyNumber(token)], from: asker.at, to: asker.at, limit: 1, offset: 0 }
  const [row] = await listRequests(tx, asker.holder?.id ?? null, filter)
  if (row === undefined) throw new Fault('open311.request_unknown', { number: token })
  return listed('service_requests', 'request', [{ service_request_id: row.number, token }])
}
