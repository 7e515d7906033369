import { type Role, routes } from '@banjie/contract'
import type { AppealDesk } from '#appeal'
import { type Engine, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { fileChat, readBlock } from './chat.ts'
import { listExceptions } from './exception.sql.ts'
import { exceptionFilter, exceptions, logException } from './exception.ts'
import { exceptionWorkbook } from './exception-workbook.ts'
import { findByTelephone, rateByTelephone } from './telephone.ts'

const TAKERS: readonly Role[] = ['clerk', 'dispatcher', 'window']
/** Who has a caller on the telephone. */
const ANSWERERS: readonly Role[] = ['clerk', 'dispatcher', 'window', 'caller']

/** What the intake office takes for people: pasted chats, and help for whoever cannot do it alone. */
export function intakeRoutes(server: Server, parts: { engine: Engine; desk: AppealDesk; store: Store }): void {
  const { serve } = server
  const { engine } = parts
  serve(
    routes.readChat,
    ({ tx, by, body }) => {
      refuseOthers(by)
      return readBlock(tx, body, by)
    },
    { readOnly: true },
  )
  serve(routes.fileChat, ({ tx, by, body }) => {
    refuseOthers(by)
    return fileChat(tx, engine, body, by)
  })
  serve(routes.findByTelephone, ({ tx, by, body }) => {
    refuseOthers(by, ANSWERERS)
    return findByTelephone(tx, parts.desk, body, by)
  })
  serve(routes.rateByTelephone, async ({ tx, by, params, body }) => {
    refuseOthers(by, ANSWERERS)
    const kase = await rateByTelephone(tx, parts, { ...body, ...params }, by)
    const { number, stage, round } = kase
    return { number, stage, round, stageLabel: stageWord(engine.typeOf(kase), stage) }
  })
  exceptionRoutes(server, parts)
}

const MOST_IN_FILE = 5000

function exceptionRoutes({ serve, serveRaw }: Server, { engine, store }: { engine: Engine; store: Store }): void {
  serve(routes.logException, ({ tx, by, body }) => logException(tx, engine, body, by))
  serve(routes.serviceExceptions, ({ tx, by, query }) => exceptions(tx, exceptionFilter(query, by)))
  serveRaw(routes.serviceExceptionsWorkbook, async ({ tenant, by, query, reply }) => {
    const filter = exceptionFilter(query, by)
    const rows = await store.tx(tenant, (tx) => listExceptions(tx, filter, MOST_IN_FILE + 1), { readOnly: true })
    if (rows.length > MOST_IN_FILE) throw new Fault('export.too_many', { max: MOST_IN_FILE })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('服务特例台账.xlsx')}`)
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(await exceptionWorkbook(rows, filter))
  })
}

/** @throws Fault 'forbidden' */
function refuseOthers(by: Actor, roles: readonly Role[] = TAKERS): void {
  if (!roles.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}
