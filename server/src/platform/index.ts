export { enterprisePages } from './enterprise-pages.ts'
export { platformLetter, tellOffer } from './letter.ts'
export { platformRoutes } from './platform.routes.ts'
