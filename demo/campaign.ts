import { routes } from '../contract/src/index.ts'
import type { DemoCampaign } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, officeTime } from './time.ts'

type Doing = Pick<
  Stage<{ readonly id: string; readonly items: readonly { readonly id: string; readonly name: string }[] }>,
  'call' | 'plan' | 'end' | 'unitIds' | 'people'
>

/** Campaigns over the targets of the demo (专项活动): begun before the visits that carry their tag, and told of on the way. */
export function planCampaigns(campaigns: readonly DemoCampaign[], { call, plan, end, unitIds, people }: Doing): void {
  for (const { unitId, owner, checkUnitId, daysAgo, days, kinds, results, ...words } of campaigns) {
    const begun = officeTime(new Date(end.getTime() - daysAgo * DAY))
    let id = ''
    plan(begun, async () => {
      const { items } = await call('supervisor', 'GET', routes.people.path)
      const name = people.find(({ account }) => account === owner)?.name
      const campaign = {
        ...{ ...words, ownerUnitId: unitIds.get(unitId), checkUnitId: unitIds.get(checkUnitId) },
        ownerId: items.find((one) => one.name === name)?.id,
        ...{ from: dayAfter(begun, 0), to: dayAfter(begun, days), scope: { by: 'kind', kinds } },
      }
      id = (await call('supervisor', 'POST', routes.newCampaign.path, campaign)).id
    })
    for (const { daysAgo: ago, text } of results)
      plan(officeTime(new Date(end.getTime() - ago * DAY)), async () => {
        await call(owner, 'POST', routes.newCampaignResult.path.replace(':id', id), { text })
      })
  }
}
