export { mediaSubjectsOf } from './media-subject.ts'
export { portalRoutes } from './portal.routes.ts'
export type { Neighbours } from './similar.routes.ts'
