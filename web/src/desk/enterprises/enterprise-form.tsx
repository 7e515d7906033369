import {
  ENTERPRISE_SIZE,
  type EnterpriseSize,
  FIGURES_CLASS,
  type FiguresClass,
  PARTY_ORGANISATION,
  type PartyOrganisation,
} from '@banjie/contract'
import { useState } from 'react'
import { type ApiFault, api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { go } from '../router.ts'
import { type Enterprise, refreshEnterprises } from './query.ts'

const DOUBTS: readonly (string | undefined)[] = ['uscc.check_fails', 'uscc.organisation_check_fails']
const isDoubt = (fault: ApiFault | null) => DOUBTS.includes(fault?.code)
type Body = Request<'newEnterprise'>['body']

/** Registers an enterprise, or edits the sheet of one; a doubtful code asks for the licence. */
export function EnterpriseForm({ known, close }: { readonly known?: Enterprise; readonly close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(known))
  const [kinds, setKinds] = useState(() => kindsOf(known))
  const save = useSubmission<Body, Enterprise>(
    (body, key) =>
      known === undefined
        ? api('newEnterprise', { body, key })
        : api('editEnterprise', { params: { id: known.id }, body: { ...body, basedOn: known.updatedAt }, key }),
    {
      done: ({ id, name }) => {
        announce(`已保存“${name}”`)
        refreshEnterprises()
        close()
        go(`/w/enterprises/${id}`)
      },
    },
  )
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const field = (name: keyof typeof draft, label: string, maxLength: number) => (
    <PlainField label={label} optional value={draft[name]} set={set(name)} maxLength={maxLength} />
  )
  const pick = (changes: Partial<typeof kinds>) => setKinds((before) => ({ ...before, ...changes }))
  return (
    <PanelForm
      title={known === undefined ? '登记企业' : '修改企业信息'}
      ready={draft.name.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate(bodyOf(draft, kinds, known))}
    >
      <PlainField label="名称" value={draft.name} set={set('name')} maxLength={100} />
      {field('uscc', '统一社会信用代码', 40)}
      {(isDoubt(save.error) || draft.seen !== '') && (
        <PlainField
          {...{ label: '已核对执照', hint: '写明核对情况，如“已核对营业执照原件”', maxLength: 200 }}
          value={draft.seen}
          set={set('seen')}
        />
      )}
      {field('divisionCode', '区划代码', 12)}
      {field('industry', '行业', 60)}
      {field('chain', '产业链', 40)}
      <PlainField label="成立日期" optional type="date" value={draft.registeredOn} set={set('registeredOn')} />
      {field('address', '地址', 200)}
      <SelectField<EnterpriseSize | ''>
        label={`${kinds.year} 年规模`}
        value={kinds.size}
        set={(size) => pick({ size })}
        words={{ '': '未标明', ...ENTERPRISE_SIZE }}
      />
      <SelectField
        label={`${kinds.year} 年规上`}
        value={kinds.above}
        set={(above) => pick({ above })}
        words={{ no: '否', yes: '是' }}
      />
      <SelectField<PartyOrganisation | ''>
        label="党组织"
        value={kinds.party}
        set={(party) => pick({ party })}
        words={{ '': '未登记', ...PARTY_ORGANISATION }}
      />
      <PlainField label="党员人数" type="number" min="0" value={draft.members} set={set('members')} />
      {field('partyInstructor', '党建指导员', 50)}
      {(known?.titles.length ?? 0) === 0 && known?.titlesRecorded !== true && (
        <SelectField
          label="资质称号"
          value={kinds.titles}
          set={(titles) => pick({ titles })}
          words={{ kept: '未登记', none: '已核对，没有资质' }}
        />
      )}
      <SelectField label="指标密级" value={kinds.figures} set={(figures) => pick({ figures })} words={FIGURES_CLASS} />
      {known === undefined && field('contact', '联系人', 50)}
      {known === undefined && <PlainField label="电话" optional type="tel" value={draft.phone} set={set('phone')} />}
    </PanelForm>
  )
}

const draftOf = (known: Enterprise | undefined) => ({
  ...{ name: known?.name ?? '', uscc: known?.uscc ?? '', divisionCode: known?.divisionCode ?? '', seen: '' },
  ...{ industry: known?.industry ?? '', chain: known?.chain ?? '', registeredOn: known?.registeredOn ?? '' },
  ...{ address: known?.address ?? '', members: String(known?.partyMembers ?? 0) },
  ...{ partyInstructor: known?.partyInstructor ?? '', contact: '', phone: '' },
})
interface Kinds {
  readonly year: number
  readonly size: EnterpriseSize | ''
  readonly above: 'yes' | 'no'
  readonly party: PartyOrganisation | ''
  readonly titles: 'kept' | 'none'
  readonly figures: FiguresClass
}
function kindsOf(known: Enterprise | undefined): Kinds {
  const year = Number(dayOf(new Date()).slice(0, 4))
  const now = known?.years.find((one) => one.year === year)
  return {
    ...{ year, size: now?.size ?? '', above: now?.aboveScale === true ? 'yes' : 'no' },
    ...{ party: known?.partyOrganisation ?? '', titles: 'kept', figures: known?.figuresClass ?? 'bound' },
  }
}

function bodyOf(draft: ReturnType<typeof draftOf>, kinds: Kinds, known: Enterprise | undefined): Body {
  const { seen, members, contact, phone, registeredOn, ...texts } = draft
  const years = known?.years ?? []
  const now = years.find(({ year }) => year === kinds.year)
  const isTold = now !== undefined || kinds.size !== '' || kinds.above === 'yes'
  const row = {
    ...{ year: kinds.year, size: kinds.size === '' ? null : kinds.size, aboveScale: kinds.above === 'yes' },
    ...{ staff: now?.staff ?? null, source: now?.source ?? '登记' },
  }
  return {
    ...texts,
    ...(registeredOn !== '' && { registeredOn }),
    ...(seen.trim() !== '' && { usccConfirmed: { note: seen } }),
    ...{
      partyOrganisation: kinds.party === '' ? null : kinds.party,
      partyMembers: Number(members) || 0,
      figuresClass: kinds.figures,
    },
    ...(kinds.titles === 'none' && { titles: [] }),
    years: isTold ? [row, ...years.filter(({ year }) => year !== kinds.year)] : [...years],
    ...(known === undefined && (contact || phone) && { contacts: [{ name: contact, phone }] }),
  }
}
