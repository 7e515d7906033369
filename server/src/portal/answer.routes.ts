import type { FastifyInstance } from 'fastify'
import { publicAnswers } from '#appeal'
import { findCase } from '#case'
import { Fault } from '#kernel/fault'
import { tidyNumber } from '#kernel/id'
import type { Store } from '#kernel/store'
import type { Tenant } from '#org'
import type { MeToo } from '#problem'
import type { Door } from './door.ts'
import { answersCsv, answersRss } from './list-feed.ts'
import { publicAnswerPage, publicAnswersPage } from './page.ts'

interface AnswerParts extends Door {
  readonly store: Store
  readonly meToo: MeToo
}

const ANSWERS_SHOWN = 10
const ANSWERS_IN_FEED = 100
const ANSWERS_IN_TABLE = 5000
const hidden = { schema: { hide: true } }

/** What was answered to others and made public (公开答复): pages, a feed and a table. */
export function answerPages(http: FastifyInstance, { store, meToo, enter, read }: AnswerParts): void {
  http.get<{ Querystring: Record<string, string> }>('/open', hidden, (request, reply) =>
    read(request, reply, async (tx) => {
      const { before } = request.query as Record<string, string>
      return ['公开答复', publicAnswersPage(await publicAnswers(tx, { limit: ANSWERS_SHOWN, cursor: before }))]
    }),
  )
  const newest = (tenant: Tenant, limit: number) =>
    store.tx(tenant.id, async (tx) => (await publicAnswers(tx, { limit })).items, { readOnly: true })
  http.get('/open.rss', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    const home = { origin: `${request.protocol}://${request.host}`, district: `${tenant.name}办结` }
    const answers = await newest(tenant, ANSWERS_IN_FEED)
    return reply.type('application/rss+xml; charset=utf-8').send(answersRss(answers, home))
  })
  http.get('/open.csv', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('公开答复.csv')}`)
    return reply.type('text/csv; charset=utf-8').send(answersCsv(await newest(tenant, ANSWERS_IN_TABLE)))
  })
  http.get<{ Params: { number: string } }>('/open/:number', hidden, (request, reply) =>
    read(request, reply, async (tx) => {
      const { number } = request.params as { number: string }
      const [answer] = (await publicAnswers(tx, { limit: 1, number: tidyNumber(number) })).items
      const kase = answer && (await findCase(tx, answer.number))
      if (answer === undefined || kase === undefined) throw new Fault('request.not_found')
      return [answer.title, publicAnswerPage(answer, (await meToo(tx, [kase.id])).get(kase.id) ?? 0)]
    }),
  )
}
