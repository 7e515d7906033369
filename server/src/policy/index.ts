export { policyRoutes } from './policy.routes.ts'
export { settlePolicies } from './settle.ts'
