import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Fault } from '#kernel/fault'
import { Undelivered } from '#kernel/outbox'

const TIMEOUT_MS = 5000

/** Networks that nobody outside may reach through us (内部网络): private, loopback, link-local. One list each: in a joint one, ::/3 holds every IPv4. */
const INNER_4 = new BlockList()
for (const net of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
])
  addNet(INNER_4, net, 'ipv4')
/** Everything outside 2000::/3 is special, mapped IPv4 too; inside it lie tunnels and documentation. */
const INNER_6 = new BlockList()
for (const net of ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
  addNet(INNER_6, net, 'ipv6')

function addNet(list: BlockList, net: string, family: 'ipv4' | 'ipv6'): void {
  const [start = '', bits] = net.split('/')
  list.addSubnet(start, Number(bits), family)
}
const isInner = (address: string) =>
  isIP(address) === 6 ? INNER_6.check(address, 'ipv6') : INNER_4.check(address, 'ipv4')
const isLoopback = (address: string) => address === '::1' || /^127\./.test(address)

interface Rule {
  /** A trial on one machine may push to itself; nobody else may make us call our own house. */
  readonly allowLoopback: boolean
}

/**
 * Where a webhook leads (接口地址): https to a public address. Asked when somebody subscribes and again before each push, for a name may lead elsewhere
 * tomorrow; the connection then goes to the very address that was looked at.
 * @throws Fault 'webhook.scheme' | 'webhook.private' | 'webhook.unknown_host'
 */
export async function resolveWebhook(given: string, { allowLoopback }: Rule): Promise<{ url: URL; address: string }> {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new Fault('webhook.scheme')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) > 0 ? [host] : await addressesOf(host)
  const [address] = found
  if (address === undefined) throw new Fault('webhook.unknown_host', { host })
  if (allowLoopback && found.every(isLoopback)) return { url, address }
  if (found.some(isInner)) throw new Fault('webhook.private', { host })
  if (url.protocol !== 'https:') throw new Fault('webhook.scheme')
  return { url, address }
}

const addressesOf = (host: string): Promise<readonly string[]> =>
  lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  )

/**
 * Posts JSON to a webhook. No redirect is followed, and nothing of the answer is kept but its status.
 * @throws Undelivered with the reason
 */
export async function postWebhook(
  given: string,
  push: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  rule: Rule,
): Promise<void> {
  const { url, address } = await resolveWebhook(given, rule).catch((error: unknown) => {
    throw error instanceof Fault ? new Undelivered(withoutHost(error), error.code === 'webhook.private') : error
  })
  refuseStatus(await post(url, address, push))
}

/** The host of a webhook is an address like any other; it stays in `party`. */
const withoutHost = ({ code }: Fault) =>
  code === 'webhook.private' ? '接口地址指向内部网络，不予推送' : '接口地址无法解析'

function refuseStatus(status: number): void {
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) throw new Undelivered(`接口要求跳转（${status}），不予跟随`)
  throw new Undelivered(`接口返回 ${status}`, status === 410)
}

function post(
  url: URL,
  address: string,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<number> {
  const pinned: LookupFunction = (_, options, done) =>
    options.all === true ? done(null, [{ address, family: isIP(address) }]) : done(null, address, isIP(address))
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest
    const outgoing = send(url, {
      method: 'POST',
      lookup: pinned,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
    })
    outgoing.on('response', (answer) => {
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    outgoing.on('error', ({ name, code }: NodeJS.ErrnoException) =>
      reject(
        new Undelivered(
          name === 'AbortError' || name === 'TimeoutError'
            ? '接口 5 秒内没有回应'
            : `连不上接口（${code ?? '原因不明'}）`,
        ),
      ),
    )
    outgoing.end(body)
  })
}
