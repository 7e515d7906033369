export { askQueue } from './ask.ts'
export { savedThisYear } from './calendar.ts'
export { contactRoutes } from './contact.routes.ts'
export { fulfilPlan } from './plan.ts'
