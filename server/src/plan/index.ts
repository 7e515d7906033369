export { planRoutes } from './plan.routes.ts'
export { planWatch } from './watch.ts'
