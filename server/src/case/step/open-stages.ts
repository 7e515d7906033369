/** Stages in which the district still owes the person an answer. */
export const OPEN = ['received', 'accepted', 'dispatched', 'inHand', 'drafted'] as const
/** Stages in which a unit has the case. */
export const WITH_UNIT = ['dispatched', 'inHand', 'drafted'] as const
