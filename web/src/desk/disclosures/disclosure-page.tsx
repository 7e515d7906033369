import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { BodyForm } from './body-form.tsx'
import { PartTag } from './disclosures-page.tsx'
import { type Disclosure, refreshDisclosures, useDisclosure } from './query.ts'
import { TextForm } from './text-form.tsx'
import { EarlierTexts, TextBody, WaitingText } from './text-versions.tsx'
import '../page/page.css'
import './disclosures.css'

/** One body: its four things, each with the text that holds, the one that waits, and those before. */
export function DisclosurePage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useDisclosure(id)
  const [edits, setEdits] = useState(false)
  useTitle(data?.name ?? '四项公开')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>{data.name}</h1>
        <div className="page-acts">
          <Link to="/w/disclosures" className="button button-small">
            全部单位
          </Link>
          <a className="button button-small" href={`/open/disclosures/${id}`} target="_blank" rel="noopener">
            <Icon name="open" size={14} />
            公开页
          </a>
          {data.may.edit && (
            <button type="button" className="button button-small" onClick={() => setEdits(true)}>
              修改登记
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">
        {[
          data.tradeLabel,
          data.isOutside && `由${data.unit.name}代为公开`,
          `自 ${data.obligedFrom} 起应当公开`,
          data.obligedUntil && `至 ${data.obligedUntil} 止`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {edits && <BodyForm body={data} close={() => setEdits(false)} />}
      {data.parts.map((part) => (
        <Part key={part.part} body={data} part={part} />
      ))}
    </div>
  )
}

interface PartProps {
  readonly body: Disclosure
  readonly part: Disclosure['parts'][number]
}
function Part({ body, part }: PartProps) {
  const [writes, setWrites] = useState(false)
  const texts = body.texts.filter((text) => text.part === part.part)
  const held = texts.find(({ version }) => version !== null && version === part.version)
  const latest = texts.filter(({ version }) => version !== null).sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0]
  const waiting = texts.find(({ state }) => state === 'submitted')
  const next = latest === held ? undefined : latest
  const send = useSubmission(
    (given: Parameters<typeof api<'submitDisclosure'>>[1]['body'], key) =>
      api('submitDisclosure', { params: { id: body.id }, body: given, key }),
    {
      done: () => {
        announce(`${part.label}已提交审核`)
        refreshDisclosures()
        setWrites(false)
      },
    },
  )
  return (
    <section className="box part-box" aria-label={part.label}>
      <header className="page-head">
        <h2>{part.label}</h2>
        <PartTag part={part} />
      </header>
      {held ? <TextBody text={held} /> : <p className="muted">还没有公开的内容。</p>}
      {next && (
        <div className="text-waiting">
          <p>
            <span className="tag">已审核</span> 自 {next.effectiveOn} 起执行
          </p>
          <TextBody text={next} />
        </div>
      )}
      {waiting && <WaitingText text={waiting} done={refreshDisclosures} />}
      {body.may.write && !waiting && !writes && (
        <button type="button" className="button" onClick={() => setWrites(true)}>
          {latest ? '更正或续期' : `写${part.label}`}
        </button>
      )}
      {writes && (
        <TextForm
          {...{ before: latest, busy: send.isPending, fault: send.error, close: () => setWrites(false) }}
          title={latest ? `更正${part.label}` : `写${part.label}`}
          submit={(draft) => send.mutate({ ...draft, part: part.part })}
        />
      )}
      <EarlierTexts texts={texts.filter((text) => text !== held && text !== next && text !== waiting)} />
    </section>
  )
}
