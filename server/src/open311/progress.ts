import { text } from '@banjie/contract'
import { z } from 'zod'
import type { AppealDesk } from '#appeal'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { pickupCode, tidyNumber } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { type Answer, listed } from './answer.ts'
import { mediaLink, pictureLine } from './filing.ts'
import type { Holder } from './key.ts'
import { spanOf, w3 } from './moment.ts'
import type { RequestQuery } from './query.ts'
import { findFiler, findLastEvent, listUpdates } from './request.sql.ts'

/** What is told of a step; what is not named here is nobody else's business. */
const TOLD: Readonly<Record<string, string>> = {
  accept: '已受理',
  decline: '不予受理，已答复',
  answerAtOnce: '已当场答复',
  dispatch: '已交办承办单位',
  sign: '承办单位已签收',
  approveAnswer: '已答复',
  answerMerged: '已答复',
  correctAnswer: '答复已更正',
  publishCorrection: '答复已更正',
  publishAnswer: '答复已公开',
  endWithExplanation: '已作解释并终结',
  merge: '已与同类诉求并案办理，仍会单独答复',
  supplement: '补充的情况已收到',
  reRaise: '再次反映的情况已收到',
  reopen: '重新办理',
  withdraw: '已撤回',
  close: '已办结',
}
/** Steps that brought an answer. */
const ANSWERS: ReadonlySet<string> = new Set([
  'answerAtOnce',
  'approveAnswer',
  'answerMerged',
  'correctAnswer',
  'publishCorrection',
  'publishAnswer',
  'decline',
])

/** GET servicerequestupdates (进展): what happened in a span, oldest first. @throws Fault 'open311.span' | 'open311.parameter' */
export async function updateList(
  engine: Engine,
  tx: Tx,
  query: RequestQuery,
  asker: { holder: Holder | undefined; at: Date },
): Promise<Answer> {
  const rows = await listUpdates(tx, asker.holder?.id ?? null, {
    ...{ numbers: query.service_request_id, actions: Object.keys(TOLD), ends: engine.typeOf({ type: 'appeal' }).ends },
    ...spanOf(query.start_date, query.end_date, asker.at),
    ...{ limit: query.page_size, offset: (query.page - 1) * query.page_size },
  })
  return listed(
    'service_request_updates',
    'request_update',
    rows.map((row) => ({
      update_id: row.id,
      service_request_id: row.number,
      status: row.closed ? 'closed' : 'open',
      updated_datetime: w3(row.at),
      description: (ANSWERS.has(row.action) ? row.answer : null) ?? TOLD[row.action] ?? '',
      media_url: null,
    })),
  )
}

const Update = z.object({
  service_request_id: text(40),
  description: text(2000),
  media_url: mediaLink,
})

/**
 * POST servicerequestupdates (补充): more on a request, by the key it was filed with. After the end it counts as raised again.
 * @throws Fault 'open311.request_unknown' | 'open311.not_yours' | 'request.invalid'
 */
export async function postUpdate(
  tx: Tx,
  form: Readonly<Record<string, unknown>>,
  filer: { holder: Holder; by: Actor; desk: AppealDesk; secret: Buffer; address: string; real: Date },
): Promise<Answer> {
  const { service_request_id, description, media_url } = parse(Update, form)
  const number = tidyNumber(service_request_id)
  const filed = await findFiler(tx, number)
  if (filed === undefined || (filed.keyId !== filer.holder.id && !filed.listable))
    throw new Fault('open311.request_unknown', { number: service_request_id })
  if (filed.keyId !== filer.holder.id) throw new Fault('open311.not_yours')
  const words = [description, ...pictureLine(media_url)].join('\n')
  const key = { number, code: pickupCode(filer.secret, number), address: filer.address, real: filer.real }
  const message = {
    text: words.slice(0, 2000),
    newFacts: media_url !== undefined,
    attachmentIds: [],
    kind: 'supplement' as const,
  }
  const { kase } = await filer.desk.speakUp(tx, key, message, filer.by)
  return listed('service_request_updates', 'request_update', [
    { update_id: (await findLastEvent(tx, kase.id)) ?? '', service_request_id: number },
  ])
}
