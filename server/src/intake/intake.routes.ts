import { routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import { fileChat, readBlock } from './chat.ts'

const TAKERS = ['clerk', 'dispatcher', 'window'] as const

/** What the intake office takes for people: pasted chats, and help for whoever cannot do it alone. */
export function intakeRoutes({ serve }: Server, engine: Engine): void {
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
}

/** @throws Fault 'forbidden' */
function refuseOthers(by: Actor): void {
  if (!TAKERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}
