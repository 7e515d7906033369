export { type Open311Parts, open311Routes } from './open311.routes.ts'
