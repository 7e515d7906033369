import { randomUUID } from 'node:crypto'
import { routes } from '../contract/src/index.ts'
import type { DemoLiaison } from './district.ts'
import { DEMO_VISITOR } from './platform.ts'
import type { Stage } from './stage.ts'
import { DAY, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly items: readonly { readonly id: string; readonly name: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'send' | 'plan' | 'end'>
const BEGUN_DAYS = 35
const FIGURE_DAYS = 4
/** What the first enterprises of the district are, beside their liaison. Codes and people are invented. */
const SHEETS = [
  {
    ...{
      uscc: DEMO_VISITOR.uscc,
      industry: '通用设备制造',
      chain: '装备制造',
      partyOrganisation: 'own',
      partyMembers: 12,
    },
    size: 'medium',
    aboveScale: true,
  },
  {
    ...{
      uscc: '92210114MA0LMN906E',
      industry: '食品加工',
      chain: '农产品加工',
      partyOrganisation: 'joint',
      partyMembers: 3,
    },
    size: 'small',
    aboveScale: true,
  },
  { industry: '纺织', chain: '轻工纺织', partyInstructor: '街道党建指导员', size: 'small', aboveScale: true },
  { industry: '包装', chain: '轻工纺织', size: 'micro', aboveScale: false },
] as const
/** Titles of the first of them, one of which is over. */
const TITLES = [
  [
    { title: '专精特新中小企业', from: '2024-06-01', to: '2027-05-31', source: '省工信厅公告（演示）' },
    { title: '科技型中小企业', from: '2022-01-01', to: '2022-12-31', source: '区科技局（演示）' },
  ],
  [{ title: '高新技术企业', from: '2025-01-01', to: null, source: '区科技局（演示）' }],
]
/** Output and profit of a month in 万元, a year before and now. */
const MONTHS = [
  { before: [820, 31], now: [960, 42] },
  { before: [310, -6], now: [480, 5] },
  { before: [150, -9], now: [138, -4] },
] as const

/** The sheets of the district's enterprises, and two years of their months from the statistics bureau (企业名录). */
export function planEnterprises(liaisons: readonly DemoLiaison[], { call, send, plan, end }: Doing): void {
  const firms = liaisons.filter(({ kind }) => kind === 'enterprise').slice(0, SHEETS.length)
  if (firms.length === 0) return
  const year = Number(end.toISOString().slice(0, 4))
  plan(officeTime(new Date(end.getTime() - BEGUN_DAYS * DAY)), async () => {
    const { items } = await call('supervisor', 'GET', `${routes.enterprises.path}?limit=200`)
    for (const [i, { name, divisionCode }] of firms.entries()) {
      const id = items.find((one) => one.name === name)?.id
      if (id === undefined) continue
      const { size, aboveScale, ...sheet } = SHEETS[i] ?? SHEETS[0]
      const years = [year, year - 1].map((one) => ({ year: one, size, aboveScale, source: '区统计局（演示）' }))
      const titles = i < TITLES.length ? TITLES[i] : []
      const url = routes.editEnterprise.path.replace(':id', id)
      const { updatedAt: basedOn = null } = (await call('supervisor', 'GET', url)) as { updatedAt?: string | null }
      await call('supervisor', 'PUT', url, { name, divisionCode, ...sheet, years, titles, basedOn })
    }
  })
  plan(officeTime(new Date(end.getTime() - FIGURE_DAYS * DAY)), async () => {
    const last = Number(end.toISOString().slice(5, 7)) - 1
    const months = Array.from({ length: last }, (_, i) => String(i + 1).padStart(2, '0'))
    const lines = firms.slice(0, MONTHS.length).flatMap(({ name }, i) =>
      months.flatMap((month, m) =>
        (['before', 'now'] as const).map((when) => {
          const [output, profit] = (MONTHS[i] ?? MONTHS[0])[when]
          return `${name},${when === 'now' ? year : year - 1}-${month},${output + m * 3},${profit}`
        }),
      ),
    )
    if (lines.length === 0) return
    const table = ['企业名称,月份,工业总产值（万元）,利润总额（万元）', ...lines].join('\n')
    const { payload, type } = formOf('月度指标（演示）.csv', table)
    await send('supervisor', routes.importEnterpriseFigures.path, payload, type)
  })
}

function formOf(name: string, content: string) {
  const boundary = randomUUID()
  const part = (head: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`
  const text = `${part('name="dryRun"', 'false')}${part(`name="file"; filename="${name}"`, content)}--${boundary}--\r\n`
  return { payload: Buffer.from(text), type: `multipart/form-data; boundary=${boundary}` }
}
