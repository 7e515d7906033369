import { CLASS } from '@banjie/contract'
import { Icon } from '../../shared/icon.tsx'
import { dueText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import type { Kase, Row } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { useNarrow } from '../media.ts'
import { Flags } from '../queue/case-row.tsx'
import { CaseMarks } from './case-marks.tsx'
import { StageBar } from './stage-bar.tsx'

interface CaseHeaderProps {
  readonly head: Row
  readonly kase: Kase | undefined
  readonly close: (() => void) | undefined
  readonly step: { readonly back: (() => void) | undefined; readonly on: (() => void) | undefined } | undefined
}

/** Number, light, day, stage: what one has to know before reading. */
export function CaseHeader({ head, kase, close, step }: CaseHeaderProps) {
  // Beside a list the list's name is the first heading.
  const Title = useNarrow() || step === undefined ? 'h1' : 'h2'
  const copy = () =>
    navigator.clipboard?.writeText(head.superiorNumber ?? head.number).then(
      () => announce('编号已复制'),
      () => announce('没有复制成功，请手动选取编号', 'bad'),
    )
  return (
    <header className="case-head">
      <div className="case-line">
        {close && (
          <button type="button" className="icon-button case-back" aria-label="返回列表" onClick={close}>
            <Icon name="left" />
          </button>
        )}
        <button type="button" className="case-number number" title="复制编号" onClick={() => void copy()}>
          {head.superiorNumber ?? groupNumber(head.number)}
          <Icon name="copy" size={13} />
        </button>
        {head.superiorNumber !== null && <span className="number muted">{groupNumber(head.number)}</span>}
        <Flags row={head} />
        <span className="case-tools">
          {step && (
            <>
              <button
                type="button"
                className="icon-button"
                aria-label="上一件"
                title="上一件（K）"
                disabled={!step.back}
                onClick={step.back}
              >
                <Icon name="up" />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label="下一件"
                title="下一件（J）"
                disabled={!step.on}
                onClick={step.on}
              >
                <Icon name="down" />
              </button>
              <Link to={`/w/c/${head.number}`} className="icon-button" aria-label="整页打开" title="整页打开">
                <Icon name="open" />
              </Link>
            </>
          )}
        </span>
      </div>
      <Title className="case-title" tabIndex={-1}>
        {head.title}
      </Title>
      <div className="case-due">
        <LightMark light={head.light} remaining={head.remaining} />
        {head.dueAt && (
          <span className="case-day">
            {head.light === 'red' ? '应于' : '最迟'} {dueText(head.dueAt)}
          </span>
        )}
        {kase?.class && <span className="tag">{CLASS[kase.class]}</span>}
        {head.categoryLabel && <span className="tag">{head.categoryLabel}</span>}
        {head.leadUnit && (
          <span className="case-unit">
            {head.leadUnit.name}
            {head.handler && ` · ${head.handler.name}`}
          </span>
        )}
      </div>
      {kase && <CaseMarks kase={kase} />}
      <StageBar type={head.type} stage={head.stage} stageLabel={head.stageLabel} />
    </header>
  )
}
