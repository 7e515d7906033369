import { z } from 'zod'
import {
  AcknowledgeReturns,
  CityOrder,
  CityOrderTaken,
  CityReturns,
  ReturnColumns,
  ReturnProfile,
  ReturnsQuery,
} from './exchange.ts'
import { type Route, route } from './route.ts'
import { optionalText, text } from './shape.ts'

/** Orders of the city's hotline in, their results back. */
export const exchangeRoutes = {
  takeCityOrder: route({
    method: 'POST',
    path: '/api/v1/exchange/12345/orders',
    summary: '接收市热线工单（同一上级编号只立一件）',
    open: 'person',
    status: 200,
    body: CityOrder,
    response: CityOrderTaken,
  }),
  cityReturns: route({
    method: 'GET',
    path: '/api/v1/exchange/12345/returns',
    summary: '回传上级：待回传的办理结果',
    open: 'person',
    status: 200,
    query: ReturnsQuery,
    response: CityReturns,
  }),
  cityReturnsWorkbook: route({
    method: 'GET',
    path: '/api/v1/exchange/12345/returns.xlsx',
    summary: '回传上级：按上级的栏目导出',
    open: 'person',
    status: 200,
    query: ReturnsQuery.omit({ limit: true }).extend({ upTo: AcknowledgeReturns.shape.upTo }),
    sends: 'binary',
  }),
  acknowledgeReturns: route({
    method: 'POST',
    path: '/api/v1/exchange/12345/returns/actions/acknowledge',
    summary: '登记已回传',
    open: 'person',
    status: 200,
    body: AcknowledgeReturns,
    response: z
      .object({ acknowledged: z.number().int(), unknown: z.array(z.string()), waiting: z.number().int() })
      .meta({ id: 'ReturnsAcknowledged' }),
  }),
  returnProfile: route({
    method: 'GET',
    path: '/api/v1/exchange/12345/profile',
    summary: '回传模板',
    open: 'person',
    status: 200,
    query: z.object({ body: optionalText(60) }),
    response: ReturnProfile,
  }),
  setReturnProfile: route({
    method: 'PUT',
    path: '/api/v1/exchange/12345/profile',
    summary: '更换回传模板（另存新版本）',
    open: 'person',
    status: 200,
    body: z.object({ body: text(60), columns: ReturnColumns }),
    response: ReturnProfile,
  }),
} as const satisfies Record<string, Route>
