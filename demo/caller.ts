import { type RouteName, type Routes, routes } from '../contract/src/index.ts'
import type { App } from '../server/src/app.ts'

type Output<S> = S extends { readonly _zod: { readonly output: infer O } } ? O : never
/** What a shape of the contract takes. */
export type Input<S> = S extends { readonly _zod: { readonly input: infer I } } ? I : never
type Given<R> = (R extends { readonly params: infer P } ? { readonly params: Input<P> } : unknown) &
  (R extends { readonly query: infer Q } ? { readonly query?: Partial<Input<Q>> } : unknown) &
  (R extends { readonly body: infer B } ? { readonly body: Input<B> } : unknown) &
  (R extends { readonly accepts: 'multipart' } ? { readonly form: FormData } : unknown)
export type Answer<K extends RouteName> = Routes[K] extends { readonly response: infer S } ? Output<S> : undefined

/** Calls the API by the name of a route, as an account. @throws Error with the refusal's own sentence */
export type Ask = <K extends RouteName>(
  account: string,
  name: K,
  ...[given]: object extends Given<Routes[K]> ? [given?: Given<Routes[K]>] : [given: Given<Routes[K]>]
) => Promise<Answer<K>>

interface LooselyGiven {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
  readonly form?: FormData
}

/** Somebody who signs in once an account and then asks, without a network between. */
export function callerOf(app: App, password: string): Ask {
  const cookies = new Map<string, Promise<string>>()
  const cookieOf = (account: string) => {
    const known = cookies.get(account) ?? signIn(app, account, password)
    cookies.set(account, known)
    return known
  }
  return async (account, name, ...[given]) => {
    const { params = {}, query = {}, body, form } = (given ?? {}) as LooselyGiven
    const { method, path } = routes[name]
    const url = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
    const sent = form === undefined ? undefined : new Response(form)
    const cookie = await cookieOf(account)
    const request = {
      method,
      url: `${url}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`,
      headers: {
        ...{ cookie, host: 'localhost' },
        ...(sent && { 'content-type': sent.headers.get('content-type') ?? '' }),
      },
      ...(sent && { payload: Buffer.from(await sent.arrayBuffer()) }),
      ...(body !== undefined && { payload: body }),
    }
    const reply = await patiently(() => app.http.inject(request))
    if (reply.statusCode >= 400) throw new Error(`${account} ${method} ${url}: ${reply.body}`)
    return (reply.statusCode === 204 ? undefined : reply.json()) as Answer<typeof name>
  }
}

const BUSY = 503
const PAUSE_MS = 1000
const MOST_TRIES = 10
/** A house that is too busy says so before it begins; a patient client asks again. */
async function patiently<R extends { readonly statusCode: number }>(send: () => Promise<R>, tries = 1): Promise<R> {
  const reply = await send()
  if (reply.statusCode !== BUSY || tries === MOST_TRIES) return reply
  await new Promise((done) => setTimeout(done, PAUSE_MS))
  return patiently(send, tries + 1)
}

/** @returns the cookie of the new session */
export async function signIn(app: App, account: string, password: string): Promise<string> {
  const reply = await patiently(() =>
    app.http.inject({
      method: 'POST',
      url: routes.signIn.path,
      payload: { account, password },
      headers: { host: 'localhost' },
    }),
  )
  if (reply.statusCode !== 200) throw new Error(`demo: ${account} cannot sign in: ${reply.body}`)
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}
