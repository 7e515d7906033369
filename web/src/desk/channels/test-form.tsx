import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { columnText } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type ChannelRecord, refreshChannels } from './query.ts'

const FOUND = { yes: '通，能反映', no: '不通，失灵' } as const

/** A test of a channel (渠道测试), and those before it. */
export function TestForm({ channel, close }: { readonly channel: ChannelRecord; readonly close: () => void }) {
  const [found, setFound] = useState<keyof typeof FOUND>('yes')
  const [how, setHow] = useState('')
  const [note, setNote] = useState('')
  const first = useFocusOnce<HTMLElement>()
  const { data } = useQuery({
    queryKey: ['channelTests', channel.id],
    queryFn: ({ signal }) => api('channelTests', { params: { id: channel.id }, signal }),
  })
  const save = useSubmission(
    (body: Parameters<typeof api<'testChannel'>>[1]['body'], key) =>
      api('testChannel', { params: { id: channel.id }, body, key }),
    {
      done: ({ name, failing }) => {
        announce(failing ? `“${name}”已标为失灵` : `已记录“${name}”的测试`)
        void queryClient.invalidateQueries({ queryKey: ['channelTests', channel.id] })
        refreshChannels()
        setHow('')
        setNote('')
      },
    },
  )
  const ready = how.trim() !== ''
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form" aria-label={`测试“${channel.name}”`}>
      <h2>测试“{channel.name}”</h2>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) save.mutate({ worked: found === 'yes', how: how.trim(), note })
        }}
      >
        <SelectField label="结果" value={found} set={setFound} words={FOUND} />
        <PlainField label="怎么试的" value={how} set={setHow} maxLength={200} placeholder="如：工作日上午拨打一次" />
        <PlainField label="情况" optional value={note} set={setNote} maxLength={500} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || save.isPending}>
            {save.isPending ? '正在保存…' : '记录测试'}
          </button>
          <button type="button" className="button" onClick={close}>
            关闭
          </button>
        </div>
      </form>
      <FaultNotice fault={save.error} />
      <TableSection title="历次测试" head={['时间', '谁', '怎么试的', '结果', '情况']} empty="还没有测试过。">
        {(data?.items ?? []).map((test) => (
          <tr key={test.id}>
            <td>{columnText(test.at)}</td>
            <td>{test.by}</td>
            <td>{test.how}</td>
            <td>
              {test.worked ? <span className="tag tag-good">✓ 通</span> : <span className="tag tag-bad">■ 失灵</span>}
            </td>
            <td className="is-reason">{test.note ?? '—'}</td>
          </tr>
        ))}
      </TableSection>
    </section>
  )
}
