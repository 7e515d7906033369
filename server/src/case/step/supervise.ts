import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { higher } from './escalate.ts'
import { issueNotice } from './issue-notice.ts'
import { OPEN } from './open-stages.ts'

/** Supervise (督办): a supervisor or a leader issues a notice by hand. */
export const supervise = action({
  label: '督办',
  from: [...OPEN, 'merged'],
  to: null,
  by: ['supervisor', 'leader'],
  input: INPUT.supervise,
  effect: ({ kase, input }) => ({ supervised: higher(kase.supervised, input.kind) }),
  follow: (sequel) => issueNotice(sequel, { kind: sequel.input.kind, to: 'head', text: sequel.input.text }),
})
