import assert from 'node:assert/strict'
import type { World } from './world.ts'

const RANKS = [
  { id: 'staff', name: '科员', level: 1 },
  { id: 'section', name: '正科级', level: 4 },
  { id: 'division', name: '正处级', level: 6 },
  { id: 'vice-district', name: '副区级', level: 7 },
]
const PEOPLE = [
  { id: 'chief1', name: '副区长甲', unitId: 'leaders', rankId: 'vice-district', account: 'chief1', roles: ['leader'] },
  { id: 'chief2', name: '副区长乙', unitId: 'leaders', rankId: 'vice-district' },
  { id: 'sec1', name: '正处级丙', unitId: 'intake', rankId: 'division', account: 'sec1', roles: ['handler'] },
  { id: 'sec2', name: '正处级丁', unitId: 'intake', rankId: 'division' },
  { id: 'section1', name: '正科级戊', unitId: 'intake', rankId: 'section' },
]

/** 1 yuan in fen times so many 亿. */
export const yi = (amount: number) => Math.round(amount * 10_000_000_000)

/** The rule for projects of a hundred million yuan and more, as the article tells it. */
export const RULE = {
  ...{ thresholdFen: yi(1), chiefRank: 'vice-district', secretaryRank: 'division', appointWorkdays: 5 },
  ...{ basis: '项目服务“365”工作机制', validFrom: '2026-03-02' },
}

/** A leading group and a task force for projects. */
const GROUPS = [
  { id: 'group-365', name: '项目服务“365”工作领导小组', kind: 'leadingGroup' },
  { id: 'force-land', name: '项目用地专班', kind: 'taskForce' },
]

/** Puts people of rank, a leading group and a task force into the small district. @returns ids of everybody by name */
export async function withCadre(w: World): Promise<Map<string, string>> {
  const units = [...w.district.units, ...GROUPS]
  const district = { ...w.district, ranks: RANKS, units, people: [...w.district.people, ...PEOPLE] }
  const reply = await w.call('admin', 'PUT', '/api/v1/district', district)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  const { items } = (await w.call('dispatcher', 'GET', '/api/v1/people')).body
  return new Map(items.map((one: { id: string; name: string }) => [one.name, one.id]))
}
