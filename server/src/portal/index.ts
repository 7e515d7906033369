export { portalRoutes } from './portal.routes.ts'
export type { JoinIn, Neighbours } from './similar.routes.ts'
