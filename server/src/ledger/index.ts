export { importRoutes } from './import.routes.ts'
export { ledgerRoutes } from './ledger.routes.ts'
