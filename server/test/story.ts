import assert from 'node:assert/strict'
import type { Reply, World } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client would
export type Row = Record<string, any>

export const STOP = { reason: 'applicant', evidence: '等待产权证明', notice: '请补充产权证明，收到后继续办理' }
export const MORE = { amount: 3, reason: '须定制配件', basis: '办理办法第十条', notice: '配件到货后三日内修复' }

/** The local day of an instant. */
export const onDay = (instant: string) =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

interface Bringing {
  readonly class?: string
  readonly mode?: string
  readonly assisting?: readonly string[]
  readonly category?: string
  readonly content?: string
  /** More of what the citizen filed. */
  readonly file?: object
}

/** The words in which the stories of hard cases are told. @param world the small district of the story that is being told */
export function storyteller(world: () => World) {
  async function must(
    account: string | null,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
  ): Promise<Row> {
    const reply = await world().call(account, method, url, body)
    assert.ok(reply.status < 400, `${method} ${url}: ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const get = (id: string, account = 'dispatcher') => must(account, 'GET', `/api/v1/cases/${id}`)
  const related = async (id: string, type: string, account = 'supervisor'): Promise<Row[]> =>
    (await must(account, 'GET', `/api/v1/cases/${id}/related`))['items'].filter((one: Row) => one['type'] === type)
  const events = async (id: string): Promise<Row[]> =>
    (await must('dispatcher', 'GET', `/api/v1/cases/${id}/events`))['items']
  const clocks = async (id: string, kind: string): Promise<Row[]> =>
    ((await get(id))['clocks'] as Row[]).filter((one) => one['kind'] === kind)

  /** Acts with the present version and returns the reply as it is. */
  async function tries(account: string, id: string, action: string, input: object = {}): Promise<Reply> {
    const { version } = (await get(id))['case']
    return world().call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
  }
  /** The request of a kind that waits for a decision. */
  async function waiting(id: string, kind: string): Promise<string> {
    const request = (await related(id, 'request')).findLast((one) => one['kind'] === kind && one['stage'] === 'asked')
    assert.ok(request, `no ${kind} is waiting`)
    return request['id']
  }
  async function answer(id: string, input: object = {}): Promise<void> {
    await world().act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved', ...input })
    await world().act('head', id, 'approveAnswer')
  }

  return {
    ...{ must, get, related, events, clocks, tries, waiting, answer },
    actions: async (id: string) => (await events(id)).map(({ action }) => action),
    async clock(id: string, kind: string): Promise<Row> {
      const found = (await clocks(id, kind)).at(-1)
      assert.ok(found, `no clock ${kind}`)
      return found
    },
    /** @returns the sentence of the refusal */
    async refused(code: string, account: string, id: string, action: string, input: object = {}): Promise<string> {
      const reply = await tries(account, id, action, input)
      assert.equal(reply.body.code, code, `${action}: ${reply.status} ${JSON.stringify(reply.body)}`)
      assert.ok(reply.status >= 400 && reply.status < 500)
      return reply.body.detail
    },
    /** The clock is moved and whatever became due is done. */
    at: (now: string) => must('admin', 'PUT', '/api/v1/clock', { now }),
    decided: async (account: string, id: string, kind: string, action: string, input: object = {}): Promise<Row> =>
      world().act(account, await waiting(id, kind), action, input),
    /** A fresh appeal, brought as far as wanted, with the water bureau in the lead. */
    async bring(to: 'accepted' | 'dispatched' | 'inHand' | 'answered', more: Bringing = {}): Promise<string> {
      const w = world()
      const { id } = await w.file(more.content, more.file)
      await w.act('clerk', id, 'accept', { category: more.category ?? 'pipe' })
      if (to === 'accepted') return id
      await w.act('dispatcher', id, 'dispatch', {
        leadUnitId: await w.unit('water'),
        assistingUnitIds: await Promise.all((more.assisting ?? []).map((code) => w.unit(code))),
        ...(more.class && { class: more.class }),
        ...(more.mode && { mode: more.mode }),
      })
      if (to === 'dispatched') return id
      await w.act('handler', id, 'sign')
      if (to === 'inHand') return id
      await w.act('handler', id, 'contact', { reached: true, channel: 'phone', note: '已联系' })
      await answer(id)
      return id
    },
  }
}
