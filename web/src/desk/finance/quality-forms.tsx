import { type MoveQualityRequest, moneyText, parseMoney, QUALITY_SERVICE, type QualityService } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSession } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { TargetPicker } from '../duties/target-picker.tsx'
import { Labelled } from '../page/labelled.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TickList } from '../page/tick-list.tsx'
import { type QualityRequest, refreshFinance, useProviders } from './query.ts'

const SERVICES = Object.entries(QUALITY_SERVICE) as (readonly [QualityService, string])[]
const TERM_DAYS = 14
const DAY_MS = 86_400_000
const servicesText = (services: readonly QualityService[]) => services.map((one) => QUALITY_SERVICE[one]).join('、')

/** A request to the quality one-stop (登记需求): who needs what, who owes it, and until when. */
export function QualityRequestForm({
  enterprise,
  close,
}: {
  /** The enterprise where it is known already. */
  readonly enterprise?: string
  readonly close: () => void
}) {
  const own = useSession().data?.unitId ?? undefined
  const [firm, setFirm] = useState(enterprise)
  const [services, setServices] = useState<readonly QualityService[]>([])
  const [need, setNeed] = useState('')
  const [unitId, setUnit] = useState<string | undefined>(own)
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [dueOn, setDue] = useState(() => dayOf(new Date(Date.now() + TERM_DAYS * DAY_MS)))
  const save = useSubmission(
    (body: Request<'newQualityRequest'>['body'], key) => api('newQualityRequest', { body, key }),
    {
      done: (made) => {
        announce(
          `已登记 ${made.enterprise.name} 的${servicesText(made.services)}需求，${made.unit.name}须在 ${made.dueOn} 前完成`,
        )
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title="登记质量服务需求"
      ready={firm !== undefined && unitId !== undefined && services.length > 0 && need.trim() !== '' && dueOn !== ''}
      sending={save}
      close={close}
      submit={() =>
        firm !== undefined &&
        unitId !== undefined &&
        save.mutate({ enterpriseId: firm, services: [...services], need, unitId, on, dueOn })
      }
    >
      {enterprise === undefined && <TargetPicker label="企业" kind="enterprise" chosen={firm} choose={setFirm} />}
      <TickList label="服务" options={SERVICES} chosen={services} choose={setServices} />
      <LinesField label="需要什么" value={need} set={setNeed} placeholder="如 新产品出厂检测、量具检定" />
      <Labelled label="责任单位" hint="到完成为止，这一项在该单位的台账上">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => setUnit(one)} />}
      </Labelled>
      <PlainField label="受理日期" type="date" value={on} set={setOn} />
      <PlainField label="办理期限" type="date" value={dueOn} set={setDue} />
    </PanelForm>
  )
}

/** A provider of the directory (登记机构) and what it does. */
export function ProviderForm({ close }: { readonly close: () => void }) {
  const [name, setName] = useState('')
  const [services, setServices] = useState<readonly QualityService[]>([])
  const save = useSubmission(
    (body: Request<'newQualityProvider'>['body'], key) => api('newQualityProvider', { body, key }),
    {
      done: (made) => {
        announce(`已登记机构 ${made.name}`)
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title="登记机构"
      ready={name.trim() !== '' && services.length > 0}
      sending={save}
      close={close}
      submit={() => save.mutate({ name, services: [...services] })}
    >
      <PlainField label="机构名称" value={name} set={setName} maxLength={60} />
      <TickList label="能做的服务" options={SERVICES} chosen={services} choose={setServices} />
    </PanelForm>
  )
}

export type QualityMove = MoveQualityRequest['to']
export const QUALITY_ACT = { quoted: '报价', done: '完成', withdrawn: '撤回' } as const satisfies Record<
  QualityMove,
  string
>
/** The next step of a request (报价、完成、撤回); a quote names one of the providers that do all that is asked for. */
export function QualityMoveForm(props: {
  readonly request: QualityRequest
  readonly to: QualityMove
  readonly close: () => void
}) {
  const { request, to, close } = props
  const fit = useFitProviders(request)
  const [picked, setPicked] = useState<string>(request.provider?.id ?? '')
  const providerId = picked || (fit[0]?.id ?? '')
  const [yuan, setYuan] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [note, setNote] = useState('')
  const feeFen = parseMoney(yuan, '元')
  const save = useSubmission(
    (body: Request<'moveQualityRequest'>['body'], key) =>
      api('moveQualityRequest', { params: { id: request.id }, body, key }),
    {
      done: (made) => {
        announce(`${made.enterprise.name} ${QUALITY_ACT[to]}`)
        refreshFinance()
        close()
      },
    },
  )
  const quotes = to === 'quoted'
  const isReady = quotes ? providerId !== '' && feeFen !== undefined : to === 'done' || note.trim() !== ''
  return (
    <PanelForm
      title={`${QUALITY_ACT[to]}：${request.enterprise.name} ${servicesText(request.services)}`}
      ready={isReady && on !== ''}
      sending={save}
      close={close}
      submit={() =>
        save.mutate({ to, on, ...(quotes && { providerId, feeFen }), ...(!quotes && note !== '' && { note }) })
      }
    >
      {quotes && (
        <SelectField
          label="机构"
          value={providerId}
          set={setPicked}
          words={Object.fromEntries(fit.map(({ id, name }) => [id, name]))}
          {...(fit.length === 0 && {
            hint: `名录中没有能做${servicesText(request.services)}的机构，请先在“融资—质量服务”点“登记机构”`,
          })}
        />
      )}
      {quotes && (
        <PlainField
          label="报价"
          value={yuan}
          set={setYuan}
          placeholder="元"
          hint={yuan === '' ? '单位元' : feeFen === undefined ? '请填写数字，如 1200' : `即 ${moneyText(feeFen)}`}
        />
      )}
      <PlainField label="日期" type="date" value={on} set={setOn} />
      {!quotes && (
        <PlainField
          {...{ label: to === 'withdrawn' ? '原因' : '结果', optional: to === 'done', value: note, maxLength: 200 }}
          set={setNote}
        />
      )}
    </PanelForm>
  )
}

function useFitProviders({ services }: QualityRequest) {
  const all = useProviders().data?.items ?? []
  return all.filter((one) => services.every((service) => one.services.includes(service)))
}
