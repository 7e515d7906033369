import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, bring, related } = storyteller(() => w)
const queue = async (account: string, id: string): Promise<string[]> =>
  (await must(account, 'GET', `/api/v1/ledger?queue=${id}`))['items'].map((one: Row) => one['number'])

test('what waits to be accepted is what people brought, not a notice that its addressee has received', async () => {
  const id = await bring('inHand')
  await w.act('supervisor', id, 'supervise', { kind: 'yellow', text: '请三日内报进展。' })
  const [notice] = await related(id, 'notice')
  assert.ok(notice)
  await w.act('head', notice['id'], 'receive')
  const fresh = await w.file('路灯不亮。')
  assert.deepEqual(await queue('clerk', 'toAccept'), [fresh.number])
  assert.deepEqual(await queue('dispatcher', 'toAccept'), [fresh.number])
  assert.deepEqual(await queue('head', 'notices'), [notice['number']], 'it waits for its reply where it belongs')
})
