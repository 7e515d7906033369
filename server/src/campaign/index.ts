export { campaignRoutes } from './campaign.routes.ts'
export { visitTags } from './tag.ts'
