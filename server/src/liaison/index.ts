export { coverageOn } from './coverage.ts'
export { dutyRoutes } from './duty.routes.ts'
export { dutyWatch } from './watch.ts'
