import type { LiaisonTargetKind } from '../../contract/src/index.ts'
import { nameOf } from '../replay/pattern.ts'
import { at, idIn, inLanes } from '../replay/stage.ts'
import type { Stage } from './stage.ts'
import { leadersOf, type StoryFile } from './story.ts'

export const LANES = 6

/** A liaison target before it is registered; bound ones have a main liaison. */
interface Planned {
  readonly kind: LiaisonTargetKind
  readonly name: string
  readonly leader: string | undefined
}
const namesOf = ({ name, count }: { readonly name: string; readonly count: number }) =>
  Array.from({ length: count }, (_, i) => nameOf(name, i))

/** Whoever is bound to the n-th of all targets; the leaders take them in turn. */
export function leaderOf(told: StoryFile, kind: LiaisonTargetKind, i: number): string {
  const { organisations, projects } = told
  const before = { organisation: 0, project: organisations.count, enterprise: organisations.count + projects.count }
  return nameOf(told.leaders.name, (before[kind] + i) % leadersOf(told))
}

/** The register (包保台账) of the first day: organisations, projects and key enterprises with their leaders, and all others that the campaign goes to. */
export function planRegister(stage: Stage): void {
  const { told } = stage.story
  const bound = (kind: LiaisonTargetKind, sketched: { readonly name: string; readonly count: number }): Planned[] =>
    namesOf(sketched).map((name, i) => ({ kind, name, leader: leaderOf(told, kind, i) }))
  const targets: Planned[] = [
    ...bound('organisation', told.organisations),
    ...bound('project', told.projects),
    ...bound('enterprise', told.enterprises),
    ...[...namesOf(told.campaign.others), told.thirdVisit.enterprise].map((name) => ({
      ...{ kind: 'enterprise' as const, name, leader: undefined },
    })),
  ]
  stage.add({
    ...{ at: at(told.from, '08:30'), what: '建立包保台账', weight: targets.length },
    run: async () => {
      for (let i = 0; i < targets.length; i += MOST) await register(stage, targets.slice(i, i + MOST))
      await inLanes(targets, LANES, (target) => bind(stage, target))
    },
  })
}

const MOST = 500
async function register({ ask, ids }: Stage, targets: readonly Planned[]): Promise<void> {
  const body = { targets: targets.map(({ kind, name }) => ({ kind, name })) }
  for (const { id, name } of (await ask('supervisor', 'newLiaisonTargets', { body })).items) ids.target.set(name, id)
}

async function bind({ ask, ids, story }: Stage, { name, leader }: Planned): Promise<void> {
  if (leader === undefined) return
  const [targetId, personId] = [idIn(ids.target, name), idIn(ids.person, leader)]
  await ask('supervisor', 'newLiaison', {
    body: { targetId, personId, from: story.told.from, reason: '包保分工' },
  })
}
