import { useEffect, useSyncExternalStore } from 'react'
import { type Answer, ApiFault, api, type Request } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { device } from './device-store.ts'
import { refreshDuties } from './query.ts'
import type { VisitDraft } from './visit-draft.ts'

export type VisitBody = Request<'newVisit'>['body']
export interface VisitFile {
  readonly name: string
  readonly data: Blob
  /** The id it was given once it has arrived. */
  readonly id: string | null
}
/** A visit that this device has still to send (待送走访). The clientId makes sending it again harmless. */
export interface WaitingVisit {
  readonly personId: string
  readonly target: string
  readonly body: VisitBody
  /** What the form held, to be put right where it is refused. */
  readonly draft: VisitDraft
  readonly files: readonly VisitFile[]
  /** Why it was refused; null while it only waits for the network. */
  readonly refused: string | null
}
export type Sent =
  | { readonly state: 'delivered'; readonly visit: Answer<'newVisit'> }
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly fault: ApiFault }

const AGAIN_MS = 20_000
/** The network, a busy server, a session that is over: nothing is wrong with the visit. */
const isPassing = ({ status }: ApiFault) => status === 0 || status === 401 || status === 429 || status >= 500

let waiting: readonly WaitingVisit[] = []
/** Those that are under way just now. */
const underWay = new Set<string>()
let shown: readonly (WaitingVisit & { readonly isUnderWay: boolean })[] = []
let isRead = false
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
function show(next: readonly WaitingVisit[]): void {
  waiting = next
  shown = next.map((visit) => ({ ...visit, isUnderWay: underWay.has(visit.body.clientId) }))
  for (const listener of listeners) listener()
}
const others = (clientId: string) => waiting.filter(({ body }) => body.clientId !== clientId)

async function put(visit: WaitingVisit): Promise<void> {
  show([...others(visit.body.clientId), visit])
  await device.keep('visit', visit.body.clientId, visit).catch(() => undefined)
}
export async function dropVisit(clientId: string): Promise<void> {
  show(others(clientId))
  await device.drop('visit', clientId).catch(() => undefined)
}

/** Sends the files that have not arrived yet, then the visit. @throws ApiFault */
async function deliver(visit: WaitingVisit): Promise<Answer<'newVisit'>> {
  const files: VisitFile[] = []
  for (const [i, file] of visit.files.entries()) {
    if (file.id !== null) {
      files.push(file)
      continue
    }
    const form = new FormData()
    form.append('file', file.data, file.name)
    files.push({ ...file, id: (await api('attach', { form })).id })
    await put({ ...visit, files: [...files, ...visit.files.slice(i + 1)] })
  }
  return api('newVisit', { body: { ...visit.body, attachmentIds: files.flatMap(({ id }) => id ?? []) } })
}

/** Keeps a visit on this device and tries to send it at once. */
export async function sendVisit(visit: WaitingVisit): Promise<Sent> {
  underWay.add(visit.body.clientId)
  await put(visit)
  try {
    const answer = await deliver(visit)
    await dropVisit(visit.body.clientId)
    refreshDuties()
    return { state: 'delivered', visit: answer }
  } catch (fault) {
    if (!(fault instanceof ApiFault)) throw fault
    if (isPassing(fault)) return { state: 'waiting' }
    await dropVisit(visit.body.clientId)
    return { state: 'refused', fault }
  } finally {
    underWay.delete(visit.body.clientId)
    show(waiting)
  }
}

const isDue = ({ body, refused, ...visit }: WaitingVisit, personId: string) =>
  visit.personId === personId && refused === null && !underWay.has(body.clientId)

let isSending = false
/** Sends what waits, one after the other, until the network fails again. */
async function sendWaiting(personId: string): Promise<void> {
  if (isSending) return
  isSending = true
  try {
    if (!isRead) {
      isRead = true
      const kept = ((await device.all('visit').catch(() => [])) as WaitingVisit[]) ?? []
      show([...kept, ...waiting.filter((one) => kept.every(({ body }) => body.clientId !== one.body.clientId))])
    }
    for (const visit of waiting.filter((one) => isDue(one, personId))) {
      const sent = await sendVisit(visit)
      if (sent.state === 'waiting') return
      if (sent.state === 'refused') await put({ ...visit, refused: sent.fault.message })
      else announce(`已送达：走访${visit.target}`)
    }
  } finally {
    isSending = false
  }
}

/** The visits of a person that wait on this device; they are sent as soon as there is a network. */
export function useWaitingVisits(personId: string): typeof shown {
  const all = useSyncExternalStore(subscribe, () => shown)
  useEffect(() => {
    const send = () => void sendWaiting(personId)
    send()
    window.addEventListener('online', send)
    const again = setInterval(send, AGAIN_MS)
    return () => {
      window.removeEventListener('online', send)
      clearInterval(again)
    }
  }, [personId])
  return all.filter((one) => one.personId === personId)
}
