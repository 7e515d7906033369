import { type CaseEvent, type Happening, listTopics, type Topic } from '#case'
import { createHeard } from './heard.ts'
import { type Reading, readCases, readLessons } from './past.ts'
import { createRecollection, type Recollection } from './recollection.ts'
import { isReported } from './recurrence.ts'
import { type Cursor, listEventIds, listRemembered, listTold, type Told } from './suggestion.sql.ts'

/** How far the past has been read. */
export interface Progress {
  readonly ready: boolean
  readonly share: number
  readonly cases: number
  readonly lessons: number
}

/** What one district's process remembers (记忆), kept up with what happens. */
export interface Memory extends Pick<Recollection, 'learner' | 'similar' | 'nearby' | 'hits'> {
  readonly progress: Progress
  /** Settles when the past has been read; never rejects. */
  readonly whole: Promise<void>
  hear(happenings: readonly Happening[]): void
  /** Reads what others have written since. @returns how many events were new */
  catchUp(): Promise<number>
}

const PAGE = 500
/** So many happenings are taken in at once; the rest waits for the next turn of the loop. */
const AT_ONCE = 20

/** Begins to remember: the past is read in the background, page by page. */
export function createMemory(reading: Reading): Memory {
  const { store, tenant, log, now, signal } = reading
  const mind = createRecollection()
  const heard = createHeard(now)
  const waiting: Happening[] = []
  let topics: readonly Topic[] = []
  let ready = false
  let total = 0
  let chasing: Promise<number> | undefined

  function take({ event, kase }: Happening): void {
    if (heard.has(event.id)) return
    heard.note(event)
    if (!isReported(kase)) return
    mind.learn(toldOf(event), kase, mind.categoryOf(kase.id), topics)
    mind.remember(kase)
  }

  function drain(): void {
    for (const happening of waiting.splice(0, AT_ONCE)) take(happening)
    if (waiting.length > 0) setImmediate(drain)
  }

  /** Takes in those of a page that were not heard, with their cases as they are now. */
  async function takeMissing(page: readonly Cursor[]): Promise<number> {
    const missing = page.filter(({ id }) => !heard.has(id))
    if (missing.length === 0) return 0
    const { told, cases } = await store.tx(
      tenant,
      async (tx) => {
        const told = await listTold(tx, missing)
        const ids = told.map(({ caseId }) => caseId)
        return { told, cases: new Map((await listRemembered(tx, ids)).map((kase) => [kase.id, kase])) }
      },
      { readOnly: true },
    )
    for (const one of told) {
      const kase = cases.get(one.caseId)
      // Heard meanwhile, from this process.
      if (heard.has(one.id)) continue
      heard.note(one)
      if (kase === undefined) continue
      mind.learn(one, kase, mind.categoryOf(kase.id) ?? kase.category, topics)
      mind.remember(kase)
    }
    return told.length
  }

  async function chase(): Promise<number> {
    let fresh = 0
    for (let after = heard.from(); ; ) {
      const from = after
      const page = await store.tx(tenant, (tx) => listEventIds(tx, from, PAGE), { readOnly: true })
      fresh += await takeMissing(page)
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) break
      after = last
    }
    heard.forget()
    return fresh
  }

  async function readPast(): Promise<void> {
    topics = await store.tx(tenant, (tx) => listTopics(tx), { readOnly: true })
    await readLessons(reading, { mind, heard, topics })
    await readCases(reading, mind, (count) => {
      total = count
    })
    await chase()
    ready = true
    // Between the last page and now somebody may have committed.
    await chase()
    log.info({ tenant, cases: mind.size, lessons: mind.learner.lessons }, 'suggestions are ready')
  }
  const whole = readPast().catch((error: unknown) => {
    if (!signal.aborted) log.warn({ err: error, tenant }, 'suggestions could not read the past')
  })

  return {
    ...{ learner: mind.learner, similar: mind.similar, nearby: mind.nearby, whole },
    get hits() {
      return mind.hits
    },
    get progress() {
      const share = ready ? 1 : total === 0 ? 0 : Math.min(0.99, mind.size / total)
      return { ready, share, cases: mind.size, lessons: mind.learner.lessons }
    },
    hear(happenings) {
      // While the past is being read the events are in it.
      if (!ready) return
      const isQuiet = waiting.length === 0
      waiting.push(...happenings)
      if (isQuiet) drain()
    },
    async catchUp() {
      if (!ready) return 0
      chasing ??= chase().finally(() => {
        chasing = undefined
      })
      return chasing
    },
  }
}

const toldOf = ({ id, caseId, at, action, byKind, byPerson, patch }: CaseEvent): Told => ({
  ...{ id, caseId, at, action, byKind, byPerson },
  ...{ category: patch.category ?? null, unit: patch.leadUnitId ?? null, urgency: patch.urgency ?? null },
})
