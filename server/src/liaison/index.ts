export { coverageOn } from './coverage.ts'
export { dutyQueue } from './duty.ts'
export { dutyRoutes } from './duty.routes.ts'
