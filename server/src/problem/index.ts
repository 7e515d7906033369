export { enlist } from './enlist.ts'
export type { MeToo } from './item.ts'
export { problemRoutes } from './problem.routes.ts'
export { listedIn, type PublicCommitment, type PublicItem, type PublicList, publicList, publicLists } from './public.ts'
