export { appealRoutes, publicDistrict } from './appeal.routes.ts'
export { type AppealDesk, createAppealDesk, type Tracking, type TrackKey } from './appeal.ts'
