import { api } from '../shared/api.ts'
import { queryClient } from '../shared/query.ts'
import { go } from './router.ts'

/** Leaves the desk (退出登录): whatever the server says, nothing that was read stays here. */
export async function signOut(): Promise<void> {
  await api('signOut').catch(() => undefined)
  queryClient.clear()
  queryClient.setQueryData(['session'], null)
  go('/w/login')
}
