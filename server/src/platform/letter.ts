import type { PlatformPersonId, PolicyId, TenantId } from '@banjie/contract'
import { insertOutbox, type OutboxEntry } from '#kernel/outbox'
import type { Store } from '#kernel/store'
import type { Letter } from '#notice'
import { dayOf, type Tenant, type TenantDirectory } from '#org'
import type { OfferListener } from '#policy'
import { findCodeAddress, findOffer, listReachable } from './person.sql.ts'
import { digitsOf } from './sign-in.ts'

/** Tells the people of an enterprise by letter that a policy suits it (告知政策), once a day and policy. */
export const tellOffer: OfferListener = async (tx, { policy, enterprises }, by) => {
  const messages = (await listReachable(tx, enterprises)).map(({ id, via }) => ({
    ...{ kind: via, key: `offer ${policy} ${id} ${dayOf(by.at)}`, runAt: by.at },
    payload: { offeredPolicy: policy, platformPerson: id },
  }))
  await insertOutbox(tx, messages, by.at)
}

interface Parts {
  readonly store: Store
  readonly directory: TenantDirectory
  readonly baseUrl: string
}
/** Writes the letters of the platform: the code for signing in (登录验证码), a policy that suits. @returns undefined if the row is another's, or has become void */
export const platformLetter =
  ({ store, directory, baseUrl }: Parts) =>
  async (tenant: TenantId, { payload }: OutboxEntry): Promise<Letter | undefined> => {
    const { platformCode, offeredPolicy, platformPerson } = payload
    const district = await directory.byId(tenant)
    if (typeof platformCode === 'string') {
      const to = await store.tx(tenant, (tx) => findCodeAddress(tx, platformCode), { readOnly: true })
      return to?.usable ? codeLetter(district, platformCode, to) : undefined
    }
    if (typeof offeredPolicy !== 'string' || typeof platformPerson !== 'string') return undefined
    const find = (tx: Parameters<typeof findOffer>[0]) =>
      findOffer(tx, platformPerson as PlatformPersonId, offeredPolicy as PolicyId)
    const offer = await store.tx(tenant, find, { readOnly: true })
    if (offer === undefined) return undefined
    const words = `${offer.enterprise}符合“${offer.title}”：${offer.benefit}。登录 ${baseUrl}/e/ 确认享受，或说不需要。`
    return letterOf(district, offer, { subject: `${district.name}惠企政策告知`, words })
  }

function codeLetter(district: Tenant, codeId: string, to: Letter['to']): Letter {
  const words = `登录验证码 ${digitsOf(district.secret, codeId)}，十分钟内有效。不是您本人操作的，不必理会，也不要告诉别人。`
  return letterOf(district, to, { subject: `${district.name}企业服务登录验证码`, words })
}

const letterOf = (
  { name, phone }: Tenant,
  to: Letter['to'],
  { subject, words }: { readonly subject: string; readonly words: string },
): Letter => ({
  ...{ to, subject },
  text: `${to.name}，您好：\n\n${words}\n\n--\n${name} · 办结\n电话 ${phone}`,
  short: `【${name}】${words}`,
})
