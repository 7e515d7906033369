import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { PURE_NAMES } from '../web/pure-name.ts'
import type { Finding } from './finding.ts'

/** Modules of the server by their height: what is lower never imports what is higher, and peers do not import each other. */
const HEIGHT: Readonly<Record<string, number>> = {
  kernel: 0,
  text: 1,
  calendar: 1,
  org: 1,
  case: 2,
  ledger: 4,
  handover: 3,
  knowledge: 3,
  suggestion: 3,
  cadence: 3,
  obligation: 3,
  target: 3,
  channel: 5,
  problem: 5,
  merging: 5,
  notice: 5,
  disclosure: 5,
  appeal: 5,
  liaison: 5,
  plan: 5,
  portal: 6,
  intake: 6,
  mailbox: 6,
  open311: 6,
  exchange: 6,
  report: 6,
  campaign: 6,
  roster: 5,
  meeting: 6,
  contact: 6,
  enterprise: 6,
  project: 7,
  policy: 7,
  finance: 7,
  promise: 7,
  platform: 8,
}
/** The composition root joins them all. */
const ROOT = /^server\/src\/(app|house-jobs|wiring|main)\.ts$/
/** Who writes which table; everyone else goes through the owner's functions. */
const OWNER: Readonly<Record<string, string>> = {
  ...{ setting: 'kernel', idempotency: 'kernel', audit: 'kernel', blob: 'kernel' },
  ...{ calendar_day: 'calendar', calendar_year: 'calendar' },
  ...{ tenant: 'org', division: 'org', unit: 'org', rank: 'org', person: 'org', post: 'org', post_role: 'org' },
  ...{ account: 'org', session: 'org', token: 'org' },
  ...{
    case: 'case',
    case_event: 'case',
    case_clock: 'case',
    case_round: 'case',
    case_unit: 'case',
    case_search: 'case',
  },
  ...{ party: 'case', topic: 'case', catalogue: 'case', catalogue_row: 'case', rule_set: 'case' },
  ...{ knowledge: 'knowledge', knowledge_event: 'knowledge', knowledge_use: 'knowledge', knowledge_vote: 'knowledge' },
  ...{ number_block: 'case', document_series: 'case', party_link: 'case' },
  ...{ import_batch: 'ledger', import_mapping: 'ledger' },
  period_freeze: 'report',
  ...{ task_force: 'org', task_force_member: 'org', unit_successor: 'org', stand_in: 'org' },
  ...{ open311_key: 'open311', open311_request: 'open311' },
  ...{ exchange_order: 'exchange', exchange_return: 'exchange', exchange_profile: 'exchange' },
  ...{ problem_list: 'problem', problem_list_change: 'problem', crosswalk_match: 'problem', goal: 'problem' },
  ...{ channel: 'channel', channel_test: 'channel', case_source: 'channel', forum: 'channel', forum_unit: 'channel' },
  ...{ drive: 'channel', drive_channel: 'channel', drive_note: 'channel', drive_claim: 'channel' },
  ...{ questionnaire_issue: 'channel', questionnaire_sheet: 'channel' },
  service_exception: 'intake',
  ...{ case_place: 'suggestion', recurrence: 'suggestion' },
  ...{ outbox: 'kernel', subscription: 'notice', me_too: 'notice', mail_received: 'mailbox' },
  ...{ tag_set: 'case', case_tag: 'case', grouping: 'merging', merge_step: 'merging', opinion_link: 'merging' },
  ...{ obliged_body: 'disclosure', public_notice: 'disclosure', public_text: 'disclosure' },
  ...{ media_item: 'disclosure', media_salt: 'disclosure', media_visit: 'disclosure' },
  ...{ cadence_rule: 'cadence', cadence_exemption: 'cadence', obligation: 'obligation' },
  ...{ liaison_target: 'liaison', liaison_contact: 'liaison', liaison: 'liaison' },
  ...{ normal_track: 'liaison', four_ones_quota: 'liaison' },
  ...{ visit: 'liaison', visit_official: 'liaison', visit_case: 'liaison' },
  ...{ target: 'target', target_version: 'target', target_object: 'target', check_in: 'target' },
  ...{ plan: 'plan', plan_field: 'plan', plan_target: 'plan', plan_task: 'plan' },
  ...{ plan_milestone: 'plan', plan_task_order: 'plan', plan_task_version: 'plan', plan_order: 'plan' },
  ...{ plan_problem: 'plan', plan_spending: 'plan' },
  ...{ campaign: 'campaign', campaign_division: 'campaign', campaign_subject: 'campaign' },
  ...{ campaign_case: 'campaign', campaign_result: 'campaign' },
  ...{ meeting: 'meeting', meeting_dictionary: 'meeting', meeting_attendance: 'meeting', meeting_target: 'meeting' },
  ...{ meeting_case: 'meeting', decision: 'meeting', decision_case: 'meeting', instruction: 'meeting' },
  ...{
    roster_post: 'roster',
    roster_entry: 'roster',
    roster_swap: 'roster',
    on_call_log: 'roster',
    overtime: 'roster',
  },
  ...{ contact_plan: 'contact', contact_plan_unit: 'contact', contact_visit: 'contact', do_not_disturb: 'contact' },
  ...{ contact_limit: 'contact', ask: 'contact', ask_unit: 'contact' },
  ...{ enterprise: 'enterprise', enterprise_year: 'enterprise', enterprise_title: 'enterprise' },
  ...{ enterprise_figure: 'enterprise', enterprise_case: 'enterprise' },
  ...{ project: 'project', project_stage: 'project', project_baseline: 'project', project_officer: 'project' },
  ...{ project_pause: 'project', project_case: 'project', project_factor: 'project', project_rule: 'project' },
  ...{ investment_target: 'project', project_group: 'project' },
  ...{ broken_promise: 'promise', promise_plan: 'promise', promise_instalment: 'promise' },
  ...{ platform_person: 'platform', platform_code: 'platform', platform_session: 'platform' },
  meeting_issue: 'platform',
  ...{ promise_payment: 'promise', promise_event: 'promise' },
  ...{ policy: 'policy', policy_version: 'policy', entitlement: 'policy', entitlement_history: 'policy' },
  enterprise_need: 'policy',
  ...{ disbursement: 'finance', financing_product: 'finance', financing: 'finance', financing_event: 'finance' },
  ...{ whitelist: 'finance', whitelist_candidate: 'finance', quality_provider: 'finance', quality_request: 'finance' },
  ...{ reorganisation: 'handover', handover_list: 'handover', handover_case: 'handover' },
}
/** Queries are built here and nowhere else (ADR 0001 tells why SQL is text). */
const SQL_PLACE =
  /\.sql\.ts$|^server\/src\/kernel\/(store|migrate|tenancy|audit|blob|health|idempotency)\.ts$|^server\/src\/ledger\/queue\.ts$|^server\/src\/case\/engine\/may\.ts$/
/** `for update skip locked`, `for update of c`, `do update set`. */
const NOT_A_TABLE = new Set(['set', 'skip', 'of'])
/** A call of which nothing but its effect is wanted, on a name that the desk's build holds to be without effects. */
const DROPPED = new RegExp(`^\\s*(?:void )?(${PURE_NAMES.join('|')})(?:\\??\\.\\w+)*\\(`, 'm')
const CLOCK_PLACE = 'server/src/kernel/clock.ts'
const VAGUE = /(^|\/)(utils?|helpers?|common|misc|services?|managers?)(\/|\.tsx?$)/

/** Comments say what they like; imports and calls count. */
const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
const moduleOf = (path: string) => /^server\/src\/([^/]+)\//.exec(path)?.[1]

/** The module that `specifier` in `path` reaches, or undefined for a package. */
function target(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0]
  if (!specifier.startsWith('.')) return undefined
  const file = normalize(join(dirname(path), specifier))
  return moduleOf(file) ?? file.split('/')[0]
}

function importFindings(path: string, specifier: string): string | undefined {
  const part = path.split('/')[0]
  const reached = target(path, specifier)
  if (part === 'contract')
    return reached !== undefined && reached !== 'contract'
      ? `contract imports ${specifier}; it stands alone`
      : undefined
  if (part === 'web')
    return specifier.startsWith('#') || (reached !== undefined && reached !== 'web')
      ? `web imports ${specifier}; it may import only @banjie/contract`
      : undefined
  if (reached === 'web') return `server imports ${specifier}; the desk is only served as files`
  const here = moduleOf(path)
  if (here === undefined || ROOT.test(path) || reached === undefined || reached === here) return undefined
  if (!specifier.startsWith('#')) return `${specifier} goes around the front door; import '#${reached}'`
  if (HEIGHT[here] === undefined) return `module ${here} has no height; give it one in tools/boundaries.ts`
  const height = HEIGHT[reached]
  if (height === undefined) return `${specifier}: only the composition root may import it`
  return height >= (HEIGHT[here] ?? 0) ? `${here} imports ${specifier}, which is not below it` : undefined
}

function tableFindings(path: string, text: string): string[] {
  const here = moduleOf(path)
  const written = [...text.matchAll(/\b(?:insert into|update|delete from)\s+"?([a-z_]+)"?(?=[\s(])/g)].map(
    (match) => match[1] ?? '',
  )
  return [...new Set(written)]
    .filter(
      (table) =>
        !NOT_A_TABLE.has(table) && OWNER[table] !== here && (OWNER[table] !== undefined || SQL_PLACE.test(path)),
    )
    .map((table) => `${here} writes ${table}, which ${OWNER[table] ?? 'nobody'} owns`)
}

/**
 * The walls of the house (模块边界): arrows, front doors, the place of SQL, who writes which table, the one reader of the clock.
 * @param files path from the project's root → text
 * @throws Error on a scan that is too small to mean anything
 */
export function boundaries(files: ReadonlyMap<string, string>, least = 60): Finding[] {
  if (files.size < least) throw new Error(`boundaries looked at ${files.size} files only; the scan is broken`)
  const findings: Finding[] = []
  for (const [path, raw] of files) {
    const text = code(raw)
    const found = importsOf(text).flatMap((specifier) => importFindings(path, specifier) ?? [])
    if (VAGUE.test(path)) found.push('a name that says nothing; name the noun it is about')
    const dropped = path.startsWith('web/src/') ? DROPPED.exec(text)?.[1] : undefined
    if (dropped !== undefined) found.push(`the build drops this call on ${dropped}; name the variable otherwise`)
    if (path.startsWith('server/src/')) {
      if (!SQL_PLACE.test(path) && importsOf(text).includes('kysely')) found.push('builds SQL outside noun.sql.ts')
      if (path !== CLOCK_PLACE && /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(/.test(text))
        found.push('reads the wall clock; take it from #kernel/clock')
      found.push(...tableFindings(path, text))
    }
    findings.push(...found.map((what) => ({ where: path, what })))
  }
  return findings
}

/** Every source file of the house, tests aside. */
export function sources(root: string): Map<string, string> {
  const paths = globSync('{contract/src,server/src,web/src,demo}/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !path.includes('.test.'),
  )
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}
