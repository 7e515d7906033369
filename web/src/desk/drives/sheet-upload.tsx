import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { refreshLists } from '../../shared/query.ts'
import { announce } from '../announce.tsx'
import { FileUpload } from '../page/file-upload.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Drive, refreshDrive } from './query.ts'

/** A file of returned questionnaires (问卷汇总表). */
export function SheetUpload({ drive, close }: { readonly drive: Drive; readonly close: () => void }) {
  const [on, setOn] = useState(() => [dayOf(new Date()), drive.to].sort()[0] ?? drive.to)
  return (
    <div className="sheet-upload">
      <PlainField
        {...{ label: '收回日期', type: 'date', value: on, set: setOn }}
        hint="表中没有“收回日期”一列时用这个日期，须在征集期内。"
      />
      <FileUpload
        {...{ label: '选择问卷汇总表', fields: { on } }}
        hint="一行一张：“问卷编号”一列，“意见”一列或几列；可有企业名称、联系人、联系电话、收回日期、无效原因。不能有合并单元格。"
        send={(form) => api('importSheets', { params: { id: drive.id }, form })}
        stored={({ added, opinions }) => {
          announce(`已导入 ${added} 张问卷，提取意见 ${opinions} 条`)
          refreshDrive(drive.id)
          refreshLists()
        }}
        told={(read) =>
          `“${read.fileName}”：新问卷 ${read.added} 张（作废 ${read.void} 张），意见 ${read.opinions} 条，已有不变 ${read.unchanged} 张。发放 ${read.issued} 张，收回合计 ${read.returned} 张。`
        }
        writes={({ added, opinions }) => `写入 ${added} 张问卷、${opinions} 条意见，每条意见成为一件诉求。`}
        isReady={({ added }) => added > 0}
      >
        {({ opinionColumns }) =>
          opinionColumns.length > 0 && <p className="hint">意见取自：{opinionColumns.join('、')}</p>
        }
      </FileUpload>
      <div className="panel-acts">
        <button type="button" className="button" onClick={close}>
          关闭
        </button>
      </div>
    </div>
  )
}
