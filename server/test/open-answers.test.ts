import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, at, bring } = storyteller(() => w)

test('a public answer that is corrected shows the old words struck on the page, in the feed and in the table', async () => {
  const id = await bring('answered')
  await w.act('supervisor', id, 'publishAnswer')
  const { number } = (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['case']
  await at('2026-03-04T09:30:00+08:00')
  await w.act('head', id, 'correctAnswer', { text: '已更换破损水管 <两根>。', reason: '数量有误' })
  await w.act('supervisor', id, 'publishCorrection', {})
  const text = async (url: string) => String((await w.call(null, 'GET', url)).body)
  assert.match(await text(`/open/${number}`), /<b>更正<\/b>[^<]*数量有误<br>原答复：<del>已更换破损水管。<\/del>/)
  const rss = await text('/open.rss')
  assert.equal(XMLValidator.validate(rss), true)
  const { item } = new XMLParser().parse(rss).rss.channel
  assert.deepEqual(
    item.map((one: { title: string }) => one.title.startsWith('更正：')),
    [true, false],
    'the correction is news of its own, and newer',
  )
  assert.match(item[0].description, /数量有误；原答复：已更换破损水管。 现为：已更换破损水管/)
  const csv = await text('/open.csv')
  assert.match(csv, /^\uFEFF编号,事项/)
  assert.match(csv, new RegExp(`${number},.*2026-03-04 数量有误（原答复：已更换破损水管。）`))
})

test('what was taken down is in neither', async () => {
  const id = await bring('answered')
  await w.act('supervisor', id, 'publishAnswer')
  const { number } = (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['case']
  await w.act('supervisor', id, 'takeDown', { reason: '当事人要求' })
  for (const url of ['/open.rss', '/open.csv', '/open'])
    assert.doesNotMatch(String((await w.call(null, 'GET', url)).body), new RegExp(number))
})
