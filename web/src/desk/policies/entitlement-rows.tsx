import { ENTITLEMENT_STATE, type EntitlementState, moneyText } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView } from '../state-view.tsx'
import type { Doing } from './acts.tsx'
import { type Entitlement, type PolicyDetail, useEntitlementsOn } from './query.ts'
import { Reasons } from './reasons.tsx'

const WORDS: Readonly<Record<'confirm' | 'pay' | 'decline', string>> = {
  ...{ confirm: '确认', pay: '兑现', decline: '放弃' },
}
const ACTS = Object.keys(WORDS) as Doing['act'][]

interface RowsProps {
  readonly policy: PolicyDetail
  readonly offer: (enterprise: string) => void
  readonly act: (doing: Doing) => void
}
/** Who is entitled and who was paid (应享、已享清单), now or as it stood at the end of a day. */
export function EntitlementRows({ policy, offer, act }: RowsProps) {
  const [state, setState] = useState<EntitlementState | ''>('')
  const [on, setOn] = useState('')
  const past = useEntitlementsOn(policy.id, on)
  const all = on === '' ? policy.entitlements : (past.data?.items ?? [])
  const rows = all.filter((one) => state === '' || one.state === state)
  const count = (one: EntitlementState) => all.filter((row) => row.state === one).length
  const words = Object.fromEntries(
    Object.entries(ENTITLEMENT_STATE).map(([id, word]) => [id, `${word}（${count(id as EntitlementState)}）`]),
  ) as Record<EntitlementState, string>
  if (past.error) return <ErrorView error={past.error} retry={() => void past.refetch()} />
  return (
    <section className="policies" aria-label="应享和已享清单">
      {policy.state !== 'draft' && (
        <div className="policy-filters no-print">
          <SelectField<EntitlementState | ''>
            label="状态"
            value={state}
            set={setState}
            words={{ '': `全部（${all.length}）`, ...words }}
          />
          <PlainField label="看哪一天的清单" optional type="date" value={on} set={setOn} hint="留空是现在" />
        </div>
      )}
      <TableSection
        title={on === '' ? '应享和已享' : `${on} 的应享和已享`}
        count={rows.length}
        head={['企业', '列入', '理由', '状态', ...(on === '' ? ['办理'] : [])]}
        empty={
          policy.state === 'draft'
            ? '发布后，符合的企业自动列在这里。'
            : on !== ''
              ? '那一天没有企业列入。'
              : state === ''
                ? '现在没有企业符合。'
                : '没有这个状态的企业。'
        }
      >
        {rows.map((one) => (
          <tr key={one.enterprise.id}>
            <td>
              <Link to={`/w/enterprises/${one.enterprise.id}`}>{one.enterprise.name}</Link>
            </td>
            <td className="number">{one.since}</td>
            <td>
              <Reasons why={one.why} />
            </td>
            <td>
              <Standing one={one} />
            </td>
            {on === '' && (
              <td>
                <span className="policy-acts no-print">
                  {one.may.offer && (
                    <Act name={`告知${one.enterprise.name}`} run={() => offer(one.enterprise.id)}>
                      告知
                    </Act>
                  )}
                  {ACTS.filter((name) => one.may[name]).map((name) => (
                    <Act key={name} name={`${WORDS[name]}：${one.enterprise.name}`} run={() => act({ act: name, one })}>
                      {WORDS[name]}
                    </Act>
                  ))}
                </span>
              </td>
            )}
          </tr>
        ))}
      </TableSection>
    </section>
  )
}

function Act({ name, run, children }: { readonly name: string; readonly run: () => void; readonly children: string }) {
  return (
    <button type="button" className="button button-small" aria-label={name} onClick={run}>
      {children}
    </button>
  )
}

const Standing = ({ one }: { readonly one: Entitlement }) => (
  <>
    <span className={`policy-state policy-state-${one.state}`}>{ENTITLEMENT_STATE[one.state]}</span>
    <span className="hint">
      {one.paid
        ? `${one.paid.on} 兑现 ${moneyText(one.paid.fen)}，用 ${one.paid.days} 天，凭证 ${one.paid.voucher}${one.paid.disbursementId ? '（涉企资金）' : ''}`
        : (one.declined ??
          (one.confirmedOn ? `${one.confirmedOn} 确认` : one.offeredOn ? `${one.offeredOn} 告知` : ''))}
    </span>
  </>
)
