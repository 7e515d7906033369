import assert from 'node:assert/strict'
import { usccCheck, usccFlaw } from '@banjie/contract'
import type { postOffice } from './outside.ts'
import { storyteller } from './story.ts'
import type { World } from './world.ts'

export interface Firm {
  readonly id: string
  readonly uscc: string
  readonly name: string
  readonly address: string
  readonly person: string
}
/** A code whose two checks hold. */
function usccOf(n: number): string {
  const codes = [...'0123456789X'].map((check) => {
    const head = `91210104MA${String(n).padStart(6, '0')}${check}`
    return head + usccCheck(`${head}0`)
  })
  const sound = codes.find((code) => usccFlaw(code) === undefined)
  assert.ok(sound, 'one of eleven checks holds')
  return sound
}
const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? ''

/** Enterprises on the platform, as their people see it: codes come by a real mail server, pages are forms. @param from where the test clock stands */
export function platformVisitors(
  world: () => World,
  office: () => Awaited<ReturnType<typeof postOffice>>,
  from: string,
) {
  const { must, at } = storyteller(world)
  let clock = new Date(from).getTime()
  let firms = 0
  const later = (minutes: number) => {
    clock += minutes * 60_000
    return at(new Date(clock).toISOString())
  }
  /** An enterprise on the register, with one person invited. */
  async function firm(): Promise<Firm> {
    firms++
    const uscc = usccOf(firms)
    const [address, name] = [`firm${firms}@example.cn`, `河畔第${firms}公司`]
    const { id } = await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name, uscc })
    const url = `/api/v1/enterprises/${id}/platform-people`
    const person = await must('supervisor', 'POST', url, { name: `经理${firms}`, email: address })
    return { id, uscc, name, address, person: person['id'] }
  }
  const get = (url: string, cookie = '') => world().raw({ method: 'GET', url, headers: { cookie } })
  const post = async (url: string, fields: Record<string, string>, cookie = '', more: object = {}) => {
    const { body } = await get('/e/sign-in')
    const payload = new URLSearchParams({ token: tokenIn(body), ...fields }).toString()
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    return world().raw({ method: 'POST', url, payload, headers, ...more })
  }
  const codeTo = async (one: Pick<Firm, 'uscc' | 'address'>): Promise<string> => {
    await post('/e/sign-in', { uscc: one.uscc, address: one.address })
    await later(1)
    return /验证码 (\d{6})/.exec(office().to(one.address).at(-1)?.text ?? '')?.[1] ?? ''
  }
  const enter = (one: Pick<Firm, 'uscc' | 'address'>, code: string) =>
    post('/e/code', { uscc: one.uscc, address: one.address, code })
  async function signIn(one: Firm): Promise<string> {
    const reply = await enter(one, await codeTo(one))
    assert.equal(reply.status, 303, String(reply.body).slice(0, 2000))
    const set = String(reply.headers['set-cookie'])
    assert.match(set, /HttpOnly/)
    assert.match(set, /SameSite=Lax/)
    return set.split(';')[0] ?? ''
  }
  return { firm, get, post, codeTo, enter, signIn, later }
}
