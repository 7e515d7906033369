export { campaignRoutes } from './campaign.routes.ts'
export { meetingTags, visitTags } from './tag.ts'
