export { appealRoutes, type PublicAnswers, publicAnswers, publicDistrict } from './appeal.routes.ts'
export {
  type AppealDesk,
  counterPromise,
  createAppealDesk,
  promisedDay,
  type Tracking,
  type TrackKey,
} from './appeal.ts'
