import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { type Answer, api } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'

type Proposal = Answer<'mediaProposal'>
type Subject = Proposal['subject']
const keyOf = ({ kind, ref }: Subject) => `${kind} ${ref}`
const BRIEF = 150

interface MediaMakerProps {
  readonly made: (id: string) => void
  readonly close: () => void
}

/** Makes an item: choose what is public, read the proposed text, put it right, take the link. */
export function MediaMaker({ made, close }: MediaMakerProps) {
  const [key, setKey] = useState<string>()
  const first = useFocusOnce<HTMLElement>()
  const { data: subjects, isPending } = useQuery({
    queryKey: ['mediaSubjects'],
    queryFn: ({ signal }) => api('mediaSubjects', { signal }),
  })
  const subject = subjects?.items.find((one) => keyOf(one) === key)
  const proposal = useQuery({
    queryKey: ['mediaProposal', key],
    queryFn: ({ signal }) =>
      api('mediaProposal', {
        params: { kind: subject?.kind ?? 'answer' },
        query: { ref: subject?.ref ?? '' },
        signal,
      }),
    enabled: subject !== undefined,
  })
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form" aria-label="制作宣传件">
      <h2>制作宣传件</h2>
      <Labelled label="宣传什么" hint="只列出已经公开的内容">
        {({ id }) => (
          <Combobox
            {...{ id, loading: isPending, placeholder: '输入标题查找' }}
            options={(subjects?.items ?? []).map((one) => ({
              ...{ value: keyOf(one), label: one.title, hint: one.note, group: one.kindLabel },
            }))}
            chosen={key === undefined ? [] : [key]}
            choose={([one]) => setKey(one)}
          />
        )}
      </Labelled>
      {proposal.error && <ErrorView error={proposal.error} retry={() => void proposal.refetch()} />}
      {subject && proposal.isPending && <Skeleton rows={4} className="skeleton-text" />}
      {proposal.data && <ReadyForm key={key} proposal={proposal.data} made={made} close={close} />}
      {subject === undefined && (
        <div className="panel-acts">
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      )}
    </section>
  )
}

function ReadyForm({ proposal, made, close }: MediaMakerProps & { readonly proposal: Proposal }) {
  const [title, setTitle] = useState(proposal.title)
  const [brief, setBrief] = useState(proposal.brief)
  const [text, setText] = useState(proposal.text)
  const save = useSubmission(
    (body: Parameters<typeof api<'newMediaItem'>>[1]['body'], key) => api('newMediaItem', { body, key }),
    {
      done: ({ id }) => {
        announce('宣传件已做好')
        made(id)
      },
    },
  )
  const length = [...brief.trim()].length
  const ready = title.trim() !== '' && text.trim() !== '' && length > 0 && length <= BRIEF
  return (
    <form
      className="panel-grid"
      onSubmit={(event) => {
        event.preventDefault()
        const { kind, ref } = proposal.subject
        if (ready) save.mutate({ kind, ref, title, brief, text })
      }}
    >
      <PlainField label="标题" value={title} set={setTitle} maxLength={60} />
      <Labelled label="150 字短文" hint={`${length}/${BRIEF}`} className="field-wide">
        {(field) => (
          <textarea
            {...field}
            className="input"
            rows={4}
            value={brief}
            onChange={(event) => setBrief(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label="长文" className="field-wide">
        {(field) => (
          <textarea
            {...field}
            className="input"
            rows={10}
            maxLength={5000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
      <div className="panel-acts">
        <button type="submit" className="button button-primary" disabled={!ready || save.isPending}>
          {save.isPending ? '正在制作…' : '做成宣传件'}
        </button>
        <button type="button" className="button" onClick={close}>
          取消
        </button>
      </div>
      <FaultNotice fault={save.error} />
    </form>
  )
}
