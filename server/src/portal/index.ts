export { portalRoutes } from './portal.routes.ts'
export type { Neighbours } from './similar.routes.ts'
