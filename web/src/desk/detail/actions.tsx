import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { forgetDraft, wordsOf } from '../../form/draft.ts'
import { fieldsOf, startOf, type Values } from '../../form/schema.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { type ApiFault, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { KeyMark } from '../../shared/key-mark.tsx'
import { rememberCase } from '../../shared/query.ts'
import type { Action, CaseAnswer, Kase } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { ACTION_KEY, useKeys } from '../keyboard.ts'
import { useNarrow } from '../media.ts'
import { ActionSuggestion, withSuggestion } from '../suggestion/action-suggestion.tsx'
import { MachineDraft } from '../suggestion/machine-draft.tsx'
import { type Suggestion, useCaseSuggestion } from '../suggestion/use-suggestion.ts'
import { arrange } from './action-menu.ts'
import type { Done } from './case-view.tsx'
import { MoreMenu } from './more-menu.tsx'
import { Proposal } from './proposal.tsx'

interface ActionsProps {
  readonly answer: CaseAnswer
  readonly done: Done
  /** Tells above the case what has changed under the reader's hands. */
  readonly tell: (notice: string | null) => void
}

/** Buttons beside the menu. */
const ROOM = { wide: 4, narrow: 2 } as const

/** What may be done now. One action is the next step; choosing any opens its form here, below what is being answered. */
export function Actions({ answer, done, tell }: ActionsProps) {
  const client = useQueryClient()
  const narrow = useNarrow()
  const { case: kase, actions } = answer
  const [name, setName] = useState<string | null>(null)
  const known = useCaseSuggestion(kase, SUGGESTED_AT.has(kase.stage))
  const found = actions.find((action) => action.name === name)
  const chosen = found && withSuggestion(found, kase, known)
  const send = useSubmission(
    ({ action, version, input }: { action: string; version: number; input: Record<string, unknown> }, key) =>
      api('act', { params: { id: kase.id, action }, body: { version, input }, key }),
    {
      done: (after) => {
        const action = actions.find((one) => one.name === send.variables?.action) ?? chosen
        forgetDraft(draftOf(kase, send.variables?.action ?? ''))
        setName(null)
        tell(null)
        rememberCase(after)
        if (action) done({ action, before: kase, after: after.case })
      },
      failed: (fault) => {
        if (fault.code === 'case.version_stale') showPresent(fault)
        else if (chosen === undefined) announce(fault.message, 'bad')
      },
    },
  )
  const showPresent = (fault: ApiFault) => {
    const present = fault.problem as unknown as Partial<CaseAnswer>
    if (present.case && present.clocks && present.actions)
      client.setQueryData(['case', kase.number], {
        case: present.case,
        clocks: present.clocks,
        actions: present.actions,
      })
    else void client.invalidateQueries({ queryKey: ['case', kase.number] })
    tell(fault.message)
  }
  const choose = (action: Action) => {
    send.reset()
    tell(null)
    if (fieldsOf(action.input).length === 0) send.mutate({ action: action.name, version: kase.version, input: {} })
    else setName(action.name)
  }
  useKeys(
    Object.fromEntries(
      actions.flatMap((action) => (ACTION_KEY[action.name] ? [[ACTION_KEY[action.name], () => choose(action)]] : [])),
    ),
  )

  if (chosen)
    return (
      <ActionForm
        key={chosen.name}
        kase={kase}
        action={chosen}
        suggested={known}
        fault={send.error}
        pending={send.isPending}
        submit={(input) => send.mutate({ action: chosen.name, version: kase.version, input })}
        cancel={() => setName(null)}
      />
    )
  const orphan = name === null ? '' : wordsOf(draftOf(kase, name))
  const { direct, groups } = arrange(actions, narrow ? ROOM.narrow : ROOM.wide)
  return (
    <section className="acts" aria-label="可以办理的动作">
      {orphan !== '' && <Orphan words={orphan} drop={() => setName(null)} />}
      {actions.length === 0 && (
        <span className="muted">{kase.closedAt === null ? '这一步不由您办理，可以查看进展。' : '事项已经办结。'}</span>
      )}
      {direct.map((action) => (
        <ActionButton key={action.name} action={action} busy={send.isPending} choose={choose} />
      ))}
      {groups.length > 0 && <MoreMenu groups={groups} busy={send.isPending} choose={choose} />}
    </section>
  )
}

/** What was typed for an action that somebody else has made impossible. */
const Orphan = ({ words, drop }: { readonly words: string; readonly drop: () => void }) => (
  <div className="orphan">
    <p>这个动作已不能进行。您写的内容还在，可复制后使用：</p>
    <textarea className="input textarea" readOnly aria-label="您写的内容" value={words} />
    <button type="button" className="button button-small" onClick={drop}>
      收起
    </button>
  </div>
)

function ActionButton({
  action,
  busy,
  choose,
}: {
  readonly action: Action
  readonly busy: boolean
  readonly choose: (action: Action) => void
}) {
  const key = ACTION_KEY[action.name]
  return (
    <button
      type="button"
      className={`button ${action.primary ? 'button-primary' : ''}`}
      disabled={busy}
      aria-keyshortcuts={key}
      onClick={() => choose(action)}
    >
      {action.label}
      {key && <KeyMark>{key.toUpperCase()}</KeyMark>}
    </button>
  )
}

interface ActionFormProps {
  readonly kase: Kase
  readonly action: Action
  readonly suggested: Suggestion | undefined
  readonly fault: ApiFault | null
  readonly pending: boolean
  readonly submit: (input: Record<string, unknown>) => void
  readonly cancel: () => void
}

function ActionForm({ kase, action, suggested, fault, pending, submit, cancel }: ActionFormProps) {
  // Made once: what the server proposes later must not overwrite what is being typed.
  const start = useMemo(() => startOf(fieldsOf(action.input), action.proposal, KNOWN[action.name]?.(kase)), [])
  return (
    <section className="act-form" aria-label={action.label}>
      <header className="act-head">
        <h2>{action.label}</h2>
        <button type="button" className="icon-button" aria-label="收起" title="收起（Esc）" onClick={cancel}>
          <Icon name="down" />
        </button>
      </header>
      <SchemaForm
        schema={action.input}
        start={start}
        draft={draftOf(kase, action.name)}
        context={{
          unit: kase.leadUnit?.id,
          category: kase.category ?? undefined,
          // Once there is something learned, the dictionary's guess beside it only repeats or contradicts it.
          text: suggested === undefined ? `${kase.title} ${kase.content}` : '',
        }}
        submitLabel={action.label}
        fault={fault}
        pending={pending}
        submit={submit}
        cancel={cancel}
      >
        {(set) => (
          <>
            {action.proposal && <Proposal proposal={action.proposal} />}
            {suggested && <ActionSuggestion action={action} suggestion={suggested} set={set} />}
            <MachineDraft kase={kase} action={action.name} set={set} />
          </>
        )}
      </SchemaForm>
    </section>
  )
}

/** Until somebody has the work, it can be suggested who should. */
const SUGGESTED_AT: ReadonlySet<string> = new Set(['received', 'accepted'])

const draftOf = (kase: Kase, action: string) => `${kase.id} ${action}`

/** What the case already says; the form starts with it. */
const KNOWN: Readonly<Record<string, (kase: Kase) => Values>> = {
  accept: ({ category, urgency, summary }) => ({ category, urgency, summary }),
  draftAnswer: ({ answer, outcome, promisedOn }) => ({ text: answer, outcome, promisedOn }),
}
