import { api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { FileUpload } from '../page/file-upload.tsx'
import { go } from '../router.ts'
import { refreshPlans } from './query.ts'

interface Props {
  /** The empty draft it goes into, or what the new plan is called. */
  readonly into: { readonly planId: string } | { readonly year: string; readonly title: string }
}
/** A plan as a table (导入作战图). */
export const PlanUpload = ({ into }: Props) => (
  <div className="plan-upload">
    <a className="button button-small" href="/api/v1/plan-template" download>
      下载模板
    </a>
    <FileUpload
      {...{ label: '选择作战图表格', accept: '.xlsx,.xls', fields: { ...into } }}
      hint="每行一个领域、目标或任务，不能有合并单元格。先试读，有错会写明行和列。"
      send={(form) => api('importPlan', { form })}
      stored={({ targets, tasks, planId }) => {
        announce(`已导入 ${targets} 个目标、${tasks} 项任务`)
        refreshPlans()
        if (planId !== null) go(`/w/plan?plan=${planId}`)
      }}
      told={({ fileName, fields, targets, tasks }) =>
        `“${fileName}”：领域 ${fields} 个，目标 ${targets} 个，任务 ${tasks} 项。`
      }
      writes={({ fields, targets, tasks }) =>
        `写入 ${fields} 个领域、${targets} 个目标、${tasks} 项任务，成为一张编制中的作战图。`
      }
    />
  </div>
)
