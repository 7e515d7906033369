export { coverageOn } from './coverage.ts'
export { dutyRoutes } from './duty.routes.ts'
export { dutyQueue } from './duty.ts'
export { type VisitListener, visitsOf } from './visit.ts'
