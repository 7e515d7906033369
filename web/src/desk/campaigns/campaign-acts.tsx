import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { UnitPicker } from '../../form/pickers.tsx'
import { type Answer, type ApiFault, api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useTargets } from '../duties/query.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FileDrop } from '../page/file-drop.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Campaign, refreshCampaigns } from './query.ts'

interface ActProps {
  readonly campaign: Campaign
  readonly close: () => void
}
/** Publishes a stage result: the text is written, the figures are taken by the house. */
export function ResultForm({ campaign, close }: ActProps) {
  const [text, setText] = useState('')
  const save = useSubmission(
    (body: { text: string }, key) => api('newCampaignResult', { params: { id: campaign.id }, body, key }),
    {
      done: ({ sentence }) => {
        announce(`已发布：${sentence}`)
        refreshCampaigns()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '发布阶段性成果', act: '发布', ready: text.trim() !== '', sending: save, close }}
      submit={() => save.mutate({ text })}
    >
      <Labelled label="做法和成效" hint="数字不用写：覆盖、走访和问题数由系统在发布时取定，附在文字之后。">
        {(field) => (
          <textarea
            {...field}
            {...{ rows: 4, value: text, maxLength: 1000 }}
            className="input textarea"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
    </PanelForm>
  )
}

/** Changes its name, words or last day, with the reason. */
export function AmendForm({ campaign, close }: ActProps) {
  const [draft, setDraft] = useState({
    ...{ title: campaign.title, banner: campaign.banner ?? '', to: campaign.to as string, reason: '' },
  })
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Request<'amendCampaign'>['body'], key) => api('amendCampaign', { params: { id: campaign.id }, body, key }),
    {
      done: () => {
        announce('活动已调整')
        refreshCampaigns()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '调整活动', sending: save, close, ready: draft.reason.trim() !== '' && draft.title.trim() !== '' }}
      submit={() => save.mutate(draft)}
    >
      <PlainField label="名称" value={draft.title} set={set('title')} maxLength={60} />
      <PlainField label="口号" optional value={draft.banner} set={set('banner')} maxLength={60} />
      <PlainField label="结束" type="date" value={draft.to} min={campaign.from} set={set('to')} />
      <PlainField label="原因" value={draft.reason} set={set('reason')} maxLength={200} />
    </PanelForm>
  )
}

/** More that are to be reached: chosen one by one, or from a file. */
export function ScopeForm({ campaign, close }: ActProps) {
  const ofUnits = campaign.scope.by === 'unit'
  const [chosen, setChosen] = useState<readonly string[]>([])
  const save = useSubmission(
    (body: Request<'extendCampaignScope'>['body'], key) =>
      api('extendCampaignScope', { params: { id: campaign.id }, body, key }),
    {
      done: ({ figures }) => {
        announce(`名单已补充，应对接 ${figures.inScope} 个`)
        refreshCampaigns()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '补充名单', act: '补充', ready: chosen.length > 0, sending: save, close }}
      submit={() => save.mutate(ofUnits ? { unitIds: [...chosen] } : { targetIds: [...chosen] })}
    >
      {ofUnits ? (
        <Labelled label="单位">
          {({ id }) => <UnitPicker {...{ id, chosen, choose: setChosen, multiple: true, max: 500 }} />}
        </Labelled>
      ) : (
        <>
          <TargetPicker {...{ chosen, choose: setChosen }} />
          <ScopeUpload campaign={campaign} />
        </>
      )}
    </PanelForm>
  )
}

function TargetPicker({
  chosen,
  choose,
}: {
  readonly chosen: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}) {
  const { data, isPending } = useTargets({})
  return (
    <Labelled label="对象" hint="没有的对象先在“包保走访”登记">
      {({ id }) => (
        <Combobox
          {...{
            id,
            chosen,
            choose,
            multiple: true,
            max: 500,
            loading: isPending,
            placeholder: '输入名称查找，可选多个',
          }}
          options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
    </Labelled>
  )
}

function ScopeUpload({ campaign }: { readonly campaign: Campaign }) {
  const send = useMutation<Answer<'importCampaignScope'>, ApiFault, File>({
    mutationFn: (file) => {
      const form = new FormData()
      form.append('file', file)
      return api('importCampaignScope', { params: { id: campaign.id }, form })
    },
    onSuccess: ({ added, known }) => {
      announce(`名单已收下：新增 ${added} 个，原有 ${known} 个`)
      refreshCampaigns()
    },
  })
  return (
    <div>
      <FileDrop
        {...{ label: '或上传名单', accept: '.xlsx,.xls,.csv', chosen: undefined, busy: send.isPending }}
        hint="第一行写“名称”，可加“统一社会信用代码”；每行一个，不能有合并单元格。"
        choose={send.mutate}
      />
      <FaultNotice fault={send.error} />
    </div>
  )
}
