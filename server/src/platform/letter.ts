import type { TenantId } from '@banjie/contract'
import type { OutboxEntry } from '#kernel/outbox'
import type { Store } from '#kernel/store'
import type { Letter } from '#notice'
import type { TenantDirectory } from '#org'
import { findCodeAddress } from './person.sql.ts'
import { digitsOf } from './sign-in.ts'

/** Writes the letter with a code for signing in (登录验证码). @returns undefined if the row is another's, or nobody waits for it any more */
export const codeLetter =
  ({ store, directory }: { readonly store: Store; readonly directory: TenantDirectory }) =>
  async (tenant: TenantId, { payload }: OutboxEntry): Promise<Letter | undefined> => {
    const codeId = payload['platformCode']
    if (typeof codeId !== 'string') return undefined
    const district = await directory.byId(tenant)
    const to = await store.tx(tenant, (tx) => findCodeAddress(tx, codeId), { readOnly: true })
    if (!to?.usable) return undefined
    const words = `登录验证码 ${digitsOf(district.secret, codeId)}，十分钟内有效。不是您本人操作的，不必理会，也不要告诉别人。`
    return {
      to,
      subject: `${district.name}企业服务登录验证码`,
      text: `${to.name}，您好：\n\n${words}\n\n--\n${district.name} · 办结\n电话 ${district.phone}`,
      short: `【${district.name}】${words}`,
    }
  }
