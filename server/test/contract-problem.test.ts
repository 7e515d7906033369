import { test } from 'node:test'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()

const LISTS = '/api/v1/problem-lists'
const FACTS = { title: '管网老化', content: '十个小区的供水管网老化，经常停水。' }
const list = (origin: string) => ({ kind: origin, title: `${origin} 清单`, origin, aspects: ['民生'] })

test('every route of problem lists answers as the document says', async () => {
  const own = (await call('newProblemList', 'supervisor', LISTS, list('own'))).body
  const above = (await call('newProblemList', 'supervisor', LISTS, list('superior'))).body
  const water = await w.unit('water')
  const given = { aspect: '民生', measures: '更换主管', rootCause: '使用三十年', symptom: '爆管', leadUnitId: water }
  const item = (
    await call('enlist', 'supervisor', `${LISTS}/${own.id}/items`, { facts: FACTS, ...given, foundBy: 'self' })
  ).body
  const other = (await call('enlist', 'dispatcher', `${LISTS}/${own.id}/items`, { facts: FACTS, ...given })).body
  const asked = (await call('enlist', 'leader', `${LISTS}/${above.id}/items`, { facts: FACTS, ...given })).body
  await call('delist', 'supervisor', `${LISTS}/${own.id}/items/${other.id}/actions/delist`, { reason: '重复' })
  await call('editProblemList', 'supervisor', `${LISTS}/${own.id}`, {
    ...{ ...list('own'), aspects: ['民生', '营商'], version: own.version, reason: '增加一个方面' },
  })
  await call('turnProblemList', 'supervisor', `${LISTS}/${own.id}/actions/publish`, { version: own.version + 1 })
  await call('problemLists', 'handler', `${LISTS}?state=published`)
  await call('problemList', 'handler', `${LISTS}/${own.id}?asOf=2026-03-02`)
  await call('listHistory', 'handler', `${LISTS}/${own.id}/history`)
  await call('listWorkbook', 'handler', `${LISTS}/${own.id}/workbook.xlsx`)
  const word = { caseId: item.id, text: '六月底前换完主管。', deadline: '2026-06-30' }
  await call('commit', 'handler', `${LISTS}/${own.id}/commitments`, word)
  await call('listCommitments', 'handler', `${LISTS}/${own.id}/commitments`)
  await call('commitmentCoverage', 'leader', '/api/v1/commitment-coverage')
  await call('brokenCommitments', 'leader', '/api/v1/broken-commitments')
  const pair = { superiorId: asked.id, ownId: item.id }
  await call('match', 'supervisor', `${LISTS}/${above.id}/crosswalk`, { ...pair, note: '同一件事' })
  await call('crosswalk', 'supervisor', `${LISTS}/${above.id}/crosswalk?own=${own.id}`)
  await call('crosswalkWorkbook', 'supervisor', `${LISTS}/${above.id}/crosswalk.xlsx?own=${own.id}`)
  await call('unmatch', 'supervisor', `${LISTS}/${above.id}/crosswalk/actions/unmatch`, { ...pair, reason: '对错了' })
  const ask = { question: '有无同类管网', unitIds: [water], by: '2026-03-10' }
  await call('orderSelfCheck', 'supervisor', `${LISTS}/${own.id}/self-checks`, ask)
  await call('selfChecks', 'head', `${LISTS}/${own.id}/self-checks`)
  await call('newGoal', 'leader', '/api/v1/goals', {
    ...{ title: '两个解决', superiorListId: above.id, ownListId: own.id },
  })
  await call('goals', 'leader', '/api/v1/goals')
})

noneLeftOut('problem')
