import { momentText } from '../../shared/moment.ts'
import { groupNumber } from '../../shared/number.ts'
import { Link } from '../link.tsx'
import type { Message } from './messages.ts'

interface MessageCardProps {
  readonly message: Message
  readonly change: (more: Partial<Message>) => void
  /** Absent for the first: there is nothing above. */
  readonly join: (() => void) | undefined
}

/** One message: ticked, its words can be put in order before they are filed. */
export function MessageCard({ message, change, join }: MessageCardProps) {
  const { id, nickname, at, timeText, content, type, placeholder, filed, ticked } = message
  const told = at !== null ? momentText(at) : (timeText ?? '没有时间')
  return (
    <li className={`message ${ticked ? 'is-ticked' : ''}`}>
      <div className="message-head">
        <label className="check">
          <input
            type="checkbox"
            checked={ticked}
            disabled={filed !== null}
            onChange={(event) => change({ ticked: event.target.checked })}
          />
          <b>{nickname || '没有昵称'}</b>
          <span className="muted number">{told}</span>
        </label>
        {filed !== null && (
          <span className="tag">
            已登记 <Link to={`/w/c/${filed}`}>{groupNumber(filed)}</Link>
          </span>
        )}
        {placeholder && <span className="tag">只有图片或语音</span>}
        {join && filed === null && (
          <button type="button" className="button button-small" onClick={join}>
            并入上一条
          </button>
        )}
      </div>
      {ticked ? (
        <div className="message-edit">
          <textarea
            className="input textarea"
            aria-label={`${nickname}说的内容`}
            rows={Math.min(8, content.split('\n').length + 1)}
            maxLength={5000}
            value={content}
            onChange={(event) => change({ content: event.target.value })}
          />
          <div className="message-fields">
            <input
              className="input"
              aria-label="昵称"
              placeholder="昵称"
              maxLength={50}
              value={nickname}
              onChange={(event) => change({ nickname: event.target.value })}
            />
            <select
              className="input"
              aria-label="登记为"
              value={type}
              id={`${id}-type`}
              onChange={(event) => change({ type: event.target.value as Message['type'] })}
            >
              <option value="appeal">诉求</option>
              <option value="proposal">建议（建言献策）</option>
            </select>
          </div>
        </div>
      ) : (
        <p className="message-text">{content || '（没有内容）'}</p>
      )}
    </li>
  )
}
