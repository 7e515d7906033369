import { FOUR_ONES, FOUR_ONES_OWNER, type FourOnes, type FourOnesOwner } from '@banjie/contract'
import { useState } from 'react'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { refreshDuties, useFourOnes } from './query.ts'
import '../page/page.css'
import './duties.css'

const ONES = Object.entries(FOUR_ONES) as [FourOnes, string][]
type Sheet = Answer<'fourOnes'>

/** Four ones (四个一): what every owner has of what they owe; whoever is short comes first. */
export function FourOnesPage() {
  const { query } = usePlace()
  const on = query.get('on') ?? dayOf(new Date())
  const onlyGaps = query.get('gap') === 'yes'
  const { data, error, isPending, refetch } = useFourOnes(on)
  const [edits, setEdits] = useState(false)
  useTitle('四个一')
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>四个一</h1>
        <div className="page-acts">
          <Link to="/w/liaison?kind=project" className="button button-small">
            重点项目
          </Link>
          {data?.mayKeep && (
            <button type="button" className="button button-small button-primary" onClick={() => setEdits(true)}>
              {data.quota === null ? '定下定额' : '改定额'}
            </button>
          )}
        </div>
      </header>
      {edits && <QuotaForm latest={data?.versions[0]} close={() => setEdits(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && (data.quota === null ? <NoQuota sheet={data} /> : <Rows sheet={data} onlyGaps={onlyGaps} />)}
    </div>
  )
}

const NoQuota = ({ sheet }: { readonly sheet: Sheet }) => (
  <EmptyView>
    {sheet.versions.length > 0
      ? `定额自 ${sheet.versions.at(-1)?.validFrom} 起生效，这一天还没有。`
      : `还没有定下“四个一”的定额${sheet.mayKeep ? '，请点“定下定额”。' : '，由督查定下后这里显示每人还缺什么。'}`}
  </EmptyView>
)

function Rows({ sheet, onlyGaps }: { readonly sheet: Sheet; readonly onlyGaps: boolean }) {
  const { quota, rows, gaps, versions } = sheet
  if (quota === null) return null
  const shown = onlyGaps ? rows.filter(({ short }) => short > 0) : rows
  const words = ONES.map(([, word]) => word)
  return (
    <>
      <FigureList
        label="四个一"
        figures={[
          { label: FOUR_ONES_OWNER[quota.owner], value: rows.length, to: '/w/four-ones' },
          { label: '还有缺口', value: gaps, bad: gaps > 0, to: '/w/four-ones?gap=yes' },
        ]}
      />
      <p className="hint">
        第 {quota.version} 版定额，{quota.validFrom} 起：{ONES.map(([one, word]) => `${word} ${quota[one]}`).join('，')}
        。依据：{quota.basis}
        {versions.length > 1 && `（共 ${versions.length} 版，各管各的日子）`}
      </p>
      <TableSection
        {...{ title: onlyGaps ? '缺口清单' : '定额表', count: shown.length, empty: '没有缺口。' }}
        head={[quota.owner === 'person' ? '责任人' : '单位', ...words]}
      >
        {shown.map((row) => (
          <tr key={row.person?.id ?? row.unit?.id}>
            <td>
              {row.person?.name ?? row.unit?.name}
              {row.person && row.unit && <span className="muted owner-unit"> {row.unit.name}</span>}
            </td>
            {ONES.map(([one]) => (
              <One key={one} of={row[one]} />
            ))}
          </tr>
        ))}
      </TableSection>
    </>
  )
}
const One = ({ of }: { readonly of: Sheet['rows'][number][FourOnes] }) => (
  <td>
    {of.targets.map(({ id, name }) => (
      <span key={id} className="one-target">
        <Link to={`/w/liaison/${id}`}>{name}</Link>
      </span>
    ))}
    {of.short > 0 && <span className="tag tag-bad">■ 缺 {of.short}</span>}
    {of.short === 0 && of.targets.length === 0 && '—'}
  </td>
)

function QuotaForm({ latest, close }: { readonly latest: Sheet['quota'] | undefined; readonly close: () => void }) {
  const [owner, setOwner] = useState<FourOnesOwner>(latest?.owner ?? 'person')
  const [many, setMany] = useState<Readonly<Record<FourOnes, string>>>({
    planned: String(latest?.planned ?? 1),
    negotiated: String(latest?.negotiated ?? 1),
    served: String(latest?.served ?? 1),
    linked: String(latest?.linked ?? 1),
  })
  const [basis, setBasis] = useState(latest?.basis ?? '')
  const [validFrom, setValidFrom] = useState(() => dayOf(new Date()))
  const save = useSubmission(
    (body: Request<'newFourOnesQuota'>['body'], key) => api('newFourOnesQuota', { body, key }),
    {
      done: ({ version }) => {
        announce(`定额第 ${version} 版自 ${validFrom} 起生效`)
        refreshDuties()
        close()
      },
    },
  )
  const numberOf = (one: FourOnes) => Number(many[one])
  return (
    <PanelForm
      title="四个一定额"
      ready={basis.trim() !== '' && validFrom !== '' && ONES.every(([one]) => Number.isInteger(numberOf(one)))}
      sending={save}
      close={close}
      submit={() =>
        save.mutate({
          ...{ owner, basis, validFrom, planned: numberOf('planned'), negotiated: numberOf('negotiated') },
          ...{ served: numberOf('served'), linked: numberOf('linked') },
        })
      }
    >
      <SelectField label="由谁承担" value={owner} set={setOwner} words={FOUR_ONES_OWNER} />
      {ONES.map(([one, word]) => (
        <PlainField
          {...{ label: word, type: 'number', min: '0', value: many[one] }}
          key={one}
          set={(value) => setMany({ ...many, [one]: value })}
        />
      ))}
      <PlainField label="依据" value={basis} set={setBasis} maxLength={200} placeholder="如：四个一工作机制" />
      <PlainField label="自哪天起" type="date" value={validFrom} set={setValidFrom} />
    </PanelForm>
  )
}
