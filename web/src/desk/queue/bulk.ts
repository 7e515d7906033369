import { needsNothing } from '../../form/schema.ts'
import { ApiFault, api } from '../../shared/api.ts'
import type { CaseType, Row, Session } from '../../shared/shape.ts'

export interface BulkAction {
  readonly name: string
  readonly label: string
  readonly ids: readonly string[]
}
export interface BulkResult {
  readonly id: string
  readonly ok: boolean
  readonly detail: string | null
}

/** Adds tags to cases; what they have already stays. */
export const tagMany = (ids: readonly string[], tags: readonly string[]): Promise<readonly BulkResult[]> =>
  inGroups(
    ids,
    TOGETHER,
    async (group) =>
      (await api('actOnMany', { body: { action: 'tag', ids: [...group] as never, input: { tags, keep: true } } }))
        .items,
  )

/** What may be done with all the chosen cases at once: the caller's own actions that ask for nothing, and dispatching as the catalogue proposes. */
export function bulkActions(
  types: readonly CaseType[],
  chosen: readonly Row[],
  session: Session,
): readonly BulkAction[] {
  const found = new Map<string, { label: string; ids: string[] }>()
  for (const row of chosen) {
    for (const action of types.find(({ id }) => id === row.type)?.actions ?? []) {
      const mine = action.from.includes(row.stage) && action.roles.some((role) => session.roles.includes(role as never))
      if (!mine || !(action.name === 'dispatch' || needsNothing(action.input))) continue
      const entry = found.get(action.name) ?? {
        label: action.name === 'dispatch' ? '按目录交办' : action.label,
        ids: [],
      }
      entry.ids.push(row.id)
      found.set(action.name, entry)
    }
  }
  return [...found].map(([name, entry]) => ({ name, ...entry }))
}

const TOGETHER = 200
const AT_ONCE = 4

/** Runs an action on many cases; every one succeeds or fails by itself. */
export async function runBulk({ name, ids }: BulkAction): Promise<readonly BulkResult[]> {
  if (name === 'dispatch') return inGroups(ids, AT_ONCE, async (group) => Promise.all(group.map(dispatchAsProposed)))
  return inGroups(
    ids,
    TOGETHER,
    async (group) => (await api('actOnMany', { body: { action: name, ids: [...group] } })).items,
  )
}

async function inGroups(
  ids: readonly string[],
  size: number,
  work: (group: readonly string[]) => Promise<readonly BulkResult[]>,
): Promise<readonly BulkResult[]> {
  const [group, rest] = [ids.slice(0, size), ids.slice(size)]
  const done = await work(group)
  return rest.length === 0 ? done : [...done, ...(await inGroups(rest, size, work))]
}

async function dispatchAsProposed(id: string): Promise<BulkResult> {
  try {
    const { case: kase, actions } = await api('getCase', { params: { id } })
    const proposal = actions.find(({ name }) => name === 'dispatch')?.proposal
    if (proposal?.['leadUnitId'] === undefined) return { id, ok: false, detail: '分办目录没有对应的单位，请单独交办。' }
    const { leadUnitId, assistingUnitIds } = proposal
    await api('act', {
      params: { id, action: 'dispatch' },
      body: { version: kase.version, input: { leadUnitId, assistingUnitIds } },
    })
    return { id, ok: true, detail: null }
  } catch (error) {
    if (error instanceof ApiFault) return { id, ok: false, detail: error.message }
    throw error
  }
}
