import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, conforms, noneLeftOut } = await conformance()

test('an order comes in, its result goes back in the columns of the city', async () => {
  const { body } = await call('takeCityOrder', 'clerk', routes.takeCityOrder.path, {
    ...{ number: 'HX-1', dueOn: '2026-03-20', content: '水管漏水', category: '水管漏水' },
  })
  await w.act('clerk', body.id, 'accept', { category: 'pipe' })
  await w.act('clerk', body.id, 'answerAtOnce', { text: '已派人维修。', outcome: 'solved' })
  const { body: page } = await call('cityReturns', 'clerk', `${routes.cityReturns.path}?from=2026-03-01&to=2026-03-31`)
  conforms('cityReturnsWorkbook', await w.call('clerk', 'GET', routes.cityReturnsWorkbook.path))
  await call('acknowledgeReturns', 'clerk', routes.acknowledgeReturns.path, { upTo: page.upTo })
  const { body: profile } = await call('returnProfile', 'clerk', routes.returnProfile.path)
  const { columns } = profile
  await call('setReturnProfile', 'admin', routes.setReturnProfile.path, { body: '市12345', columns })
})

noneLeftOut('exchange')
