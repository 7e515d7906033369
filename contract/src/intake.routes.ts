import { z } from 'zod'
import { CaseId } from './brand.ts'
import { INPUT } from './input.ts'
import {
  ChatFiled,
  ChatRead,
  FileChat,
  FindByTelephone,
  NewServiceException,
  ReadChatBlock,
  ServiceException,
  ServiceExceptionQuery,
  ServiceExceptions,
  TelephoneMatches,
} from './intake.ts'
import { type Route, route } from './route.ts'

/** Pasted chats, and help for whoever cannot file or follow a matter alone. */
export const intakeRoutes = {
  readChat: route({
    method: 'POST',
    path: '/api/v1/intake/chat/actions/read',
    summary: '识别粘贴的聊天记录（不保存）',
    open: 'person',
    status: 200,
    body: ReadChatBlock,
    response: ChatRead,
  }),
  fileChat: route({
    method: 'POST',
    path: '/api/v1/intake/chat',
    summary: '登记勾选的聊天消息',
    open: 'person',
    status: 201,
    body: FileChat,
    response: ChatFiled,
  }),
  findByTelephone: route({
    method: 'POST',
    path: '/api/v1/intake/telephone/actions/find',
    summary: '来电查询进度（留审计记录）',
    open: 'person',
    status: 200,
    body: FindByTelephone,
    response: TelephoneMatches,
  }),
  rateByTelephone: route({
    method: 'POST',
    path: '/api/v1/intake/telephone/:id/rating',
    summary: '代来电人评价',
    open: 'person',
    status: 200,
    params: z.object({ id: CaseId }),
    body: INPUT.rate,
    response: z
      .object({ number: z.string(), stage: z.string(), stageLabel: z.string(), round: z.number().int() })
      .meta({ id: 'RatedByTelephone' }),
  }),
  logException: route({
    method: 'POST',
    path: '/api/v1/service-exceptions',
    summary: '登记服务特例',
    open: 'person',
    status: 201,
    body: NewServiceException,
    response: ServiceException,
  }),
  serviceExceptions: route({
    method: 'GET',
    path: '/api/v1/service-exceptions',
    summary: '服务特例台账',
    open: 'person',
    status: 200,
    query: ServiceExceptionQuery,
    response: ServiceExceptions,
  }),
  serviceExceptionsWorkbook: route({
    method: 'GET',
    path: '/api/v1/service-exceptions.xlsx',
    summary: '服务特例台账（Excel）',
    open: 'person',
    status: 200,
    query: ServiceExceptionQuery,
    sends: 'binary',
  }),
} as const satisfies Record<string, Route>
