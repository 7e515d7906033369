import type { Action } from '../../shared/shape.ts'

/** The groups of the menu of actions, in its order; what no group names stands under 其他. */
const GROUPS: readonly { readonly label: string; readonly names: readonly string[] }[] = [
  {
    label: '办理',
    names: [
      ...['dispatch', 'assign', 'sign', 'contact', 'survey', 'minute', 'opine', 'judgeDemand', 'reviewDemand'],
      ...[
        'supplement',
        'reportProgress',
        'answerAtOnce',
        'decline',
        'callBack',
        'fulfilPromise',
        'spotCheck',
        'callEmergency',
        'giveAnswer',
      ],
    ],
  },
  { label: '时限', names: ['askExtension', 'askSuspension', 'resume', 'askLongTerm', 'markLegacy', 'askEnding'] },
  {
    label: '协同',
    names: ['refuse', 'askLeadChange', 'coordinate', 'remind', 'merge', 'unmerge', 'orderSweep', 'handOver', 'cancel'],
  },
  { label: '督办与公开', names: ['urge', 'supervise', 'publishAnswer', 'correctAnswer', 'takeDown'] },
]
const OTHERS = '其他'

/** Belongs beside the next step although it is not the step itself: the other answer to the same question. */
const BESIDE: ReadonlySet<string> = new Set([
  'returnAnswer',
  'deny',
  'decline',
  'replyNone',
  'contact',
  'reopen',
  'note',
])

export interface ActionGroup {
  readonly label: string
  readonly actions: readonly Action[]
}

/** What stands as buttons, the next step first, and what waits in the menu. @param room buttons that fit */
export function arrange(
  actions: readonly Action[],
  room: number,
): { readonly direct: readonly Action[]; readonly groups: readonly ActionGroup[] } {
  const rank = ({ primary, name }: Action) => (primary ? 0 : BESIDE.has(name) ? 1 : 2)
  const ordered = actions
    .map((action, at) => ({ action, at }))
    .sort((a, b) => rank(a.action) - rank(b.action) || a.at - b.at)
    .map(({ action }) => action)
  // A menu for one action is a detour.
  const fits = actions.length <= room + 1
  const direct = fits ? ordered : ordered.filter((action) => rank(action) < 2).slice(0, room)
  const rest = ordered.filter((action) => !direct.includes(action))
  const groups = [...GROUPS, { label: OTHERS, names: rest.map(({ name }) => name) }].map(({ label, names }) => ({
    label,
    actions: names.flatMap((name) => rest.find((action) => action.name === name && groupOf(name) === label) ?? []),
  }))
  return { direct, groups: groups.filter((group) => group.actions.length > 0) }
}

const groupOf = (name: string) => GROUPS.find(({ names }) => names.includes(name))?.label ?? OTHERS
