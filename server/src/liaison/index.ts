export { dutyRoutes } from './duty.routes.ts'
export { type VisitListener, visitsOf } from './visit.ts'
export { dutyWatch } from './watch.ts'
