import { z } from 'zod'
import { ImportId, Instant } from './brand.ts'
import { idsOf } from './term.ts'

/** The fields an outside ledger can be mapped to (栏目对应). */
export const IMPORT_FIELD = {
  externalId: '编号',
  receivedAt: '时间',
  title: '标题',
  content: '诉求内容',
  category: '类别',
  channel: '来源',
  name: '诉求人',
  phone: '电话',
  address: '地址',
  division: '属地',
  leadUnit: '主办单位',
  superiorNumber: '上级编号',
  superiorBody: '上级单位',
  superiorDueOn: '上级要求日期',
  superiorClass: '上级类别',
} as const
export type ImportField = keyof typeof IMPORT_FIELD

export const ImportMapping = z.partialRecord(z.enum(idsOf(IMPORT_FIELD)), z.string())
export type ImportMapping = z.infer<typeof ImportMapping>

const ImportError = z.object({ row: z.number().int(), column: z.string(), code: z.string(), detail: z.string() })

export const IMPORT_STATE = {
  reading: '读取中',
  ready: '待确认',
  committing: '写入中',
  done: '已导入',
  failed: '失败',
  undone: '已撤销',
} as const

/** An import batch (导入批次): a dry run first, then committed or thrown away; undone as a whole. */
export const Import = z
  .object({
    id: ImportId,
    fileName: z.string(),
    state: z.enum(idsOf(IMPORT_STATE)),
    read: z.number().int(),
    added: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.number().int(),
    total: z.number().int().nullable(),
    columns: z.array(z.string()),
    mapping: ImportMapping,
    errors: z.array(ImportError),
    fault: z.string().nullable(),
    seconds: z.number().nullable(),
    by: z.string(),
    at: Instant,
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>
