import type { CampaignId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import type { Tx } from '#kernel/store'
import { listTargetsCalled } from './campaign.sql.ts'
import { refuseUnlessKeeper } from './keeper.ts'
import { nameAll, refuseUnlessNamed } from './scope.ts'
import { matchLines, type ScopeLine } from './scope-file.ts'
import { holdCampaign } from './view.ts'

/**
 * Names the targets of a file (用表格补充名单): all lines, or none and every one that does not fit. The same file again changes nothing.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.not_a_list' | 'campaign.file_faulty'
 */
export async function importScope(tx: Tx, id: CampaignId, lines: readonly ScopeLine[], by: Actor) {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  refuseUnlessNamed(campaign, 'list')
  const targets = await listTargetsCalled(
    tx,
    lines.map(({ name }) => name),
    lines.flatMap(({ uscc }) => uscc ?? []),
  )
  const targetIds = matchLines(lines, targets)
  const added = await nameAll(tx, id, { targetIds, unitIds: [] }, by)
  const note = `${campaign.title} 用表格补充 ${added} 个对象`
  await audit(tx, by, { action: 'importCampaignScope', objectKind: 'campaign', objectId: id, note })
  return { read: lines.length, added, known: targetIds.length - added }
}
