import { CHANNEL, DRIVE_LINE, GROUP_OF } from '@banjie/contract'
import { type ReactNode, useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Drive, type Line, rememberDrive, rowsOf } from './query.ts'

interface Props {
  readonly drive: Drive
  readonly keeps: boolean
}

/** Where the opinions came from (对账): the lines add up to the total, which nobody can type; sheets issued stand apart. */
export function Reconciliation({ drive, keeps }: Props) {
  const { id, figures } = drive
  const [noting, setNoting] = useState<Line>()
  const line = (key: Line, label: ReactNode, value: number, to: string | undefined, level = '') => (
    <LineRow
      key={key}
      {...{ drive, line: key, label, value, to, level }}
      note={keeps ? () => setNoting(key) : undefined}
    />
  )
  const { sheets } = figures
  return (
    <section className="panel" aria-label="对账">
      <h2>意见从哪里来</h2>
      <table className="table reconcile">
        <tbody>
          {figures.groups.map(({ group, label, count, kinds }) => [
            line(group, label, count, count > 0 ? rowsOf(id, { channel: kindsOf(group, kinds) }) : undefined),
            ...kinds.map((one) => (
              <tr key={one.kind} className="is-part">
                <th scope="row">{one.label}</th>
                <td className="is-count">
                  <Link to={rowsOf(id, { channel: one.kind })}>{one.count.toLocaleString('zh-CN')}</Link>
                </td>
              </tr>
            )),
          ])}
          {line('total', '合计', figures.total, rowsOf(id), 'is-total')}
        </tbody>
      </table>
      {noting && <NoteForm key={noting} drive={drive} line={noting} close={() => setNoting(undefined)} />}
      <h3>按渠道记录</h3>
      <table className="table reconcile">
        <tbody>
          {figures.channels.map(({ channelId, name, kind, count }) => (
            <tr key={channelId ?? 'none'}>
              <th scope="row">
                {name}{' '}
                {channelId === null ? (
                  <span className="muted">没有注明渠道记录</span>
                ) : (
                  <span className="muted">{kind && CHANNEL[kind]}</span>
                )}
              </th>
              <td className="is-count">
                {count === 0 ? (
                  0
                ) : (
                  <Link to={rowsOf(id, { channelRecord: channelId ?? 'none' })}>{count.toLocaleString('zh-CN')}</Link>
                )}
              </td>
            </tr>
          ))}
          <tr className="is-total">
            <th scope="row">合计</th>
            <td className="is-count">{figures.total.toLocaleString('zh-CN')}</td>
          </tr>
        </tbody>
      </table>
      {sheets.issued + sheets.returned > 0 && (
        <>
          <h3>问卷（张，不计入合计）</h3>
          <table className="table reconcile">
            <tbody>
              {line('issued', '发放', sheets.issued, '#questionnaires')}
              {line('returned', '收回', sheets.returned, '#questionnaires')}
              {line('valid', '有效', sheets.valid, '#questionnaires')}
              <tr>
                <th scope="row">从中提取意见（条，已在上面）</th>
                <td className="is-count">
                  <Link to={rowsOf(id, { sheet: 'any' })}>{sheets.opinions.toLocaleString('zh-CN')}</Link>
                </td>
              </tr>
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}

/** All kinds of a line that have rows; a line's own address must count what the line counts. */
const kindsOf = (group: string, kinds: readonly { readonly kind: keyof typeof CHANNEL }[]) =>
  kinds
    .map(({ kind }) => kind)
    .filter((kind) => (GROUP_OF[kind] ?? 'other') === group)
    .join(',')

interface LineProps {
  readonly drive: Drive
  readonly line: Line
  readonly label: ReactNode
  readonly value: number
  readonly to: string | undefined
  readonly level: string
  readonly note: (() => void) | undefined
}
function LineRow({ drive, line, label, value, to, level, note }: LineProps) {
  const said = drive.notes.find((one) => one.line === line)
  const text = value.toLocaleString('zh-CN')
  return (
    <tr className={level}>
      <th scope="row">
        {label}
        {said && <span className="line-note">{said.text}</span>}
        {note && (
          <button type="button" className="button button-plain line-note-button" onClick={note}>
            {said ? '改说明' : '加说明'}
          </button>
        )}
      </th>
      <td className="is-count">
        {to === undefined ? text : to.startsWith('#') ? <a href={to}>{text}</a> : <Link to={to}>{text}</Link>}
      </td>
    </tr>
  )
}

/** What a line leaves open, in words; an empty text takes the note away. */
function NoteForm({ drive, line, close }: { readonly drive: Drive; readonly line: Line; readonly close: () => void }) {
  const [text, setText] = useState(drive.notes.find((one) => one.line === line)?.text ?? '')
  const save = useSubmission(
    (body: { text: string }, key) => api('noteDrive', { params: { id: drive.id, line }, body, key }),
    {
      done: (saved) => {
        rememberDrive(saved)
        close()
      },
    },
  )
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ text })
      }}
    >
      <PlainField
        label={`“${DRIVE_LINE[line]}”的说明`}
        value={text}
        set={setText}
        maxLength={500}
        placeholder="留空为删除说明"
      />
      <div className="panel-acts">
        <button type="submit" className="button button-primary button-small" disabled={save.isPending}>
          保存
        </button>
        <button type="button" className="button button-small" onClick={close}>
          取消
        </button>
      </div>
      <FaultNotice fault={save.error} />
    </form>
  )
}
