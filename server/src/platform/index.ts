export { enterprisePages } from './enterprise-pages.ts'
export { codeLetter } from './letter.ts'
export { platformRoutes } from './platform.routes.ts'
