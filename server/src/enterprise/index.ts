export { enterpriseRoutes } from './enterprise.routes.ts'
export { tieCase } from './tie-case.ts'
export { tieFiled, tieRaised } from './tie-filed.ts'
