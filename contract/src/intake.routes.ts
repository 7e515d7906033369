import { ChatFiled, ChatRead, FileChat, ReadChatBlock } from './intake.ts'
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
} as const satisfies Record<string, Route>
