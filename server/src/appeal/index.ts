export { appealRoutes, type PublicAnswers, publicAnswers, publicDistrict } from './appeal.routes.ts'
export { type AppealDesk, createAppealDesk, type Tracking, type TrackKey } from './appeal.ts'
