import type { CaseId } from '@banjie/contract'
import { type CaseState, isOnlySpoken, type Sight, sees, type Topic } from '#case'
import { createTextIndex, type Hit } from '#text'
import { createHits, type Hit as Judged } from './hits.ts'
import { createLearner, type Learner } from './learner.ts'
import { isNear, type Place, placeIn } from './place.ts'
import type { Remembered, Told } from './suggestion.sql.ts'

/** What is kept of a case beside the index of its words. */
type Known = Place & Pick<Remembered, 'category' | 'confidential' | 'leadUnitId' | 'assistingUnitIds' | 'closedAt'>
export interface Sought {
  readonly title?: string | undefined
  readonly content: string
  readonly place: Place
  readonly at: Date
  readonly except?: CaseId | undefined
}

/** Words and places of a district's cases and what its clerks taught (所知): in memory, without a clock or a database. */
export interface Recollection {
  readonly learner: Learner
  readonly size: number
  /** How often the category suggested first was the one the person gave. */
  readonly hits: readonly Judged[]
  remember(kase: Remembered): void
  /**
   * Takes the lesson of an event, where it holds one.
   * @param before the category the case had without this event
   * @param topics judges what would have been suggested, before the lesson is learned; left out, nothing is judged
   */
  learn(
    told: Told,
    words: Pick<CaseState, 'title' | 'content' | 'divisionCode'>,
    before: string | null,
    topics?: readonly Topic[],
  ): void
  categoryOf(id: CaseId): string | null
  /** Similar cases that the caller may see. */
  similar(sought: Sought, sight: Sight, limit: number): Hit[]
  /** Similar cases near a place, open or closed since, that nobody asked to keep quiet about. */
  nearby(sought: Sought, since: Date, limit: number): Hit[]
}

const LED: ReadonlySet<string> = new Set(['dispatch', 'reassign', 'settle'])

export function createRecollection(): Recollection {
  const index = createTextIndex()
  const learner = createLearner()
  const hits = createHits()
  const known = new Map<string, Known>()

  const found = ({ title, content, place, at, except }: Sought, limit: number, accept: (one: Known) => boolean) =>
    isOnlySpoken({ content })
      ? []
      : index.search({
          ...{ title, body: content, limit, at: at.getTime() },
          ...(place.name !== null && { place: place.name }),
          accept: (id) => {
            const one = known.get(id)
            return id !== except && one !== undefined && accept(one)
          },
        })

  return {
    learner,
    get size() {
      return known.size
    },
    get hits() {
      return hits.read()
    },
    categoryOf: (id) => known.get(id)?.category ?? null,
    remember({ id, title, content, receivedAt, ...kase }) {
      const place = placeIn({ ...kase, content })
      if (!known.has(id) && !isOnlySpoken({ content }))
        index.add({
          ...{ id, title, body: content, at: receivedAt.getTime() },
          ...(place.name !== null && { place: place.name }),
        })
      const { category, confidential, leadUnitId, assistingUnitIds, closedAt } = kase
      known.set(id, { ...place, category, confidential, leadUnitId, assistingUnitIds, closedAt })
    },
    learn({ action, byKind, byPerson, ...told }, { title, content, divisionCode }, before, topics = []) {
      // Where it went is a lesson about its matter; its words teach nothing.
      if (isOnlySpoken({ content })) {
        const unit = LED.has(action) && byPerson !== null ? told.unit : null
        const none = { title: '', content: '', gaveCategory: false, urgency: null }
        if (unit !== null) learner.learn({ ...none, division: divisionCode, category: told.category ?? before, unit })
        return
      }
      const gaveCategory = byKind === 'person' && told.category !== null
      const unit = LED.has(action) && byPerson !== null ? told.unit : null
      const urgency = action === 'accept' && byKind === 'person' ? told.urgency : null
      if (!gaveCategory && unit === null && urgency === null) return
      const category = told.category ?? before
      const [first] = gaveCategory ? learner.rankTopics({ title, content }, topics) : []
      if (first !== undefined) hits.note(first.confidence, first.topic.id === category)
      learner.learn({ title, content, division: divisionCode, category, gaveCategory, unit, urgency })
    },
    similar: (sought, sight, limit) => found(sought, limit, (one) => sees(sight, one)),
    nearby: (sought, since, limit) =>
      found(
        sought,
        limit,
        (one) => !one.confidential && isNear(sought.place, one) && (one.closedAt === null || one.closedAt >= since),
      ),
  }
}
