import type { VisitKind, VisitPurpose } from '@banjie/contract'
import { useEffect, useRef, useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { device } from './device-store.ts'
import type { VisitBody } from './visit-outbox.ts'

/** What the form of a visit holds. */
export interface VisitDraft {
  readonly targetId: string | undefined
  readonly kind: VisitKind
  readonly on: string
  readonly officials: readonly string[]
  readonly note: string
  readonly problems: readonly { readonly content: string; readonly aspect: string }[]
  readonly purpose: VisitPurpose
  readonly caseIds: readonly string[]
  /** What they said of each answer; absent where they said nothing. */
  readonly verdicts: Readonly<Record<string, boolean>>
  readonly mayQuote: boolean
  /** Which campaigns count the visit, where somebody decided it; the others are as their scope says. */
  readonly decided: Readonly<Record<string, boolean>>
  /** As what the officials went (四员). */
  readonly duties: readonly string[]
  readonly more: Readonly<Record<keyof typeof BLANK, string>>
}
export const BLANK = {
  ...{ place: '', present: '', services: '', policies: '', facts: '', wishes: '', quote: '' },
}

export const emptyDraft = (session: Session, targetId: string | undefined, kind: VisitKind): VisitDraft => ({
  ...{ targetId, kind, on: dayOf(new Date()), officials: [session.personId], note: '', problems: [] },
  ...{ purpose: 'collect', caseIds: [], verdicts: {}, mayQuote: false, decided: {}, duties: [], more: BLANK },
})

/** The visit as it is sent. */
export function bodyOf(
  draft: VisitDraft,
  {
    clientId,
    targetId,
    campaigns,
  }: { readonly clientId: string; readonly targetId: string; readonly campaigns: readonly string[] },
): VisitBody {
  const { more, verdicts, problems, officials, caseIds, decided: _, duties, ...plain } = draft
  const isVerified = draft.purpose === 'verify' || draft.kind === 'phone'
  return {
    ...{ ...plain, ...more, clientId, targetId, officials: [...officials], caseIds: [...caseIds] },
    mayQuote: draft.mayQuote && more.quote.trim() !== '',
    tags: [...campaigns, ...duties],
    problems: problems.filter(({ content }) => content.trim() !== ''),
    verdicts: caseIds.flatMap((caseId) => {
      const satisfied = verdicts[caseId]
      return !isVerified || satisfied === undefined ? [] : [{ caseId, satisfied, solved: satisfied }]
    }),
  }
}

const PAUSE_MS = 400
/**
 * A form whose words survive a phone that puts the page to sleep (草稿): they lie on this device under the person and the target, until they are
 * sent or thrown away.
 */
export function useVisitDraft(key: string, start: VisitDraft) {
  const [draft, setDraft] = useState(start)
  const [isRestored, setRestored] = useState(false)
  const touched = useRef(false)
  useEffect(() => {
    let isGone = false
    void device.find('draft', key).then(
      (kept) => {
        if (isGone || touched.current || kept === undefined) return
        setDraft(kept as VisitDraft)
        setRestored(true)
      },
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [key])
  useEffect(() => {
    if (!touched.current) return
    const soon = setTimeout(() => void device.keep('draft', key, draft).catch(() => undefined), PAUSE_MS)
    return () => clearTimeout(soon)
  }, [key, draft])
  return {
    ...{ draft, isRestored },
    change(part: Partial<VisitDraft>) {
      touched.current = true
      setDraft((before) => ({ ...before, ...part }))
    },
    async forget() {
      touched.current = false
      await device.drop('draft', key).catch(() => undefined)
    },
  }
}
