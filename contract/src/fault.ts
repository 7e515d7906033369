import { z } from 'zod'

/**
 * Every refusal of the system: a stable code, its HTTP status and the sentence a person reads. The sentence says what to do.
 * `{name}` is filled from the fault's parameters.
 */
export const FAULT = {
  'request.malformed_json': [400, '请求内容不是有效的 JSON，请检查格式后重新提交。'],
  'request.invalid': [422, '有 {count} 处填写不符合要求，请按提示修改后重新提交。'],
  'request.too_large': [413, '提交的内容过大，请精简后重新提交。'],
  'request.media_type': [415, '不支持这种提交格式，请使用 JSON。'],
  'request.too_many': [429, '操作过于频繁，请 {seconds} 秒后再试。'],
  'request.not_found': [404, '没有找到您要的页面或接口，请检查地址。'],
  'request.origin': [403, '请求来源不明，已拒绝。请从本系统页面操作。'],
  'text.empty': [422, '内容不能为空，请写明要反映的事情。'],
  'text.too_long': [422, '文字最多 {max} 个字，请精简后重新填写。'],
  'text.control_characters': [422, '文字中含有无法显示的控制字符，请删除后重新填写。'],
  'session.required': [401, '请先登录。'],
  'session.wrong_password': [401, '账号或密码不正确。'],
  'session.locked': [429, '连续输错次数过多，账号已锁定，请 {seconds} 秒后再试，或联系管理员。'],
  'token.invalid': [401, '访问令牌无效或已过期，请向管理员申请新的令牌。'],
  forbidden: [403, '您没有权限进行此操作。如确有需要，请联系本单位管理员。'],
  'tenant.unknown': [404, '此网址没有对应的地区，请检查网址。'],
  'case.not_found': [404, '没有找到此事项，请核对编号。'],
  'case.version_stale': [409, '此事项刚被他人处理，现为“{stage}”。页面已更新，请按最新状态操作。'],
  'case.action_not_allowed': [409, '当前环节“{stage}”不能进行“{action}”。'],
  'case.action_unknown': [404, '没有“{action}”这个动作。'],
  'case.type_unknown': [422, '没有“{type}”这种事项类型。'],
  'case.own_answer': [403, '答复不能由拟稿人本人审签，请由其他负责人审签。'],
  'case.unsatisfied': [409, '回访结果为不满意，不能办结，请先重办。'],
  'case.not_called_back': [409, '尚未联系上诉求人（已试 {tries} 次，需满 {needed} 次），不能办结。'],
  'case.assignee_outside': [422, '只能指派给承办单位内的人员。'],
  'case.unit_unknown': [422, '没有找到所选单位，请重新选择。'],
  'case.category_unknown': [422, '没有“{category}”这个事项类别，请从列表中选择。'],
  'case.duplicate_actions': [422, '一次最多处理 {max} 件，请分批操作。'],
  'track.wrong_code': [404, '编号或取件码不对，请核对回执；也可拨打 12345 查询。'],
  'track.not_ratable': [409, '此事项尚未答复，答复后即可评价。'],
  'portal.stale_form': [422, '页面停留时间过长，请重新提交一次，您填写的内容已保留。'],
  'file.missing': [422, '没有收到文件，请选择文件后重新上传。'],
  'file.kind': [415, '只能上传照片（JPG、PNG、WebP、HEIC）。这个文件的内容不是照片。'],
  'file.too_large': [413, '文件超过 {max} MB，请压缩后重新上传。'],
  'file.unreadable': [422, '这个文件已损坏或无法读取，请换一个文件。'],
  'file.not_found': [404, '没有找到此附件，可能已被清理，请重新上传。'],
  'file.too_many': [422, '最多上传 {max} 个文件。'],
  'import.kind': [415, '只能导入 .xlsx、.xls、.csv 或 .jsonl 文件。'],
  'import.no_header': [422, '没有找到表头行。请确认表中有“诉求内容”一类的列名。'],
  'import.no_content_column': [422, '没有认出“诉求内容”所在的列，请指定各列的对应关系。'],
  'export.too_many': [422, '一次最多导出 {max} 行，请缩小筛选范围。'],
  'import.not_found': [404, '没有找到此导入批次。'],
  'import.state': [409, '此批次当前为“{state}”，不能进行此操作。'],
  'import.touched': [409, '此批次中有 {count} 件已被处理，不能整批撤销。'],
  'import.interrupted': [500, '导入中断，没有写入任何一行，请重新上传文件。'],
  'import.content_empty': [422, '诉求内容为空'],
  'import.date_invalid': [422, '日期“{value}”无法识别，请写成 2026-01-31 这样的格式'],
  'import.phone_lost_digits': [422, '电话“{value}”是科学计数法，末几位数字已丢失，请在表格中把该列改为文本后重新填写'],
  'import.phone_invalid': [422, '电话“{value}”不是有效的号码'],
  'import.duplicate_row': [422, '与本文件第 {row} 行重复'],
  'import.category_unknown': [422, '没有“{value}”这个事项类别'],
  'calendar.out_of_range': [422, '日期超出工作日历的范围（{from} 至 {to}）。'],
  'clock.disabled': [403, '测试时钟没有启用。'],
  'clock.backwards': [409, '测试时钟只能向前拨，当前为 {now}。'],
  'idempotency.mismatch': [422, '同一个 Idempotency-Key 不能用于不同的内容，请换一个新的。'],
  'idempotency.invalid': [422, 'Idempotency-Key 应为 UUID。'],
  'district.invalid': [422, '地区文件有误：{why}'],
  'unit.not_found': [404, '没有找到此单位。'],
  'case.unit_dissolved': [409, '{unit}已于{day}撤销{successors}，请改派。'],
  'case.unit_not_begun': [409, '{unit}自{day}起才履行职责，请改派其他单位，或届时再交办。'],
  'person.not_found': [404, '没有找到此人员，请重新选择。'],
  'term.reversed': [422, '结束日期不能早于开始日期，请修改后重新提交。'],
  'taskForce.code_taken': [409, '代码“{code}”已被使用，请换一个代码。'],
  'standIn.elsewhere': [422, '{name}在其他单位任承办职务，不能同时代理此岗位，请另选代理人。'],
  'reorganisation.invalid': [422, '机构改革方案有误：{why}，请修改后重新试算。'],
  'reorganisation.rest': [422, '“{unit}”须有且只有一个兜底承接单位，现有 {count} 个，请修改后重新试算。'],
  'handover.not_yet': [409, '生效日期 {day} 尚未到，现在可以先试算，请到当日再正式办理。'],
  'handover.same_person': [422, '交出人与接收人是同一人，请另选接收人。'],
  'handover.outside': [422, '{person}没有在{unit}任职，不能接收 {number}，请选择该单位的人员。'],
  'handover.not_found': [404, '没有找到此移交清单，请从列表中重新打开。'],
  'handover.signed': [409, '此移交清单已由{name}签收，不必再签。'],
  'service.unavailable': [503, '系统正忙，您的内容没有丢失，请 {seconds} 秒后重试。'],
  'service.internal': [500, '系统出错了，已记录（编号 {requestId}）。请稍后重试，或把编号告诉管理员。'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>

export type FaultCode = keyof typeof FAULT

/** One faulty place in the input. `path` is a JSON pointer without the leading slash, dots between parts. */
export const FaultPlace = z.object({ path: z.string(), code: z.string(), detail: z.string() })
export type FaultPlace = z.infer<typeof FaultPlace>

/** Problem (RFC 9457). Extra members (case, clocks, actions) come with `case.version_stale`. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string().optional(),
    errors: z.array(FaultPlace).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** The sentence of a fault with its parameters filled in. */
export const sentenceOf = (code: FaultCode, params: Readonly<Record<string, unknown>> = {}) =>
  FAULT[code][1].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
