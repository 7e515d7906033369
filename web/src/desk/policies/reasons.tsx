import { ELIGIBILITY } from '@banjie/contract'
import type { Reason } from './query.ts'

/** Why an enterprise fits or does not (逐条说明): what was asked, what is on record, whose data are missing, the clause. */
export const Reasons = ({ why }: { readonly why: readonly Reason[] }) => (
  <ul className="policy-reasons">
    {why.map(({ answer, asked, found, missing, cite }, i) => (
      <li key={i}>
        <b className={`policy-${answer}`}>{ELIGIBILITY[answer]}</b>
        <span>
          {asked}
          <span className="hint">
            {found !== null && `登记：${found}`}
            {missing !== null && `${missing}，由部门补，不向企业要`}（{cite}）
          </span>
        </span>
      </li>
    ))}
  </ul>
)
