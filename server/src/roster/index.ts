export { publicPosts, rosterQueue } from './on-duty.ts'
export { rosterRoutes } from './roster.routes.ts'
