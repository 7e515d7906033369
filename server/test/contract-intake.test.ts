import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()

test('a pasted chat is read and its ticked messages are filed', async () => {
  const text = '南塔老李 2026年3月1日 09:12\n三号楼门前水管漏水'
  const { body } = await call('readChat', 'clerk', routes.readChat.path, { text })
  const { nickname, at, content, key } = body.drafts[0]
  await call('fileChat', 'clerk', routes.fileChat.path, { messages: [{ nickname, at, content, key }] })
})

test('a caller is told where a matter stands and rates it', async () => {
  const { id, number } = await w.file()
  await call('findByTelephone', 'clerk', routes.findByTelephone.path, { number })
  await w.act('clerk', id, 'answerAtOnce', { text: '停水信息见公告。' })
  await call('rateByTelephone', 'caller', routes.rateByTelephone.path.replace(':id', id), { grade: 5, solved: true })
})

test('a service exception is logged, listed and exported', async () => {
  const entry = { kind: 'fingerprint', what: '资格认证须按指纹', instead: '当面核对', done: true }
  await call('logException', 'window', routes.logException.path, entry)
  await call('serviceExceptions', 'supervisor', routes.serviceExceptions.path)
  await call('serviceExceptionsWorkbook', 'supervisor', routes.serviceExceptionsWorkbook.path)
})

noneLeftOut('intake')
