import type { Answer } from '../../shared/api.ts'
import { useCategories } from '../../shared/query.ts'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'

type Unit = Answer<'reorganise'>['units'][number]
const PART = { lead: '主办', holder: '经手', assisting: '协办' } as const satisfies Record<
  Unit['cases'][number]['part'],
  string
>

interface ReorganisedProps {
  readonly reorganised: Answer<'reorganise'>
  readonly people: Readonly<Record<string, string>>
  /** Sends a person to another unit than the rest; absent once it is done. */
  readonly send: ((person: string, code: string) => void) | undefined
}

/** What goes where: cases, rows of the catalogue, people. */
export function Reorganised({ reorganised, people, send }: ReorganisedProps) {
  const { data: categories } = useCategories()
  const topicOf = (id: string) => categories?.items.find((one) => one.id === id)?.label ?? id
  return reorganised.units.map(({ unit, successors, cases, catalogueRows, posts }) => (
    <section key={unit.code} className="panel" aria-label={unit.name}>
      <h2>
        {unit.name} → {successors.map(({ name, rest }) => `${name}${rest ? '（其余）' : ''}`).join('、')}
      </h2>
      <TableSection title="在办事项" count={cases.length} head={['事项', '身份', '转到']} empty="没有在办事项。">
        {cases.map(({ id, number, title, part, to }) => (
          <tr key={`${id} ${part}`}>
            <td>
              <CaseName number={number} title={title} />
            </td>
            <td>{PART[part]}</td>
            <td>{to.name}</td>
          </tr>
        ))}
      </TableSection>
      <TableSection
        title="分办目录"
        count={catalogueRows.length}
        note={
          reorganised.catalogueVersion === null
            ? undefined
            : `目录新版本 ${reorganised.catalogueVersion}，自 ${reorganised.on} 起用`
        }
        head={['行', '类别', '区划', '牵头单位']}
        empty="目录没有变化。"
      >
        {catalogueRows.map(({ row, from, topic, division, lead }) => (
          <tr key={row}>
            <td>
              {row}
              {from !== null && from !== row && <span className="muted">（由 {from}）</span>}
            </td>
            <td>{topicOf(topic)}</td>
            <td>{division ?? '全区'}</td>
            <td>{lead.name}</td>
          </tr>
        ))}
      </TableSection>
      <TableSection
        title="人员"
        count={posts.length}
        note={send && successors.length > 1 ? '可为个别人另选去向，选后请重新试算。' : undefined}
        head={['姓名', '职务', '账号', '转到']}
        empty="没有人员。"
      >
        {posts.map(({ person, title, accounts, to }) => (
          <tr key={person.id}>
            <td>{person.name}</td>
            <td>{title ?? '—'}</td>
            <td>{accounts.join('、')}</td>
            <td>
              {send && successors.length > 1 ? (
                <select
                  className="input"
                  aria-label={`${person.name}的去向`}
                  value={people[person.id] ?? to.code}
                  onChange={(event) => send(person.id, event.target.value)}
                >
                  {successors.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </select>
              ) : (
                to.name
              )}
            </td>
          </tr>
        ))}
      </TableSection>
    </section>
  ))
}
