import { at, idIn } from '../replay/stage.ts'
import type { Stage } from './stage.ts'

/** Who keeps the campaigns, and who checks them. */
const OWNER = { unit: 'supervision', post: '督查员', checkedBy: 'government' }

/** Two campaigns (活动) whose words the visits carry: the leaders' liaison, and the one that goes to every enterprise. */
export function planCampaigns(stage: Stage): void {
  stage.add({ at: at(stage.story.told.from, '08:00'), what: '发起活动', run: () => start(stage) })
}

async function start({ ask, ids, story: { told } }: Stage): Promise<void> {
  const ownerUnitId = idIn(ids.unit, OWNER.unit)
  const owner = (await ask('supervisor', 'people')).items.find(
    ({ unitId, post }) => unitId === ownerUnitId && post === OWNER.post,
  )
  if (owner === undefined) throw new Error(`nobody is ${OWNER.post}`)
  const common = {
    ...{ ownerUnitId, ownerId: owner.id, checkUnitId: idIn(ids.unit, OWNER.checkedBy) },
    ...{ from: told.from, to: told.until },
  }
  const { title, tag, superior, banner } = told.campaign
  const scope = { by: 'kind' as const, kinds: ['enterprise' as const] }
  ids.campaign = (
    await ask('supervisor', 'newCampaign', { body: { ...common, title, tag, superior, banner, scope } })
  ).id
  const bound = { by: 'kind' as const, kinds: ['organisation' as const, 'project' as const, 'enterprise' as const] }
  const liaison = { title: '领导干部包保走访', tag: told.liaisonTag, scope: bound }
  await ask('supervisor', 'newCampaign', { body: { ...common, ...liaison } })
}
