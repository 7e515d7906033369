import { api } from '../shared/api.ts'
import { queryClient } from '../shared/query.ts'
import { device } from './duties/device-store.ts'
import { go } from './router.ts'

/** Leaves the desk (退出登录): whatever the server says, nothing that was read or half written stays here; visits that wait for a network do. */
export async function signOut(): Promise<void> {
  await api('signOut').catch(() => undefined)
  queryClient.clear()
  await device.clear('draft').catch(() => undefined)
  queryClient.setQueryData(['session'], null)
  go('/w/login')
}
