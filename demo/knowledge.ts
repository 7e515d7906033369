import { routes } from '../contract/src/index.ts'
import type { Stage } from './stage.ts'
import { dayAfter } from './time.ts'

type Doing = Pick<Stage<{ id: string }>, 'call' | 'plan' | 'end' | 'unitIds'>

/** Entries by their age and their last day, counted from the demo's last: one in use, one about to expire, one expired, one that waits. */
const ENTRIES = [
  {
    ...{ title: '冬季早晚高峰公交加密到什么时候', owner: 'transport', writtenAgo: 70, lastsFor: 150, approved: true },
    phrasings: ['公交车等太久', '冬天公交'],
    text: '冬季早晚高峰，主要线路间隔不超过十分钟，执行到采暖期结束。具体线路见站牌，或拨打 024-00001005。',
    source: '区交通运输局冬运方案（演示）',
  },
  {
    ...{ title: '供热补贴申领', owner: 'civil-affairs', writtenAgo: 80, lastsFor: 20, approved: true },
    phrasings: ['取暖补贴', '低保取暖'],
    text: '低保、特困家庭凭证件到社区登记，补贴直接发到供热单位，不用先交后退。',
    source: '区民政局供热补贴通知（演示）',
  },
  {
    ...{ title: '秋季秸秆离田奖补', owner: 'agriculture', writtenAgo: 85, lastsFor: -3, approved: true },
    phrasings: ['秸秆补贴'],
    text: '秸秆打捆离田的，凭称重单到街道登记，按亩奖补。',
    source: '区农业农村局奖补办法（演示）',
  },
  {
    ...{ title: '小区充电桩怎么报装', owner: 'housing', writtenAgo: 2, lastsFor: 300, approved: false },
    phrasings: ['装充电桩', '物业不让装充电桩'],
    text: '带车位证明和身份证向供电服务所申请，物业应当配合出具平面图，不得收费。',
    source: '居住区充电设施办法（演示）',
  },
] as const

/** The knowledge base of the demo (知识库): written by the clerk, approved by the dispatcher. */
export function planKnowledge({ call, plan, end, unitIds }: Doing): void {
  for (const { title, phrasings, text, source, owner, writtenAgo, lastsFor, approved } of ENTRIES) {
    const written = dayAfter(end, -writtenAgo)
    plan(new Date(`${written}T10:40:00+08:00`), async () => {
      const { id } = await call('clerk', 'POST', routes.newKnowledge.path, {
        ...{ kind: 'policy', title, phrasings, text, source, ownerUnitId: unitIds.get(owner) },
        ...{ validFrom: written, expiresOn: dayAfter(end, lastsFor) },
      })
      if (approved)
        await call('dispatcher', 'POST', routes.approveKnowledge.path.replace(':id', id), { note: '已与原文核对' })
    })
  }
}
