import { useEffect, useRef, useState } from 'react'
import { Icon } from '../shared/icon.tsx'
import { KeyMark } from '../shared/key-mark.tsx'
import { KEY_HELP, keysAreOn, switchKeys } from './keyboard.ts'

/** What the keyboard does, and the switch that turns single letters off. */
export function HelpDialog({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [on, setOn] = useState(keysAreOn)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="help-title" onClose={close}>
      <header className="dialog-head">
        <h2 id="help-title">键盘操作</h2>
        <button type="button" className="icon-button" aria-label="关闭" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      <dl className="keys">
        {KEY_HELP.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <KeyMark spoken>{keys}</KeyMark>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="check dialog-foot">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchKeys(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        启用单键操作（输入文字时自动停用）
      </label>
    </dialog>
  )
}
