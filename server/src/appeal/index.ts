export { appealRoutes, type PublicAnswers, publicAnswers, publicDistrict } from './appeal.routes.ts'
export { type AppealDesk, counterPromise, createAppealDesk, type Tracking, type TrackKey } from './appeal.ts'
