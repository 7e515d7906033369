export { meetingRoutes } from './meeting.routes.ts'
export { meetingQueue } from './queue.ts'
