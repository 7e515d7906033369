import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (path: string, id: string) => path.replace(':id', id)

/** Asks again until what runs beside the request is done. */
async function settled(name: 'grouping' | 'mergeStep', path: string) {
  for (;;) {
    const { body } = await call(name, 'dispatcher', path)
    if (!['running', 'undoing'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

test('opinions are grouped, merged, undone, kept apart and told as hot', async () => {
  const ids = []
  for (const tail of ['老人受不了', '请来看看', '已经一周'])
    ids.push(
      (
        await w.file(`翠湖花园暖气不热，室温只有十四度，${tail}。`, {
          contact: { phone: `1390000${1000 + ids.length}` },
        })
      ).id,
    )
  await call('opinions', 'dispatcher', `${routes.opinions.path}?merged=open&days=7`)
  await call('mergeCount', 'dispatcher', `${routes.mergeCount.path}?days=7`)
  const run = await call('newGrouping', 'dispatcher', routes.newGrouping.path, { days: 7 })
  const { groups } = await settled('grouping', at(routes.grouping.path, run.body.id))
  assert.equal(groups.length, 1)
  const begun = await call('newMergeStep', 'dispatcher', routes.newMergeStep.path, {
    ...{ kind: 'create', ids, title: '翠湖花园供热', content: groups[0].title, aspect: '民生保障' },
  })
  await settled('mergeStep', at(routes.mergeStep.path, begun.body.id))
  await call('mergeSteps', 'dispatcher', routes.mergeSteps.path)
  await call('problemsToMerge', 'dispatcher', `${routes.problemsToMerge.path}?aspect=${encodeURIComponent('民生保障')}`)
  await call('undoMergeStep', 'dispatcher', at(routes.undoMergeStep.path, begun.body.id), {})
  await settled('mergeStep', at(routes.mergeStep.path, begun.body.id))
  await call('newOpinionLinks', 'clerk', routes.newOpinionLinks.path, {
    kind: 'cannot',
    id: ids[0],
    otherIds: [ids[1]],
  })
  await call('opinionLinks', 'clerk', `${routes.opinionLinks.path}?case=${ids[0]}`)
  const hot = await call('hotIssues', 'leader', `${routes.hotIssues.path}?least=2`)
  assert.equal(hot.body.items.length, 1)
})

test('tag dictionaries are versions', async () => {
  const kinds = [{ id: 'heat', label: '反映集中', tags: [{ id: 'hotspot', label: '热点' }] }]
  await call('newTagSet', 'admin', routes.newTagSet.path, {
    version: '1',
    validFrom: '2026-03-01',
    source: '通知',
    kinds,
  })
  await call('tagSets', 'clerk', routes.tagSets.path)
})

noneLeftOut('merging')
