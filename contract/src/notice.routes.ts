import { z } from 'zod'
import { MeToo, MeTooCount, NewMeToo, NewSubscription, OutboxPage, Subscription } from './notice.ts'
import { type Route, route } from './route.ts'
import { listOf, Paging } from './shape.ts'
import { OutboxState } from './term.ts'

const number = z.object({ number: z.string().min(1).max(40) })
const code = z.object({ code: z.string().max(40).default('') })
const token = z.object({ token: z.string().min(1).max(120) })

/** News of a number, “me too”, and the outbox they leave by. */
export const noticeRoutes = {
  subscribe: route({
    method: 'POST',
    path: '/api/v1/public/appeals/:number/subscriptions',
    summary: '关注办理进展（凭编号和取件码）',
    open: 'anyone',
    status: 201,
    params: number,
    query: code,
    body: NewSubscription,
    response: Subscription,
  }),
  confirmSubscription: route({
    method: 'POST',
    path: '/api/v1/public/subscriptions/:token/confirmation',
    summary: '确认邮箱（确认邮件中的链接）',
    open: 'anyone',
    status: 200,
    params: token,
    response: Subscription,
  }),
  endSubscription: route({
    method: 'DELETE',
    path: '/api/v1/public/subscriptions/:token',
    summary: '退订',
    open: 'anyone',
    status: 200,
    params: token,
    response: Subscription,
  }),
  unsubscribe: route({
    method: 'POST',
    path: '/api/v1/public/subscriptions/:token/unsubscribe',
    summary: '一键退订（RFC 8058）',
    open: 'anyone',
    status: 200,
    params: token,
    response: Subscription,
  }),
  joinIn: route({
    method: 'POST',
    path: '/api/v1/public/appeals/:number/me-too',
    summary: '同感（每台设备一次；留联系方式的一并关注）',
    open: 'anyone',
    status: 200,
    params: number,
    body: NewMeToo,
    response: MeToo,
  }),
  meTooCounts: route({
    method: 'GET',
    path: '/api/v1/me-too',
    summary: '同感人次（只含本人可见的事项）',
    open: 'person',
    status: 200,
    query: z.object({
      ids: z
        .string()
        .max(8000)
        .transform((value) => value.split(',').filter(Boolean))
        .pipe(z.array(z.uuid()).max(200)),
    }),
    response: listOf(MeTooCount),
  }),
  outbox: route({
    method: 'GET',
    path: '/api/v1/outbox',
    summary: '待发箱',
    open: 'person',
    status: 200,
    query: Paging.extend({ state: OutboxState.optional() }),
    response: OutboxPage,
  }),
  retryOutbox: route({
    method: 'POST',
    path: '/api/v1/outbox/:id/retry',
    summary: '重新发送未能送达的消息',
    open: 'person',
    status: 204,
    params: z.object({ id: z.uuid() }),
  }),
} as const satisfies Record<string, Route>
