import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import type { Session } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { CommitForm } from './commit-form.tsx'
import { WordTag } from './items-tab.tsx'
import { mayDraft } from './keeper.ts'
import type { ListView } from './query.ts'

type Unit = Answer<'listCommitments'>['units'][number]
const SHOWN = { all: '全部单位', without: '还没有承诺的', with: '已公开承诺的' } as const
type Shown = keyof typeof SHOWN
const fits = ({ published }: Unit, shown: Shown) => shown === 'all' || published > 0 === (shown === 'with')

/** Commitments (公开承诺): who has given its word and who has not; each figure is the number of its rows. */
export function CommitmentsTab({ view, session }: { readonly view: ListView; readonly session: Session }) {
  const { id } = view.list
  const [shown, setShown] = useState<Shown>('all')
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['lists', id, 'commitments'],
    queryFn: ({ signal }) => api('listCommitments', { params: { id }, signal }),
  })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={5} className="skeleton-text" />
  const units = data.units.filter((unit) => fits(unit, shown))
  return (
    <>
      <section className="panel list-figures" aria-label="承诺情况">
        <p className="list-figure">
          <b>
            {data.having}/{data.owing}
          </b>
          <span>个责任单位已公开承诺{data.share !== null && `（${data.share}%）`}</span>
        </p>
        <select
          className="input input-days"
          aria-label="看哪些单位"
          value={shown}
          onChange={(event) => setShown(event.target.value as Shown)}
        >
          {Object.entries(SHOWN).map(([key, word]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </select>
      </section>
      {mayDraft(session) && view.list.state !== 'closed' && <CommitForm view={view} session={session} />}
      <TableSection
        title={SHOWN[shown]}
        count={units.length}
        head={['单位', '应承诺的问题', '承诺', '期限', '状态']}
        empty="没有这样的单位。"
      >
        {units.flatMap(rowsOf)}
      </TableSection>
      <p className="hint">承诺由经办人拟稿、单位负责人审签（不能自拟自签）、督查室公开；到期未兑现自动记为失信。</p>
    </>
  )
}

function rowsOf({ unit, items, commitments }: Unit) {
  const owed = items.map(({ title }) => title).join('；')
  if (commitments.length === 0)
    return [
      <tr key={unit.id}>
        <td>{unit.name}</td>
        <td className="is-reason">{owed}</td>
        <td colSpan={3}>
          <span className="tag">还没有承诺</span>
        </td>
      </tr>,
    ]
  return commitments.map((word, i) => (
    <tr key={word.id}>
      <td>{i === 0 ? unit.name : ''}</td>
      <td className="is-reason">{word.item ?? (i === 0 ? `整份清单：${owed}` : '整份清单')}</td>
      <td className="is-reason">
        <CaseName number={word.number} title={word.text} />
        {word.versions.slice(1).map(({ at, reason }) => (
          <span key={at} className="list-progress muted">
            更正：{reason}
          </span>
        ))}
      </td>
      <td>{word.deadline}</td>
      <td>
        <WordTag word={word} />
        {word.state === 'published' && <LightMark light={word.light} />}
      </td>
    </tr>
  ))
}
