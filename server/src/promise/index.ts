export { confirmOwn } from './keep.ts'
export { promiseRoutes } from './promise.routes.ts'
export { settlePromises } from './settle.ts'
