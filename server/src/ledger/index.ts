export { ledgerRoutes } from './ledger.routes.ts'
export { ledgerPage } from './ledger.ts'
export const importRoutes = (_server: object, _deps: object) => {}
