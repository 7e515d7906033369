export { type OwnPolicy, ownPoliciesOf } from './own.ts'
export { policyRoutes } from './policy.routes.ts'
export { answerOffer, paidFromFunds } from './serve.ts'
export { settlePolicies } from './settle.ts'
