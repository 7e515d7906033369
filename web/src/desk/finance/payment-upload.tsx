import { moneyText } from '@banjie/contract'
import { api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { FileUpload } from '../page/file-upload.tsx'
import { refreshFinance } from './query.ts'

/** A sheet of payments of one's unit (导入拨付表). */
export const PaymentUpload = ({ unitId, close }: { readonly unitId: string; readonly close: () => void }) => (
  <section className="panel finance-upload no-print" aria-label="导入拨付表">
    <FileUpload
      {...{ label: '选择拨付表', act: '写入', fields: { unitId } }}
      hint="第一行写企业名称、金额（万元或元）、日期、资金项目、凭证号。先试读，不会写入。"
      send={(form) => api('importDisbursements', { form })}
      stored={({ added, fen }) => {
        announce(`已导入 ${added} 笔，${moneyText(fen)}`)
        refreshFinance()
        close()
      }}
      told={({ read, enterprises, fen, moneyUnit }) =>
        `：${read} 行，${enterprises} 户企业，合计 ${moneyText(fen)}，金额单位${moneyUnit}。`
      }
      writes={({ read, fen }) => `写入 ${read} 笔，合计 ${moneyText(fen)}。`}
    />
    <button type="button" className="button" onClick={close}>
      取消
    </button>
  </section>
)
