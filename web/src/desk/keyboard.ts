import { useEffect, useEffectEvent } from 'react'

const OFF = 'desk.keys.off'

/** Single-letter keys can be switched off (WCAG 2.1.4); the choice stays on this machine. */
export const keysAreOn = () => localStorage.getItem(OFF) !== '1'
export const switchKeys = (on: boolean) => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1'))

const TYPING = 'input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable],[role=combobox]'

/** Runs a key's handler while nobody is typing, composing or holding a modifier, and no dialog is open. */
export function useKeys(handlers: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn())
      return
    if (event.target instanceof Element && event.target.closest(TYPING)) return
    if (document.querySelector('dialog[open]')) return
    const handler = handlers[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (handler === undefined) return
    // Enter on a focused button or link keeps its own meaning.
    if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('a,button,summary')) return
    event.preventDefault()
    handler()
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** The letters of the actions; buttons show them. */
export const ACTION_KEY: Readonly<Record<string, string>> = {
  accept: 'a',
  dispatch: 'd',
  sign: 's',
  draftAnswer: 'r',
  approveAnswer: 'p',
  returnAnswer: 'b',
  callBack: 'h',
  contact: 'c',
  note: 'n',
  close: 'e',
  strikeOff: 'e',
  read: 'e',
  grant: 'p',
  deny: 'b',
  receive: 's',
  reply: 'r',
  report: 'r',
  askExtension: 'y',
}

/** Everything the keyboard does, for the help sheet. */
export const KEY_HELP: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'J / K', does: '下一件 / 上一件' },
  { keys: 'Enter 或 O', does: '打开' },
  { keys: 'X', does: '选中 / 取消选中' },
  { keys: 'A', does: '受理' },
  { keys: 'D', does: '交办' },
  { keys: 'S', does: '签收 / 签收督办' },
  { keys: 'C', does: '首次联系' },
  { keys: 'R', does: '拟答复 / 反馈 / 回复督办' },
  { keys: 'P', does: '审签 / 同意' },
  { keys: 'B', does: '退回修改 / 不同意' },
  { keys: 'H', does: '回访' },
  { keys: 'E', does: '办结并下一件' },
  { keys: 'N', does: '备注' },
  { keys: 'Y', does: '申请延期' },
  { keys: 'M', does: '更多动作；在归并页并入所选问题' },
  { keys: 'Alt + Enter', does: '登记时采用建议' },
  { keys: 'Ctrl + Enter', does: '提交正在填写的表单' },
  { keys: 'Esc', does: '收起表单 / 返回列表' },
  { keys: '/', does: '查找' },
  { keys: '?', does: '本说明' },
]
