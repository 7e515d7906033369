import { Icon } from '../../shared/icon.tsx'
import { go, type Place, withQuery } from '../router.ts'
import type { LedgerFilter } from './filter.ts'

/** The conditions with which other pages lead here: they are not chosen in the ledger, but shown and taken back. */
export function SourceChips({ place, filter }: { readonly place: Place; readonly filter: LedgerFilter }) {
  return chipsOf(filter).map(([key, label]) => (
    <button
      key={key}
      type="button"
      className="chip"
      title="去掉这个条件"
      onClick={() => go(withQuery(place, { [key]: null }), { replace: true })}
    >
      {label}
      <Icon name="close" size={12} />
    </button>
  ))
}

function chipsOf({ lists, words }: LedgerFilter): readonly (readonly [key: string, label: string])[] {
  const { channelRecord, problem, aspect } = lists
  const chips: (readonly [string, string | false])[] = [
    ['drive', words.drive !== '' && '一次集中征集'],
    ['campaign', words.campaign !== '' && '一个专项活动'],
    ['channelRecord', channelRecord.length > 0 && (channelRecord.includes('none') ? '没有渠道记录' : '一个渠道记录')],
    ['sheet', words.sheet !== '' && (words.sheet === 'any' ? '从问卷提取' : '一张问卷')],
    ['media', words.media !== '' && '一件宣传件带回'],
    ['forum', words.forum !== '' && '一场座谈调研'],
    ['problem', problem.length > 0 && problemWord(problem)],
    ['aspect', aspect.length > 0 && `方面：${aspect.join('、').replace('none', '未分')}`],
    ['answered', words.answered !== '' && (words.answered === 'no' ? '未答复' : '已答复')],
  ]
  return chips.flatMap(([key, label]) => (label === false ? [] : [[key, label] as const]))
}

function problemWord(problem: readonly string[]): string {
  if (problem.includes('any')) return '已归并'
  return problem.includes('none') ? '未归并' : `并入 ${problem.join('、')}`
}
