import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { type List, refreshProblemLists } from './query.ts'

/** Publishing a list, and closing it (公布、结束). */
export function Turn({ list }: { readonly list: List }) {
  const action = list.state === 'draft' ? 'publish' : 'close'
  const word = action === 'publish' ? '公布' : '结束'
  const send = useSubmission(
    (body: { readonly version: number }, key) => api('turnProblemList', { params: { id: list.id, action }, body, key }),
    {
      done: () => {
        announce(`“${list.title}”已${word}`)
        refreshProblemLists()
      },
    },
  )
  return (
    <>
      <Confirm label={word} busy={send.isPending} run={() => send.mutate({ version: list.version })}>
        {action === 'publish'
          ? `公布后，群众可以看到 ${list.items} 个问题的责任单位、措施、期限和进展（保密件除外）。`
          : `结束后不能再增补或移出；${list.items - list.accepted} 个没有销号的问题继续办理，页面保留。`}
      </Confirm>
      <FaultNotice fault={send.error} />
    </>
  )
}
