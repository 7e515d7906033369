import { test } from 'node:test'
import { routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { call, noneLeftOut } = await conformance()

test('a pasted chat is read and its ticked messages are filed', async () => {
  const text = '南塔老李 2026年3月1日 09:12\n三号楼门前水管漏水'
  const { body } = await call('readChat', 'clerk', routes.readChat.path, { text })
  const { nickname, at, content, key } = body.drafts[0]
  await call('fileChat', 'clerk', routes.fileChat.path, { messages: [{ nickname, at, content, key }] })
})

noneLeftOut('intake')
