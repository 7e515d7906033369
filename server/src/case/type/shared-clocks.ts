import type { ClockType } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { openStops } from '../step/suspend.ts'

/** End of a local day, as a promise is understood. */
export const endOf = (day: string) => new Date(`${day}T23:59:59.999+08:00`)
/** What gives a case to a unit that has to sign for it. */
export const HANDS = ['dispatch', 'reassign', 'settle'] as const

/** True for the act itself that gives the case to a unit; a request that is denied is settled too and gives nobody new time. */
export const isJustHanded = ({ dispatchedAt, updatedAt }: CaseState) => dispatchedAt?.getTime() === updatedAt.getTime()

/** A promise by a date (承诺): broken on the next working day, unless it was kept; which actions start and end it is the type's own. */
export const PROMISE_CLOCK = {
  startsIf: ({ outcome, promisedOn, answeredAt }) =>
    outcome === 'promised' && promisedOn !== null && answeredAt !== null,
  dueOn: ({ promisedOn }) => (promisedOn === null ? null : endOf(promisedOn)),
  endsIf: ({ outcome }) => outcome !== 'promised',
  shows: ['closed'],
  onDue: 'breakPromise',
  inOfficeHours: true,
} as const satisfies Omit<ClockType, 'starts' | 'ends'>

/** Clocks that an appeal and a problem share. */
export const SHARED_CLOCKS = {
  signIn: {
    starts: [...HANDS, 'unmerge'],
    startsIf: (kase, running) => kase.stage === 'dispatched' && (!running || isJustHanded(kase)),
    ends: ['sign', 'deemSigned', 'withdraw', 'merge'],
    onDue: 'deemSigned',
  },
  approve: {
    starts: ['draftAnswer', 'unmerge'],
    startsIf: ({ stage }) => stage === 'drafted',
    ends: ['approveAnswer', 'returnAnswer', 'settle', 'withdraw', 'merge'],
    endsIf: ({ stage }) => stage !== 'drafted',
  },
  suspension: {
    starts: ['suspend'],
    startsIf: (kase) => openStops(kase).length === 1,
    adjusts: ['suspend', 'resume', 'supplement'],
    ends: ['resume', 'supplement', 'approveAnswer', 'draftAnswer', 'withdraw', 'endWithExplanation', 'merge'],
    endsIf: ({ paused }) => !paused,
    dueOn: (kase) => {
      const [first] = openStops(kase)
        .map(({ until }) => until)
        .sort()
      return first === undefined ? null : endOf(first)
    },
    onDue: 'resume',
  },
} as const satisfies Record<string, ClockType>
