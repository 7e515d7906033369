import { z } from 'zod'
import { NewOpen311Key, Open311Key } from './open311.ts'
import { type Route, route } from './route.ts'
import { listOf } from './shape.ts'

/** Keys of foreign clients. The Open311 addresses themselves follow their own specification and stand outside this document. */
export const open311Routes = {
  open311Keys: route({
    method: 'GET',
    path: '/api/v1/open311-keys',
    summary: '开放接口密钥',
    open: 'person',
    status: 200,
    response: listOf(Open311Key),
  }),
  newOpen311Key: route({
    method: 'POST',
    path: '/api/v1/open311-keys',
    summary: '签发开放接口密钥（只显示一次）',
    open: 'person',
    status: 201,
    body: NewOpen311Key,
    response: Open311Key.extend({ secret: z.string() }).meta({ id: 'Open311KeyOnce' }),
  }),
  revokeOpen311Key: route({
    method: 'POST',
    path: '/api/v1/open311-keys/:id/actions/revoke',
    summary: '吊销开放接口密钥',
    open: 'person',
    status: 200,
    params: z.object({ id: z.uuid() }),
    response: Open311Key,
  }),
} as const satisfies Record<string, Route>
