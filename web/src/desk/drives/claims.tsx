import { DRIVE_LINE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Drive, type Line, rememberDrive } from './query.ts'

/** What others have stated (外部说法), beside what we have counted; never part of a computation. */
export function Claims({ drive, keeps }: { readonly drive: Drive; readonly keeps: boolean }) {
  const [adding, setAdding] = useState(false)
  const drop = useSubmission(
    ({ claim }: { claim: string }, key) => api('dropClaim', { params: { id: drive.id, claim }, key }),
    { done: rememberDrive },
  )
  return (
    <section className="panel" aria-label="外部说法">
      <h2>外部说法</h2>
      <p className="hint">新闻、简报里的数字记在这里，只作对照，不参与计算。</p>
      {drive.unstated && <Unstated unstated={drive.unstated} />}
      {drive.claims.length > 0 && (
        <ul className="claims">
          {drive.claims.map(({ id, line, value, computed, difference, source, link, statedOn }) => (
            <li key={id}>
              <span>
                {DRIVE_LINE[line]} <b>{value.toLocaleString('zh-CN')}</b>，本系统 {computed.toLocaleString('zh-CN')}，
                {difference === 0 ? (
                  <span className="tag tag-good">一致</span>
                ) : (
                  <span className="tag tag-bad">
                    {difference > 0 ? '多' : '少'} {Math.abs(difference).toLocaleString('zh-CN')}
                  </span>
                )}
              </span>
              <span className="claim-source">
                {link ? (
                  <a href={link} target="_blank" rel="noopener noreferrer">
                    {source}
                  </a>
                ) : (
                  source
                )}
                {statedOn && ` · ${statedOn}`}
                {keeps && (
                  <button
                    type="button"
                    className="button button-plain line-note-button"
                    disabled={drop.isPending}
                    onClick={() => drop.mutate({ claim: id })}
                  >
                    删除
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <FaultNotice fault={drop.error} />
      {adding && <ClaimForm drive={drive} close={() => setAdding(false)} />}
      {keeps && !adding && (
        <div className="panel-acts">
          <button type="button" className="button button-small" onClick={() => setAdding(true)}>
            记一个数字
          </button>
        </div>
      )}
    </section>
  )
}

/** What a source that states a total leaves open; the split of it is our own. */
function Unstated({ unstated }: { readonly unstated: NonNullable<Drive['unstated']> }) {
  const { total, given, rest, counted, parts } = unstated
  const number = (value: number) => value.toLocaleString('zh-CN')
  return (
    <div className="unstated">
      <b>没有给出的部分</b>
      <p>
        {number(total)}
        {given.map(({ line, value }) => ` − ${DRIVE_LINE[line]} ${number(value)}`)} = {number(rest)}
      </p>
      <p>
        本系统：{parts.map(({ line, count }) => `${DRIVE_LINE[line]} ${number(count)}`).join(' + ')} = {number(counted)}{' '}
        {counted === rest ? (
          <span className="tag tag-good">一致</span>
        ) : (
          <span className="tag tag-bad">相差 {number(Math.abs(counted - rest))}</span>
        )}
      </p>
      <p className="hint">这几项各多少是本系统逐件数得的，不是外部给出的。</p>
    </div>
  )
}

function ClaimForm({ drive, close }: { readonly drive: Drive; readonly close: () => void }) {
  const [line, setLine] = useState<Line>('total')
  const [value, setValue] = useState('')
  const [source, setSource] = useState('')
  const [link, setLink] = useState('')
  const save = useSubmission(
    (body: Parameters<typeof api<'claimFigure'>>[1]['body'], key) =>
      api('claimFigure', { params: { id: drive.id }, body, key }),
    {
      done: (saved) => {
        rememberDrive(saved)
        close()
      },
    },
  )
  const ready = /^\d+$/.test(value) && source.trim() !== ''
  return (
    <form
      className="panel-grid"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) save.mutate({ line, value: Number(value), source: source.trim(), ...(link !== '' && { link }) })
      }}
    >
      <SelectField label="哪一项" value={line} set={setLine} words={DRIVE_LINE} />
      <PlainField label="说的数字" type="number" min="0" value={value} set={setValue} />
      <PlainField label="出处" value={source} set={setSource} maxLength={200} placeholder="如：某报 4 月 10 日" />
      <PlainField label="网址" optional value={link} set={setLink} placeholder="https://" />
      <div className="panel-acts">
        <button type="submit" className="button button-primary button-small" disabled={!ready || save.isPending}>
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
