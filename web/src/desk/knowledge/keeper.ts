import type { Session } from '../../shared/shape.ts'

const OFFICE = ['clerk', 'dispatcher', 'supervisor'] as const
const UNIT = ['handler', 'head'] as const

/** Whether somebody may write entries at all; whose they are the server judges. */
export const mayWrite = (session: Session): boolean => [...OFFICE, ...UNIT].some((role) => session.roles.includes(role))
/** Whether somebody may approve what others wrote. */
export const maySign = (session: Session): boolean =>
  (['dispatcher', 'supervisor', 'head'] as const).some((role) => session.roles.includes(role))
