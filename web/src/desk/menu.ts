import type { Icon } from '../shared/icon.tsx'
import type { Session } from '../shared/shape.ts'

type Role = Session['roles'][number]

/** What belongs together in the menu, in the order it is shown. */
export const MENU_GROUP = {
  work: '办件',
  listen: '倾听',
  promise: '统筹',
  enterprise: '企业项目',
  open: '公开',
  house: '管理',
} as const
export type MenuGroup = keyof typeof MENU_GROUP

interface MenuEntry {
  readonly to: string
  readonly label: string
  readonly group: MenuGroup
  readonly icon: Parameters<typeof Icon>[0]['name']
  /** Absent: everybody. */
  readonly roles?: readonly Role[]
}

/** Who keeps lists, owes what stands on them, or looks at them. */
const LISTERS: readonly Role[] = ['dispatcher', 'handler', 'head', 'supervisor', 'leader', 'auditor', 'admin']

/** Who takes what people bring, and who finds something by going there. */
const REGISTRARS: readonly Role[] = ['clerk', 'dispatcher', 'window', 'handler', 'head', 'supervisor', 'leader']

/** Who is bound to enterprises, projects and organisations, or looks at what came of it. */
const BOUND: readonly Role[] = ['handler', 'head', 'supervisor', 'leader', 'auditor', 'admin']

/** Who sees what every enterprise brought. */
const OVERSEERS_OF_BONDS: readonly Role[] = ['supervisor', 'leader', 'auditor', 'admin']

/** Everybody of the house; whoever evaluates comes from outside. */
const STAFF: readonly Role[] = [
  'clerk',
  'dispatcher',
  'window',
  'caller',
  'handler',
  'head',
  'supervisor',
  'leader',
  'auditor',
  'admin',
]

/** The entries beside the queues; what a role may not do is not shown. */
const MENU: readonly MenuEntry[] = [
  { to: '/w/new', group: 'work', label: '登记', icon: 'pen', roles: REGISTRARS },
  {
    to: '/w/intake/telephone',
    group: 'work',
    label: '来电查询',
    icon: 'phone',
    roles: ['clerk', 'dispatcher', 'window', 'caller'],
  },
  {
    to: '/w/intake/chat',
    group: 'listen',
    label: '聊天登记',
    icon: 'copy',
    roles: ['clerk', 'dispatcher', 'window'],
  },
  {
    to: '/w/intake/exceptions',
    group: 'listen',
    label: '服务特例',
    icon: 'user',
    roles: ['clerk', 'dispatcher', 'window', 'handler', 'head', 'supervisor', 'leader', 'auditor', 'admin'],
  },
  { to: '/w/c', group: 'work', label: '台账', icon: 'table' },
  { to: '/w/plan', group: 'promise', label: '作战图', icon: 'target', roles: LISTERS },
  { to: '/w/lists', group: 'promise', label: '问题清单', icon: 'rules', roles: LISTERS },
  { to: '/w/merge', group: 'listen', label: '归并', icon: 'merge', roles: ['clerk', 'dispatcher', 'supervisor'] },
  {
    to: '/w/hot',
    group: 'listen',
    label: '热点',
    icon: 'heat',
    roles: ['clerk', 'dispatcher', 'supervisor', 'leader', 'head'],
  },
  {
    to: '/w/knowledge',
    group: 'work',
    label: '知识库',
    icon: 'book',
    roles: ['clerk', 'dispatcher', 'window', 'caller', 'handler', 'head', 'supervisor', 'leader', 'auditor', 'admin'],
  },
  { to: '/w/x/import', group: 'work', label: '导入', icon: 'upload', roles: ['clerk', 'dispatcher', 'admin'] },
  {
    to: '/w/drives',
    group: 'listen',
    label: '集中征集',
    icon: 'voices',
    roles: ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'auditor', 'admin'],
  },
  {
    to: '/w/forums',
    group: 'listen',
    label: '座谈调研',
    icon: 'forum',
    roles: ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'head'],
  },
  {
    to: '/w/channels',
    group: 'listen',
    label: '渠道台账',
    icon: 'channel',
    roles: ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'evaluator', 'auditor', 'admin'],
  },
  {
    to: '/w/disclosures',
    group: 'open',
    label: '四项公开',
    icon: 'eye',
    roles: ['handler', 'head', 'supervisor', 'leader', 'auditor', 'admin'],
  },
  {
    to: '/w/public-notices',
    group: 'open',
    label: '告知书',
    icon: 'clip',
    roles: ['handler', 'head', 'supervisor', 'leader', 'admin'],
  },
  {
    to: '/w/media',
    group: 'open',
    label: '宣传件',
    icon: 'open',
    roles: ['clerk', 'dispatcher', 'head', 'supervisor', 'leader', 'auditor', 'admin'],
  },
  { to: '/w/duties', group: 'promise', label: '我的责任', icon: 'calendar', roles: BOUND },
  { to: '/w/meetings', group: 'promise', label: '会议纪要', icon: 'forum', roles: STAFF },
  { to: '/w/instructions', group: 'promise', label: '领导批示', icon: 'pen', roles: STAFF },
  { to: '/w/roster', group: 'house', label: '值班加班', icon: 'phone', roles: STAFF },
  { to: '/w/liaison', group: 'promise', label: '包保走访', icon: 'handover', roles: BOUND },
  { to: '/w/enterprises', group: 'enterprise', label: '企业', icon: 'tree', roles: BOUND },
  { to: '/w/campaigns', group: 'promise', label: '专项活动', icon: 'flag', roles: BOUND },
  { to: '/w/projects', group: 'enterprise', label: '项目', icon: 'target', roles: BOUND },
  { to: '/w/funds', group: 'enterprise', label: '涉企资金', icon: 'table', roles: LISTERS },
  { to: '/w/financing', group: 'enterprise', label: '融资', icon: 'chart', roles: LISTERS },
  { to: '/w/policies', group: 'enterprise', label: '惠企政策', icon: 'table', roles: LISTERS },
  { to: '/w/needs', group: 'enterprise', label: '企业需求', icon: 'inbox', roles: STAFF },
  { to: '/w/promises', group: 'enterprise', label: '失信违诺', icon: 'table', roles: LISTERS },
  { to: '/w/platform', group: 'enterprise', label: '政企平台', icon: 'phone', roles: OVERSEERS_OF_BONDS },
  { to: '/w/contacts', group: 'promise', label: '接触日历', icon: 'calendar', roles: STAFF },
  { to: '/w/asks', group: 'promise', label: '基层减负', icon: 'clip', roles: STAFF },
  {
    to: '/w/figures',
    group: 'promise',
    label: '统计',
    icon: 'chart',
    roles: ['leader', 'supervisor', 'head', 'auditor', 'admin'],
  },
  { to: '/w/handover', group: 'house', label: '人员移交', icon: 'handover', roles: ['head', 'admin'] },
  { to: '/w/admin/reorganise', group: 'house', label: '机构改革', icon: 'tree', roles: ['admin'] },
  { to: '/w/admin/calendar', group: 'house', label: '放假安排', icon: 'calendar', roles: ['admin'] },
  { to: '/w/admin/keys', group: 'house', label: '开放接口', icon: 'key', roles: ['admin'] },
  { to: '/w/admin/outbox', group: 'house', label: '待发箱', icon: 'mail', roles: ['admin'] },
  { to: '/w/admin/rules', group: 'house', label: '办理规则', icon: 'rules', roles: ['admin'] },
]

const isFor = ({ roles }: MenuEntry, session: Session) =>
  roles === undefined || roles.some((role) => session.roles.includes(role))

/** The entries of a person, group by group. */
export const menuOf = (session: Session): readonly MenuEntry[] =>
  Object.keys(MENU_GROUP).flatMap((group) => MENU.filter((entry) => entry.group === group && isFor(entry, session)))

const IN_BAR = 3
/** What is wanted first on a phone; whoever has less takes the next of the menu. */
const BAR = ['/w/new', '/w/c', '/w/duties', '/w/intake/telephone', '/w/knowledge'] as const
/** The few entries that stand in the bar of a phone, by address. */
export function barOf(session: Session): ReadonlySet<string> {
  const entries = menuOf(session).map(({ to }) => to)
  const first = BAR.filter((to) => entries.includes(to))
  return new Set([...new Set([...first, ...entries])].slice(0, IN_BAR))
}

/** Whether a page belongs to what the person does; an address that was passed on may not. */
export const mayOpen = (session: Session, path: string): boolean =>
  MENU.every((entry) => entry.to !== path || isFor(entry, session))
