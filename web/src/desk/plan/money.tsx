import type { Task } from './query.ts'

const FEN_IN_WAN = 1_000_000
/** An amount as plans tell it: 2,800 万元. */
export const wan = (fen: number) => `${(fen / FEN_IN_WAN).toLocaleString('zh-CN', { maximumFractionDigits: 6 })} 万元`

/** Planned beside spent (预算与支出); what is spent above the plan is said in words. */
export function Money({ budget, spentFen }: Pick<Task, 'budget' | 'spentFen'>) {
  if (budget === null && spentFen === 0) return <>—</>
  const over = budget === null ? 0 : spentFen - budget.fen
  return (
    <span className="plan-money">
      <span>
        {budget === null ? '没有预算' : `预算 ${wan(budget.fen)}（${budget.source}）`}，已支出 {wan(spentFen)}
        {budget !== null && `（${Math.round((spentFen / budget.fen) * 100)}%）`}
      </span>
      {over > 0 && <span className="tag tag-bad">超预算 {wan(over)}</span>}
    </span>
  )
}
