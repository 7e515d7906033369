import type { PersonId, Reorganise, UnitId } from '@banjie/contract'
import { countCatalogueVersions, findCatalogue, listTopics } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, listPosts, listStandings, type PostRow, type Standing, type UnitFacts } from '#org'
import { type RemappedRow, remap } from './catalogue.ts'
import { listDivisionTree, listOpenOf, type OpenCase } from './reorganise.sql.ts'
import { type Successor, successorFor, type Target, type Trees } from './successor.ts'
import { treeOf } from './tree.ts'

export interface PlannedCase {
  readonly kase: OpenCase
  readonly part: 'lead' | 'holder' | 'assisting'
  readonly to: Successor
}
export interface PlannedPost extends PostRow {
  readonly to: Target
}
export interface PlannedMove {
  readonly unit: Standing
  readonly successors: readonly Successor[]
  readonly cases: readonly PlannedCase[]
  readonly posts: readonly PlannedPost[]
}
/** Everything a reorganisation will do (改革方案): worked out by reading only, so that a dry run and the act show the same. */
export interface Plan {
  readonly newUnits: readonly UnitFacts[]
  readonly moves: readonly PlannedMove[]
  readonly catalogue: { version: string; source: string; validFrom: string; rows: readonly RemappedRow[] } | undefined
  readonly targets: ReadonlyMap<UnitId, Target>
  readonly trees: Trees
}

const refuse = (why: string) => new Fault('reorganisation.invalid', { why })

/** @throws Fault 'reorganisation.invalid' saying what is wrong | 'reorganisation.rest' */
export async function planReorganisation(tx: Tx, input: Reorganise, by: Actor): Promise<Plan> {
  const trees = {
    topics: treeOf((await listTopics(tx)).map(({ id, parentId }) => ({ code: id, parent: parentId }))),
    divisions: treeOf(await listDivisionTree(tx)),
  }
  const register = await readRegister(tx, input, trees, dayOf(by.at))
  const moves: PlannedMove[] = []
  for (const move of input.moves) {
    const unit = register.dissolving(move.unitId)
    const successors = successorsOf(unit, move.successors, register, trees)
    const cases = (await listOpenOf(tx, unit.id)).map((kase) => plannedCase(trees, unit, successors, kase))
    const posts = await plannedPosts(tx, input, unit, successors, register)
    moves.push({ unit, successors, cases, posts })
  }
  refuseStrangers(input, moves)
  return {
    ...{ newUnits: register.newUnits, moves, targets: register.targets, trees },
    catalogue: await plannedCatalogue(tx, input, moves, trees, dayOf(by.at)),
  }
}

interface Register {
  readonly newUnits: readonly UnitFacts[]
  readonly targets: Map<UnitId, Target>
  dissolving(id: UnitId): Standing
  receiving(ref: { unitId?: UnitId | undefined; unitCode?: string | undefined }): Target
}

/** Every unit the input names, checked: those that end, those that receive, those to be made. */
async function readRegister(tx: Tx, input: Reorganise, trees: Trees, today: string): Promise<Register> {
  const refs = [...input.moves.flatMap(({ successors }) => successors), ...input.people]
  const ending = input.moves.map(({ unitId }) => unitId)
  if (new Set(ending).size < ending.length) throw refuse('同一单位出现了两次')
  const ids = [...ending, ...refs.flatMap(({ unitId }) => unitId ?? [])]
  const parents = input.newUnits.flatMap(({ parentId }) => parentId ?? [])
  const codes = [...input.newUnits.map(({ code }) => code), ...refs.flatMap(({ unitCode }) => unitCode ?? [])]
  const standings = await listStandings(tx, { ids: [...ids, ...parents], codes }, today)
  const catalogued = (await findCatalogue(tx, today))?.rows.map(({ leadUnitId }) => leadUnitId) ?? []
  const targets = new Map<UnitId, Target>(
    (await listStandings(tx, { ids: catalogued, codes: [] }, today)).map((unit) => [unit.id, unit]),
  )
  for (const unit of standings) targets.set(unit.id, unit)
  const newUnits = newUnitsOf(input, standings, trees)
  for (const unit of newUnits) targets.set(unit.id, unit)
  return {
    ...{ newUnits, targets },
    dissolving(id) {
      const unit = standings.find((one) => one.id === id)
      if (unit === undefined) throw refuse('没有找到要撤销的单位')
      // A task force whose term is over may still have to be wound up.
      if (unit.succeeded || (!unit.inForce && unit.kind !== 'taskForce')) throw refuse(`“${unit.name}”已撤销`)
      return unit
    },
    receiving({ unitId, unitCode }) {
      if ((unitId === undefined) === (unitCode === undefined)) throw refuse('承接单位须填 unitId 或 unitCode 之一')
      const made = newUnits.find(({ code }) => code === unitCode)
      if (made !== undefined) return made
      const unit = standings.find(({ id, code }) => id === unitId || code === unitCode)
      if (unit === undefined) throw refuse(`没有找到承接单位“${unitCode ?? unitId}”`)
      if (!unit.inForce || ending.includes(unit.id)) throw refuse(`“${unit.name}”已撤销或将撤销，不能承接`)
      return unit
    },
  }
}

function newUnitsOf(input: Reorganise, standings: readonly Standing[], trees: Trees): UnitFacts[] {
  const ending = input.moves.map(({ unitId }) => unitId)
  return input.newUnits.map((unit, index) => {
    const { code, name, kind, parentId = null, divisionCode = null, phone = null } = unit
    const isTwin = input.newUnits.findIndex((other) => other.code === code) !== index
    if (isTwin || standings.some((other) => other.code === code)) throw refuse(`代码“${code}”已被使用`)
    if (divisionCode !== null && !trees.divisions.has(divisionCode)) throw refuse(`没有代码为“${divisionCode}”的区划`)
    const parent = standings.find(({ id }) => id === parentId)
    if (parentId !== null && (!parent?.inForce || ending.includes(parentId)))
      throw refuse(`“${name}”的上级单位不存在或已撤销`)
    return { id: newId<UnitId>(), code, name, shortName: null, kind, parentId, divisionCode, phone }
  })
}

function successorsOf(
  unit: Target,
  wanted: Reorganise['moves'][number]['successors'],
  register: Register,
  trees: Trees,
): Successor[] {
  const count = wanted.filter(({ rest }) => rest).length
  if (count !== 1) throw new Fault('reorganisation.rest', { unit: unit.name, count })
  return wanted.map(({ topics = null, divisions = null, rest, ...ref }) => {
    const { id, code, name } = register.receiving(ref)
    const unknown =
      topics?.find((topic) => !trees.topics.has(topic)) ?? divisions?.find((one) => !trees.divisions.has(one))
    if (unknown !== undefined) throw refuse(`没有代码为“${unknown}”的事项类别或区划`)
    if (!rest && topics === null && divisions === null) throw refuse(`“${name}”没有写明承接哪些事项或区域`)
    return { id, code, name, topics, divisions, isRest: rest }
  })
}

function plannedCase(trees: Trees, unit: Target, successors: readonly Successor[], kase: OpenCase): PlannedCase {
  const part = kase.leadUnitId === unit.id ? 'lead' : kase.holderUnitId === unit.id ? 'holder' : 'assisting'
  return { kase, part, to: successorFor(trees, successors, kase) }
}

async function plannedPosts(
  tx: Tx,
  input: Reorganise,
  unit: Target,
  successors: readonly Successor[],
  register: Register,
): Promise<PlannedPost[]> {
  const rest = successors.find(({ isRest }) => isRest)
  const posts = await listPosts(tx, { units: [unit.id] }, input.on)
  return posts.map((post) => {
    const other = input.people.find(({ personId }) => personId === post.personId)
    const to = other === undefined ? rest : register.receiving(other)
    if (to === undefined) throw new Error('a move without a rest-successor')
    return { ...post, to }
  })
}

/** Somebody who holds no post in the units that end is not the business of this plan. */
function refuseStrangers(input: Reorganise, moves: readonly PlannedMove[]): void {
  const moved = new Set<PersonId>(moves.flatMap(({ posts }) => posts.map(({ personId }) => personId)))
  if (input.people.some(({ personId }) => !moved.has(personId))) throw refuse('人员名单中有人不在被撤销的单位任职')
}

async function plannedCatalogue(
  tx: Tx,
  { on, basis }: Reorganise,
  moves: readonly PlannedMove[],
  trees: Trees,
  today: string,
): Promise<Plan['catalogue']> {
  const old = await findCatalogue(tx, today)
  if (old === undefined) return undefined
  const successors = new Map(moves.map((move) => [move.unit.id, move.successors]))
  const rows = remap(old.rows, successors, trees, basis)
  if (rows.every(({ from }) => from === null)) return undefined
  const prefix = `${on} 机构改革`
  const before = await countCatalogueVersions(tx, prefix)
  return {
    version: before === 0 ? prefix : `${prefix} ${before + 1}`,
    source: basis,
    // Never before the version it replaces, which would go on winning.
    validFrom: old.validFrom > on ? old.validFrom : on,
    rows,
  }
}
