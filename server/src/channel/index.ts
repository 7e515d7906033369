export { channelRoutes } from './channel.routes.ts'
export { type PublicDrive, publicDrive, publicDrives } from './drive.ts'
export { loadChannels, publicChannels } from './register.ts'
export { recordSources } from './source.ts'
