export { dutyRoutes } from './duty.routes.ts'
export { dutyWatch } from './watch.ts'
