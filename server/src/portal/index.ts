import type { FastifyInstance } from 'fastify'
export const portalRoutes = async (_http: FastifyInstance, _deps: object) => {}
