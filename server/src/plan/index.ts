export { planQueues } from './change.ts'
export { planRoutes } from './plan.routes.ts'
export { taskRoutes } from './task.routes.ts'
export { planWatch } from './watch.ts'
