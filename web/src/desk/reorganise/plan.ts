import type { UNIT_KIND } from '@banjie/contract'
import type { Request } from '../../shared/api.ts'

/** A unit that takes over: one that exists, or a new one. */
export interface Successor {
  readonly id: string
  readonly isNew: boolean
  readonly unit: string | undefined
  readonly code: string
  readonly name: string
  readonly kind: keyof typeof UNIT_KIND
  readonly topics: readonly string[]
  /** Division codes as typed, apart by spaces or commas. */
  readonly divisions: string
  /** Takes over whatever the others do not (其余). */
  readonly rest: boolean
}
export interface Plan {
  readonly on: string
  readonly basis: string
  readonly unit: string | undefined
  readonly successors: readonly Successor[]
  /** People who go elsewhere than the rest: person to code of the unit. */
  readonly people: Readonly<Record<string, string>>
}

export const emptySuccessor = (id: string): Successor => ({
  ...{
    id,
    isNew: false,
    unit: undefined,
    code: '',
    name: '',
    kind: 'department',
    topics: [],
    divisions: '',
    rest: false,
  },
})

const divisionsOf = ({ divisions }: Successor) => divisions.split(/[\s,，、]+/).filter(Boolean)

/** What must still be filled in, as a sentence; null if the plan can be tried. */
export function whatIsMissing({ unit, on, basis, successors }: Plan): string | null {
  if (unit === undefined) return '请选择撤销的单位。'
  if (on === '' || basis.trim() === '') return '请填写生效日期和依据。'
  if (successors.some(({ isNew, unit: chosen, code, name }) => (isNew ? !code.trim() || !name.trim() : !chosen)))
    return '请选择或填写每个承接单位。'
  if (successors.filter(({ rest }) => rest).length !== 1) return '请指定一个单位承接其余职责。'
  return successors.some((one) => !one.rest && one.topics.length + divisionsOf(one).length === 0)
    ? '不承接其余职责的单位，请选它承接的类别或区划。'
    : null
}

type Body = Request<'reorganise'>['body']

/** The plan as the route takes it. */
export function bodyOf({ on, basis, unit = '', successors, people }: Plan): Omit<Body, 'dryRun'> {
  return {
    ...{ on, basis: basis.trim() },
    newUnits: successors.flatMap(({ isNew, code, name, kind }) =>
      isNew ? [{ code: code.trim(), name: name.trim(), kind }] : [],
    ),
    moves: [
      {
        unitId: unit,
        successors: successors.map((one) => {
          const divisions = divisionsOf(one)
          return {
            ...(one.isNew ? { unitCode: one.code.trim() } : one.unit !== undefined && { unitId: one.unit }),
            ...(one.topics.length > 0 && { topics: [...one.topics] }),
            ...(divisions.length > 0 && { divisions }),
            rest: one.rest,
          }
        }),
      },
    ],
    people: Object.entries(people).map(([personId, unitCode]) => ({ personId, unitCode })),
  }
}
