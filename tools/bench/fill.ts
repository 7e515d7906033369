import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { gramsOf } from '../../server/src/case/text/grams.ts'
import { caseNumber } from '../../server/src/kernel/id.ts'

/** A small fast generator of pseudo-random numbers in [0, 1); the same seed gives the same town. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const PLACES = [
  '南塔',
  '北河',
  '东湖',
  '西岭',
  '和平',
  '永安',
  '新立',
  '长青',
  '文苑',
  '光明',
  '兴华',
  '建业',
  '青松',
  '白塔',
  '杨柳',
  '金桥',
  '玉泉',
  '石桥',
  '向阳',
  '胜利',
]
const KINDS = ['小区', '花园', '家园', '街', '路', '巷', '广场', '市场', '村', '新城']
const THINGS = [
  '暖气',
  '自来水',
  '路灯',
  '电梯',
  '下水道',
  '垃圾',
  '噪音',
  '停车',
  '供电',
  '燃气',
  '树木',
  '公交',
  '路面',
  '消防通道',
  '外墙',
]
const TROUBLES = [
  '不热',
  '停了三天',
  '不亮',
  '坏了没人修',
  '堵塞返水',
  '无人清理',
  '扰民严重',
  '乱收费',
  '经常跳闸',
  '有异味',
  '倒伏',
  '久等不来',
  '坑洼不平',
  '被占用',
  '脱落',
]
const WISHES = [
  '请尽快派人处理。',
  '希望给个答复。',
  '多次向物业反映没有结果。',
  '老人孩子出行不便。',
  '请告知何时解决。',
  '请有关部门管一管。',
]
/** Stands in one text of two thousand. */
export const RARE_WORD = '井盖'
/** Stands in one text of fifteen. */
export const FREQUENT_WORD = '噪音'

const TABLES = {
  case: 'tenant_id, id, number, type, stage, round, version, rule_set, title, content, category, channel, urgency, anonymous, confidential, lead_unit_id, holder_unit_id, assisting_unit_ids, reach_tries, urged, received_at, accepted_at, dispatched_at, answered_at, closed_at, due_kind, due_at, yellow_at, facts, updated_at',
  case_event: 'tenant_id, case_id, seq, at, id, action, stage, round, by_kind, by_name, input, patch',
  case_clock:
    'tenant_id, id, case_id, kind, round, started_at, amount, unit, rule, due_at, original_due_at, yellow_at, provisional, ended_at, state',
  case_unit: 'tenant_id, case_id, unit_id, role',
  case_search: 'tenant_id, case_id, received_at, grams',
} as const
type Table = keyof typeof TABLES
type Cell = string | number | boolean | null

interface Town {
  readonly ruleSet: string
  readonly units: readonly string[]
  readonly topics: readonly string[]
}

const DAY = 86_400_000
const BATCH = 5000
const line = (cells: readonly Cell[]) => `${cells.map((cell) => (cell === null ? '\\N' : cell)).join('\t')}\n`

function oneCase(i: number, random: () => number, town: Town, now: number): Record<Table, Cell[]> {
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  const id = () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`
  const received = now - Math.floor(random() * 3 * 365 * DAY)
  const iso = (ms: number) => new Date(ms).toISOString()
  const open = random() < 0.02
  const due = received + (5 + Math.floor(random() * 15)) * DAY
  const [caseId, unit] = [id(), one(town.units)]
  const title = `${one(PLACES)}${one(KINDS)}${one(THINGS)}${one(TROUBLES)}`
  const content = `${title}，${Math.ceil(random() * 40)}号楼${Math.ceil(random() * 6)}单元，${random() < 1 / 2000 ? `${RARE_WORD}丢失，` : ''}${one(WISHES)}${one(WISHES)}`
  const stage = open ? one(['received', 'dispatched', 'inHand', 'answered']) : 'closed'
  const answered = open ? null : iso(received + 3 * DAY)
  return {
    case: [
      ...[1, caseId, caseNumber('SQ', iso(received).slice(0, 10), i), 'appeal', stage, 1, 6, town.ruleSet],
      ...[
        title,
        content,
        one(town.topics),
        'hotline',
        'normal',
        false,
        random() < 0.01,
        unit,
        unit,
        '{}',
        0,
        0,
        iso(received),
      ],
      ...[
        iso(received),
        iso(received),
        answered,
        open ? null : iso(received + 4 * DAY),
        open ? 'handle' : null,
        open ? iso(due) : null,
      ],
      ...[open ? iso(due - DAY) : null, '{}', iso(received + 4 * DAY)],
    ],
    case_event: [1, caseId, 1, iso(received), id(), 'open', 'received', 1, 'public', '市民', '{}', '{}'],
    case_clock: [
      1,
      id(),
      caseId,
      'handle',
      1,
      iso(received),
      10,
      'workingDay',
      'bench',
      iso(due),
      iso(due),
      iso(due - DAY),
      false,
      answered,
      open ? 'running' : 'met',
    ],
    case_unit: [1, caseId, unit, 'lead'],
    case_search: [1, caseId, iso(received), `{${gramsOf(title, content).join(',')}}`],
  }
}

/** Fills the case tables with `rows` seeded cases by COPY; the search index is built afterwards, as a restore would. */
export async function fill(client: pg.Client, rows: number, now: Date, tell: (done: number) => void): Promise<void> {
  const first = async (column: string, table: string) =>
    (await client.query(`select ${column} as v from ${table}`)).rows.map((row) => row.v as string)
  const [ruleSet] = await first('version', 'rule_set')
  const town: Town = { ruleSet: ruleSet ?? '', units: await first('id', 'unit'), topics: await first('id', 'topic') }
  if (town.units.length === 0 || ruleSet === undefined)
    throw new Error(`the district has to be there first: ${JSON.stringify(town).slice(0, 200)}`)
  const random = seeded(20_260_101)
  await client.query('drop index case_search_grams')
  // Foreign keys are kept by the generator itself; checking a million of them is not what is measured.
  await client.query('set session_replication_role = replica')
  for (let done = 0; done < rows; done += BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, rows - done) }, (_, i) =>
      oneCase(done + i, random, town, now.getTime()),
    )
    for (const table of Object.keys(TABLES) as Table[]) {
      const copy = client.query(copyFrom(`copy "${table}" (${TABLES[table]}) from stdin`))
      copy.end(cases.map((one) => line(one[table])).join(''))
      await once(copy, 'finish')
    }
    tell(done + cases.length)
  }
  await client.query('set session_replication_role = origin')
  await client.query('create index case_search_grams on case_search using gin (grams)')
  await client.query('vacuum analyze')
}
