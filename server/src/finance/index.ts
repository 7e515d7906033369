export type { PaymentListener } from './disbursement.ts'
export { financeRoutes } from './finance.routes.ts'
