import { routes } from '../contract/src/index.ts'
import type { DemoDisclosure, DemoMediaItem, DemoNotice } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Answered {
  readonly id: string
  readonly code: string
  readonly texts: readonly { readonly id: string }[]
  readonly items: readonly { readonly kind: string; readonly ref: string }[]
}
type Doing = Pick<Stage<Answered>, 'call' | 'plan' | 'end' | 'heads' | 'unitIds'>

const DUTY_DAYS = 90
const at = (end: Date, daysAgo: number) => officeTime(new Date(end.getTime() - daysAgo * DAY))
const publishUrl = (id: string) => routes.publishText.path.replace(':id', id)
const wordsOf = (
  { text, source, daysAgo, validDays, reason }: DemoDisclosure['texts'][number] | DemoNotice,
  end: Date,
) => ({
  ...{ text, source, effectiveOn: dayAfter(end, -daysAgo), validUntil: dayAfter(end, validDays - daysAgo) },
  ...(reason !== undefined && { reason }),
})

/** Who has published which of the four things, what was corrected, what ran out, what waits (四项公开). */
export function planDisclosures(bodies: readonly DemoDisclosure[], { call, plan, end, heads, unitIds }: Doing): void {
  for (const { unitId, name, trade, texts } of bodies) {
    let id = ''
    plan(at(end, DUTY_DAYS), async () => {
      const body = { unitId: unitIds.get(unitId), name, trade, obligedFrom: dayAfter(end, -DUTY_DAYS) }
      id = (await call('supervisor', 'POST', routes.newObligedBody.path, body)).id
    })
    const { handler = 'admin', head = 'supervisor' } = heads.get(unitId) ?? {}
    for (const { part, ...text } of texts) {
      let written = ''
      const when = at(end, text.daysAgo)
      plan(when, async () => {
        const url = routes.submitDisclosure.path.replace(':id', id)
        written = (await call(handler, 'POST', url, { ...wordsOf({ ...text, part }, end), part })).id
      })
      if (text.waits !== true)
        plan(new Date(when.getTime() + HOUR), async () => void (await call(head, 'POST', publishUrl(written), {})))
    }
  }
}

/** Notices to kinds of organisations (告知书、倡议书); a unit without accounts has the administrator write for it. */
export function planNotices(notices: readonly DemoNotice[], { call, plan, end, heads, unitIds }: Doing): void {
  for (const notice of notices) {
    const { unitId, kind, title, audiences } = notice
    const { handler = 'admin', head = 'supervisor' } = heads.get(unitId) ?? {}
    let text = ''
    const when = at(end, notice.daysAgo)
    plan(when, async () => {
      const body = { unitId: unitIds.get(unitId), kind, title, audiences, ...wordsOf(notice, end) }
      text = (await call(handler, 'POST', routes.newPublicNotice.path, body)).texts[0]?.id ?? ''
    })
    plan(new Date(when.getTime() + 2 * HOUR), async () => void (await call(head, 'POST', publishUrl(text), {})))
  }
}

interface Visited extends Doing {
  /** Opens a page as somebody with a device of their own. */
  readonly visit: (url: string, device: string) => Promise<void>
}
/** An item for the media, who came by its link in the days since, and what they filed (宣传件). */
export function planMediaItems(items: readonly DemoMediaItem[], { call, plan, end, visit }: Visited): void {
  for (const { kind, daysAgo, visits, filed } of items) {
    let code = ''
    const made = at(end, daysAgo)
    plan(made, async () => {
      const subject = (await call('clerk', 'GET', routes.mediaSubjects.path)).items.find((one) => one.kind === kind)
      if (subject === undefined) return
      const url = `${routes.mediaProposal.path.replace(':kind', kind)}?ref=${encodeURIComponent(subject.ref)}`
      const { title, brief, text } = (await call('clerk', 'GET', url)) as unknown as Record<string, string>
      code = (await call('clerk', 'POST', routes.newMediaItem.path, { kind, ref: subject.ref, title, brief, text }))
        .code
    })
    for (const [day, count] of visits.entries())
      plan(new Date(made.getTime() + day * DAY + 3 * HOUR), async () => {
        if (code !== '') for (let i = 0; i < count; i++) await visit(`/m/${code}`, `${day} ${i}`)
      })
    for (const [i, content] of filed.entries())
      plan(new Date(end.getTime() - (3 + i) * HOUR), async () => {
        await call('clerk', 'POST', routes.fileAppeal.path, { content, via: code })
      })
  }
}
