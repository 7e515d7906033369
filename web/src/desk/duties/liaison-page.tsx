import { LIAISON_TARGET_KIND, type LiaisonTargetKind } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { type Coverage, refreshDuties, type TargetRow, useCoverage, useTargets } from './query.ts'
import '../page/page.css'
import './duties.css'

const KEEPERS = ['supervisor', 'admin'] as const
const KINDS = ['enterprise', 'project', 'organisation'] as const satisfies readonly LiaisonTargetKind[]

/** Liaison (包保走访): leaders × targets, what nobody answers for, and the targets behind each figure. */
export function LiaisonPage({ session }: { readonly session: Session }) {
  const { query } = usePlace()
  const { data, error, isPending, refetch } = useCoverage()
  const [adds, setAdds] = useState(false)
  useTitle('包保走访')
  const kind = KINDS.find((one) => one === query.get('kind'))
  const person = query.get('person') ?? undefined
  const gap = query.get('gap') === 'yes'
  const isChosen = kind !== undefined || person !== undefined || gap
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>包保走访</h1>
        <div className="page-acts">
          <Link to="/w/liaison?person=me" className="button button-small">
            我的包保
          </Link>
          {KEEPERS.some((role) => session.roles.includes(role)) && (
            <button type="button" className="button button-small button-primary" onClick={() => setAdds(true)}>
              登记对象
            </button>
          )}
        </div>
      </header>
      {adds && <TargetForm close={() => setAdds(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && <Counts coverage={data} />}
      {isChosen && (
        <Targets
          wanted={{
            ...(kind && { kind }),
            ...(person && { person: person as 'me' }),
            ...(gap && { gap: 'yes' as const }),
          }}
          title={titleOf({ kind, gap, person }, data)}
        />
      )}
      {data && !isChosen && <Matrix coverage={data} />}
    </div>
  )
}

function titleOf(
  { kind, gap, person }: { kind: LiaisonTargetKind | undefined; gap: boolean; person: string | undefined },
  coverage: Coverage | undefined,
): string {
  if (gap) return '无人主包保的对象'
  const who = person === 'me' ? '我' : coverage?.rows.find((row) => row.person.id === person)?.person.name
  return [who && `${who}包保的`, kind === undefined ? '对象' : LIAISON_TARGET_KIND[kind]].filter(Boolean).join('')
}

const Counts = ({ coverage }: { readonly coverage: Coverage }) => (
  <FigureList
    label="包保覆盖"
    figures={[
      { label: '包保人', value: coverage.leaders, unit: '名', to: '/w/liaison' },
      ...KINDS.map((kind) => ({
        label: LIAISON_TARGET_KIND[kind],
        value: `${coverage.covered[kind]}/${coverage.targets[kind]}`,
        under: `已走访 ${coverage.contacted[kind]}`,
        bad: coverage.covered[kind] < coverage.targets[kind],
        to: `/w/liaison?kind=${kind}`,
      })),
      {
        ...{ label: '无人主包保', value: coverage.uncoveredCount, unit: '个', to: '/w/liaison?gap=yes' },
        bad: coverage.uncoveredCount > 0,
      },
    ]}
  />
)

const Matrix = ({ coverage }: { readonly coverage: Coverage }) => (
  <TableSection
    {...{ title: '领导 × 对象', count: coverage.rows.length, empty: '还没有确定包保人。' }}
    head={['包保人', '职务', ...KINDS.map((kind) => LIAISON_TARGET_KIND[kind]), '协同']}
    counts={[...KINDS.map((kind) => LIAISON_TARGET_KIND[kind]), '协同']}
  >
    {coverage.rows.map(({ person, post, main, assisting }) => (
      <tr key={person.id}>
        <td>
          <Link to={`/w/liaison?person=${person.id}`}>{person.name}</Link>
        </td>
        <td>{post ?? '—'}</td>
        {KINDS.map((kind) => (
          <td key={kind} className="is-count">
            {main[kind] === 0 ? 0 : <Link to={`/w/liaison?person=${person.id}&kind=${kind}`}>{main[kind]}</Link>}
          </td>
        ))}
        <td className="is-count">{assisting}</td>
      </tr>
    ))}
  </TableSection>
)

function Targets({
  wanted,
  title,
}: {
  readonly wanted: NonNullable<Request<'liaisonTargets'>['query']>
  readonly title: string
}) {
  const { data, error, isPending, refetch } = useTargets(wanted)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  if (data.items.length === 0) return <EmptyView>没有这样的对象。</EmptyView>
  return (
    <TableSection
      {...{ title, count: data.items.length, empty: '' }}
      head={['对象', '类别', '主包保人', '走访次数', '最近走访', '在办问题']}
      counts={['走访次数', '在办问题']}
    >
      {data.items.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </TableSection>
  )
}

const Row = ({ row }: { readonly row: TargetRow }) => (
  <tr>
    <td>
      <Link to={`/w/liaison/${row.id}`}>{row.name}</Link>
    </td>
    <td>{LIAISON_TARGET_KIND[row.kind]}</td>
    <td>{row.main?.name ?? <span className="tag tag-bad">■ 无人</span>}</td>
    <td className="is-count">{row.visits}</td>
    <td>{row.lastVisitOn ?? '还没有'}</td>
    <td className="is-count">{row.openCases}</td>
  </tr>
)

function TargetForm({ close }: { readonly close: () => void }) {
  const [kind, setKind] = useState<LiaisonTargetKind>('enterprise')
  const [draft, setDraft] = useState({ name: '', uscc: '', contact: '', phone: '' })
  const save = useSubmission(
    (body: Request<'newLiaisonTarget'>['body'], key) => api('newLiaisonTarget', { body, key }),
    {
      done: ({ id, name }) => {
        announce(`已登记“${name}”`)
        refreshDuties()
        close()
        go(`/w/liaison/${id}`)
      },
    },
  )
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  return (
    <PanelForm
      title="登记包保对象"
      ready={draft.name.trim() !== ''}
      sending={save}
      close={close}
      submit={() => {
        const { name, uscc, contact, phone } = draft
        save.mutate({ kind, name, uscc, contact: { name: contact, phone } })
      }}
    >
      <SelectField label="类别" value={kind} set={setKind} words={LIAISON_TARGET_KIND} />
      <PlainField label="名称" value={draft.name} set={set('name')} maxLength={100} />
      <PlainField label="统一社会信用代码" optional value={draft.uscc} set={set('uscc')} maxLength={18} />
      <PlainField label="联系人" optional value={draft.contact} set={set('contact')} maxLength={50} />
      <PlainField label="电话" optional type="tel" value={draft.phone} set={set('phone')} maxLength={20} />
    </PanelForm>
  )
}
