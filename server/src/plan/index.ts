export { planQueues } from './change.ts'
export { planRoutes } from './plan.routes.ts'
export { settlePlans } from './settle.ts'
export { taskRoutes } from './task.routes.ts'
