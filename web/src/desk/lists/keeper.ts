import type { Session } from '../../shared/shape.ts'

const KEEPERS = ['supervisor', 'dispatcher', 'leader'] as const

/** Whoever keeps lists (清单管理人); the server decides again. */
export const mayKeep = (session: Session): boolean => KEEPERS.some((role) => session.roles.includes(role))
/** Whoever writes for a unit. */
export const mayDraft = (session: Session): boolean =>
  mayKeep(session) || session.roles.includes('handler') || session.roles.includes('head')
