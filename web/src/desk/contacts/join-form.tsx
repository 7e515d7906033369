import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { weekdayText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { wordsOf } from './entry.ts'
import { BLANK_ERRAND, ErrandFields, isReady, sentOf } from './errand-fields.tsx'
import { type Entry, refreshContacts } from './query.ts'

/** Going along on what another unit has planned (合并走访). */
export function JoinForm({ entry, close }: { readonly entry: Entry; readonly close: () => void }) {
  const [errand, setErrand] = useState(BLANK_ERRAND)
  const send = useSubmission(
    (body: Request<'joinContact'>['body'], key) => api('joinContact', { params: { id: entry.id }, body, key }),
    {
      done: () => {
        announce('已合并，同去一次')
        refreshContacts()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: `合并走访：${weekdayText(entry.on)} ${wordsOf(entry)}`, act: '合并', sending: send, close }}
      ready={isReady(errand)}
      submit={() => send.mutate(sentOf(errand))}
    >
      <ErrandFields errand={errand} set={setErrand} />
    </PanelForm>
  )
}
