import { LIGHT, LIGHT_SHAPE } from '@banjie/contract'
import { useState } from 'react'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { CaseName } from '../page/case-name.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { refreshMeetings, useIssues } from './query.ts'

/** What enterprises raised at a meeting (企业提出的问题): each is the enterprise’s own case and is owed an answer. */
export function IssueList({ meeting }: { readonly meeting: string }) {
  const { data, error, isPending, refetch } = useIssues(meeting)
  const [isOpen, setOpen] = useState(false)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  const { items, unanswered, enterprises, mayRaise } = data
  if (items.length === 0 && enterprises.length === 0) return null
  return (
    <section className="panel" aria-label="企业提出的问题">
      <h2>
        企业提出的问题{' '}
        {items.length > 0 && (
          <span className={`tag ${unanswered === 0 ? 'tag-good' : ''}`}>
            {unanswered === 0 ? `${items.length} 件都已答复` : `${items.length} 件，${unanswered} 件未答复`}
          </span>
        )}
      </h2>
      {items.length === 0 && <p className="muted">到会企业还没有提出问题。登记后即是该企业的诉求，按期答复。</p>}
      <ul className="meeting-issues">
        {items.map(({ enterprise, case: kase, answered }) => (
          <li key={kase.id}>
            <Link to={`/w/enterprises/${enterprise.id}`}>{enterprise.name}</Link>
            <CaseName number={kase.number} title={kase.title} />
            <span className="muted">
              {kase.stageLabel}
              {!answered && (
                <>
                  {' · '}
                  <span aria-hidden="true">{LIGHT_SHAPE[kase.light]}</span> {LIGHT[kase.light]}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {isOpen ? (
        <IssueForm meeting={meeting} enterprises={enterprises} close={() => setOpen(false)} />
      ) : (
        mayRaise &&
        enterprises.length > 0 && (
          <button type="button" className="button button-small all-meetings no-print" onClick={() => setOpen(true)}>
            登记企业提出的问题
          </button>
        )
      )}
    </section>
  )
}

function IssueForm({
  meeting,
  enterprises,
  close,
}: {
  readonly meeting: string
  readonly enterprises: Answer<'meetingIssues'>['enterprises']
  readonly close: () => void
}) {
  const [enterpriseId, setEnterprise] = useState<string>(enterprises[0]?.id ?? '')
  const [content, setContent] = useState('')
  const save = useSubmission(
    (body: Request<'newMeetingIssue'>['body'], key) => api('newMeetingIssue', { params: { id: meeting }, body, key }),
    {
      done: () => {
        announce('已登记为该企业的诉求')
        refreshMeetings()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: '登记企业提出的问题', act: '登记', sending: save, close }}
      ready={enterpriseId !== '' && content.trim() !== ''}
      submit={() => save.mutate({ enterpriseId: enterpriseId as never, content })}
    >
      <SelectField
        label="企业"
        value={enterpriseId}
        set={setEnterprise}
        words={Object.fromEntries(enterprises.map(({ id, name }) => [id, name]))}
      />
      <LinesField label="提出的问题" value={content} set={setContent} />
    </PanelForm>
  )
}
