export { exchangeRoutes } from './exchange.routes.ts'
export { markReturns } from './mark.ts'
