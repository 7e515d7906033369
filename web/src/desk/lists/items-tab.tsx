import { FOUND_BY } from '@banjie/contract'
import { dayOf } from '../../shared/moment.ts'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'
import { AddItem } from './add-item.tsx'
import { Delist } from './delist.tsx'
import type { Item, ListView, Word } from './query.ts'
import { Share } from './share.tsx'

/** Items by aspect (问题): who, until when, how it stands, what was promised, how many voices. */
export function ItemsTab({ view }: { readonly view: ListView }) {
  const { list, items } = view
  return (
    <>
      <Figures view={view} />
      {view.editable && <AddItem list={list} first={items.length === 0} />}
      <div className="aspects">
        {list.aspects.map((aspect) => {
          const own = items.filter((item) => item.aspect === aspect)
          return (
            <TableSection
              key={aspect}
              title={aspect}
              count={own.length}
              head={['问题', '责任单位', '期限', '灯', '进展', '公开承诺', '反映', ...(view.editable ? ['移出'] : [])]}
              empty="这个方面还没有问题。"
            >
              {own.map((item) => (
                <ItemRow key={item.id} item={item} view={view} />
              ))}
            </TableSection>
          )
        })}
      </div>
    </>
  )
}

function ItemRow({ item, view }: { readonly item: Item; readonly view: ListView }) {
  return (
    <tr>
      <td>
        <CaseName number={item.number} title={item.title} />
        {item.rootCause === null && !item.accepted && <span className="muted">根源待剖析</span>}
      </td>
      <td>{item.leadUnit?.name ?? <span className="tag tag-bad">无人负责</span>}</td>
      <td>{item.deadline ?? (item.dueAt ? dayOf(item.dueAt) : '—')}</td>
      <td>
        <LightMark light={item.light} />
      </td>
      <td>
        {item.stageLabel}
        {item.accepted && item.acceptedAt && <span className="muted"> {dayOf(item.acceptedAt)}</span>}
        {item.progress && <span className="list-progress muted">{item.progress}</span>}
      </td>
      <td>
        {item.commitments.length === 0 ? (
          <span className="muted">未承诺</span>
        ) : (
          item.commitments.map((word) => <WordTag key={word.id} word={word} />)
        )}
      </td>
      <td className="is-count">{item.voices ?? '—'}</td>
      {view.editable && (
        <td>
          <Delist listId={view.list.id} item={item} />
        </td>
      )}
    </tr>
  )
}

const BAD: ReadonlySet<Word['state']> = new Set(['broken'])
export const WordTag = ({ word }: { readonly word: Word }) => (
  <span
    className={`tag ${BAD.has(word.state) ? 'tag-bad' : word.state === 'published' || word.state === 'fulfilled' ? 'tag-good' : ''}`}
  >
    {BAD.has(word.state) && '■ '}
    {word.stateLabel}
    {word.state !== 'broken' && word.breaches.length > 0 && '（曾失信）'}
  </span>
)

/** Each figure is the number of rows below (统计). */
function Figures({ view: { list, stats } }: { readonly view: ListView }) {
  return (
    <section className="panel list-figures" aria-label="清单统计">
      <p className="list-figure">
        <b>{list.items}</b>
        <span>个问题</span>
      </p>
      <p className="list-figure">
        <b>{list.accepted}</b>
        <span>已验收销号</span>
        <Share part={list.accepted} whole={list.items} />
      </p>
      {stats.voices !== null && stats.voices > 0 && (
        <p className="list-figure">
          <b>{stats.voices.toLocaleString('zh-CN')}</b>
          <span>件诉求归并而来</span>
        </p>
      )}
      <p className="list-figure">
        <b>{stats.selfFound === null ? '—' : `${stats.selfFound}%`}</b>
        <span>自己找的占比</span>
      </p>
      <ul className="found">
        {stats.byFound.map(({ foundBy, items, accepted }) => (
          <li key={foundBy}>
            {FOUND_BY[foundBy]} <b>{items}</b>
            {items > 0 && <span className="muted">（销号 {accepted}）</span>}
          </li>
        ))}
        {stats.unknown > 0 && <li className="muted">未注明 {stats.unknown}</li>}
      </ul>
    </section>
  )
}
