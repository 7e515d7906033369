import { z } from 'zod'
import { ObligationId } from './brand.ts'
import { Obligation } from './obligation.ts'
import { type Route, route } from './route.ts'
import { text } from './shape.ts'

const params = z.object({ id: ObligationId })

/** What is owed beside cases: periods of duties, targets, tasks. */
export const obligationRoutes = {
  obligation: route({
    method: 'GET',
    path: '/api/v1/obligations/:id',
    summary: '一项责任：谁欠谁什么、何时、谁查',
    open: 'person',
    status: 200,
    params,
    response: Obligation,
  }),
  explainObligation: route({
    method: 'POST',
    path: '/api/v1/obligations/:id/actions/explain',
    summary: '说明未完成的原因（责任人或其单位负责人）',
    open: 'person',
    status: 200,
    params,
    body: z.strictObject({ text: text(500) }),
    response: Obligation,
  }),
  clearObligation: route({
    method: 'POST',
    path: '/api/v1/obligations/:id/actions/clear',
    summary: '认可说明，移出红灯清单（统计中仍为未完成；不能由责任人自己认可）',
    open: 'person',
    status: 200,
    params,
    body: z.strictObject({ note: text(300) }),
    response: Obligation,
  }),
} as const satisfies Record<string, Route>
