import type { District } from '../../contract/src/index.ts'
import type { Input } from '../caller.ts'
import { nameOf } from './pattern.ts'

type Told = Input<typeof District>

/** A district in few words (地区): its units by name, and its sub-districts by a pattern and a number. */
export interface DistrictSketch {
  readonly district: Told['district']
  readonly units: readonly Told['units'][number][]
  readonly streets: { readonly name: string; readonly count: number }
  readonly taskForces?: Told['taskForces']
}
type Person = Told['people'][number]

/** Who keeps the house of every replay. */
const STAFF: readonly Person[] = [
  { id: 'clerk', name: '受理员甲', unitId: 'intake', post: '受理员', roles: ['clerk'] },
  { id: 'dispatcher', name: '分办员甲', unitId: 'intake', post: '分办员', roles: ['dispatcher'] },
  { id: 'caller', name: '回访员甲', unitId: 'intake', post: '回访员', roles: ['caller'] },
  { id: 'supervisor', name: '督查员甲', unitId: 'supervision', post: '督查员', roles: ['supervisor'] },
  { id: 'leader', name: '区领导甲', unitId: 'government', post: '分管副区长', roles: ['leader'] },
].map((person) => ({ ...person, account: person.id }) as Person)
const RANKS = [
  { id: 'section', name: '正科级', level: 3 },
  { id: 'division', name: '正处级', level: 5 },
  { id: 'deputy-district', name: '副区级', level: 6 },
]

export const streetCode = (i: number) => `street-${i + 1}`

/** The district as the API takes it; each department has somebody who handles and somebody who signs. */
export function districtOf(sketch: DistrictSketch, people: readonly Person[] = []): District {
  const { district, units, streets, taskForces } = sketch
  const codes = Array.from({ length: streets.count }, (_, i) => {
    const divisionCode = `${district.divisionCode}${String(i + 1).padStart(3, '0')}`
    return { divisionCode, name: nameOf(streets.name, i) }
  })
  const departments = units.filter(({ kind }) => kind === 'department')
  const body: Told = {
    district,
    divisions: [
      { code: district.divisionCode, name: district.name, parentCode: null, kind: 'district' },
      ...codes.map(({ divisionCode, name }) => ({
        ...{ code: divisionCode, name, parentCode: district.divisionCode, kind: 'street' as const },
      })),
    ],
    units: [
      ...units,
      ...codes.map(({ divisionCode, name }, i) => ({
        ...{ id: streetCode(i), name: `${name}办事处`, shortName: name, kind: 'street' as const, divisionCode },
      })),
    ],
    ranks: RANKS,
    people: [...STAFF, ...departments.flatMap(crewOf), ...people],
    topics: [],
    dispatchCatalogue: { version: 'replay', source: '职责分工（重放）', validFrom: '2007-01-01', rows: [] },
    ...(taskForces && { taskForces }),
  }
  return body as District
}

/** The post of whoever answers for a department. */
export const HEAD = '负责人'
const crewOf = ({ id, name, shortName = name }: Told['units'][number]): Person[] => [
  {
    ...{ id: `${id}-handler`, account: `${id}-handler`, name: `${shortName}经办`, unitId: id, post: '经办人' },
    roles: ['handler'],
  },
  {
    ...{ id: `${id}-head`, account: `${id}-head`, name: `${shortName}负责人`, unitId: id, post: HEAD },
    roles: ['head'],
  },
]
