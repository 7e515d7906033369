import type { CampaignRow } from './query.ts'

/** Rounded down: only all is 100 %. */
const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((part / whole) * 100))

/** How many of those in scope are reached (覆盖), as words and as a bar. */
export function CoverBar({ figures }: Pick<CampaignRow, 'figures'>) {
  const { reached, inScope } = figures
  const share = percent(reached, inScope)
  return (
    <span className={`cover-bar ${inScope > 0 && reached === inScope ? 'is-whole' : ''}`}>
      <span>
        {inScope === 0 ? (
          '范围内还没有对象'
        ) : (
          <>
            已对接{' '}
            <b>
              {reached}/{inScope}
            </b>{' '}
            {share}%
          </>
        )}
      </span>
      <span className="cover-track" role="img" aria-label={`覆盖 ${share}%`}>
        <span style={{ width: `${share}%` }} />
      </span>
    </span>
  )
}
