export { projectRoutes } from './project.routes.ts'
export { settleProjects } from './settle.ts'
