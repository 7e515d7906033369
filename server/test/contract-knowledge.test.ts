import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, conforms, call, noneLeftOut } = await conformance()

const TEXT = {
  ...{
    kind: 'policy',
    title: '供水补贴怎么领',
    phrasings: ['水费补贴'],
    text: '带身份证到社区办理。',
    category: 'water',
  },
  ...{ source: '水务发〔2026〕1号', validFrom: '2026-03-01', expiresOn: '2027-03-01', public: true },
}

test('an entry is drafted, approved, revised, returned, looked up, voted on and withdrawn', async () => {
  const { body: drafted } = await call('newKnowledge', 'clerk', routes.newKnowledge.path, TEXT)
  const at = (name: keyof typeof routes) => routes[name].path.replace(':id', drafted.id)
  await call('approveKnowledge', 'dispatcher', at('approveKnowledge'), { note: '已核对' })
  await call('reviseKnowledge', 'clerk', at('reviseKnowledge'), { ...TEXT, text: '带身份证到街道办理。' })
  await call('returnKnowledge', 'dispatcher', at('returnKnowledge'), { reason: '仍由社区办理' })
  await call('knowledgeEntry', 'clerk', at('knowledgeEntry'))
  await call('knowledgeEntries', 'clerk', `${routes.knowledgeEntries.path}?state=approved`)
  await call('knowledge', 'handler', `${routes.knowledge.path}?q=${encodeURIComponent('水费补贴')}`)
  await call('publicKnowledge', null, `${routes.publicKnowledge.path}?q=${encodeURIComponent('水费补贴')}`)
  await call('voteKnowledge', null, at('voteKnowledge'), { useful: true })
  await call('withdrawKnowledge', 'dispatcher', at('withdrawKnowledge'), { reason: '政策停止' })
})

test('a public answer is proposed, published and becomes an entry; answers to many are previewed', async () => {
  const { id } = await w.file('门前水管漏水，请到3号楼2单元401来看，电话13812345678')
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已更换水管。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await call('publication', 'supervisor', routes.publication.path.replace(':id', id))
  await w.act('supervisor', id, 'publishAnswer', {})
  await call('knowledgeFromCase', 'dispatcher', routes.knowledgeFromCase.path.replace(':id', id), {
    expiresOn: '2027-03-01',
  })
  const opened = await w.call('dispatcher', 'POST', routes.openCase.path, {
    type: 'problem',
    facts: { title: '老旧水管', content: '集中漏水' },
  })
  const { id: voice } = await w.file()
  await w.act('clerk', voice, 'accept', { category: 'pipe' })
  await w.act('dispatcher', voice, 'merge', { into: opened.body.case.number })
  const path = routes.mergedAnswers.path.replace(':id', opened.body.case.id)
  conforms('mergedAnswers', await w.call('dispatcher', 'GET', path))
  const { number } = (await w.call('dispatcher', 'GET', `/api/v1/cases/${voice}`)).body.case
  await w.act('dispatcher', opened.body.case.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', opened.body.case.id, 'sign')
  const parts = routes.personalParts.path.replace(':id', opened.body.case.id)
  await call('personalParts', 'handler', parts, { items: [{ number, text: '您家阀门也已更换。' }] })
  const other = await w.file()
  const items = [{ id: other.number, personal: '您提到的路口也已处理。' }, { id: 'SQ000' }]
  await call('answerMany', 'clerk', routes.answerMany.path, { items, text: '已处理。' })
})

noneLeftOut('knowledge')
