import { moneyText, parseMoney, RANK_MATCH, type RankMatch } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { typedWan } from '../../shared/wan.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { Skeleton } from '../state-view.tsx'
import { refreshProjects, useProjectRules } from './query.ts'

type Known = NonNullable<ReturnType<typeof useProjectRules>['data']>

/** A new version of the rule for big projects (配备规则), with the versions before it. */
export function RuleForm({ close }: { readonly close: () => void }) {
  const { data } = useProjectRules()
  return data === undefined ? <Skeleton rows={4} /> : <Form known={data} close={close} />
}

function Form({ known, close }: { readonly known: Known; readonly close: () => void }) {
  const [latest] = known.items
  const ranks = Object.fromEntries([['', '请选择'], ...known.ranks.map(({ code, name }) => [code, name])])
  const [amount, setAmount] = useState(latest ? typedWan(latest.thresholdFen) : '10000')
  const [chiefRank, setChief] = useState(latest?.chiefRank ?? '')
  const [secretaryRank, setSecretary] = useState(latest?.secretaryRank ?? '')
  const [rankMatch, setMatch] = useState<RankMatch>(latest?.rankMatch ?? 'exactly')
  const [days, setDays] = useState(String(latest?.appointWorkdays ?? 5))
  const [basis, setBasis] = useState('')
  const [validFrom, setFrom] = useState(() => dayOf(new Date()))
  const save = useSubmission((body: Request<'newProjectRule'>['body'], key) => api('newProjectRule', { body, key }), {
    done: ({ version }) => {
      announce(`已发布第 ${version} 版`)
      refreshProjects()
      close()
    },
  })
  const thresholdFen = parseMoney(amount, '万元')
  return (
    <PanelForm
      title={
        latest ? `配备规则新版本（现为第 ${latest.version} 版，${moneyText(latest.thresholdFen)}以上）` : '配备规则'
      }
      ready={thresholdFen !== undefined && chiefRank !== '' && secretaryRank !== '' && basis.trim() !== ''}
      sending={save}
      close={close}
      submit={() => {
        if (thresholdFen === undefined) return
        const workdays = { appointWorkdays: Number(days) }
        save.mutate({ thresholdFen, chiefRank, secretaryRank, rankMatch, basis, validFrom, ...workdays })
      }}
    >
      <PlainField label="投资额门槛" value={amount} set={setAmount} hint="单位：万元，达到即适用" />
      <SelectField label="首席负责人职级" value={chiefRank} set={setChief} words={ranks} />
      <SelectField label="首办秘书职级" value={secretaryRank} set={setSecretary} words={ranks} />
      <SelectField label="职级口径" value={rankMatch} set={setMatch} words={RANK_MATCH} />
      <PlainField label="几个工作日内配齐" type="number" min="1" value={days} set={setDays} />
      <PlainField label="依据" value={basis} set={setBasis} maxLength={200} />
      <PlainField label="自哪天起" type="date" value={validFrom} set={setFrom} />
    </PanelForm>
  )
}
