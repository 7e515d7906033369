export { meetingRoutes } from './meeting.routes.ts'
export type { MeetingListener } from './meeting.ts'
export { meetingQueue } from './queue.ts'
