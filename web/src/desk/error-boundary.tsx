import { Component, type ReactNode } from 'react'

/** The last net: a screen that broke, or a part that a newer release has replaced, is loaded anew. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <div className="state state-bad" role="alert">
        <p>这个页面出错了，或者系统刚刚更新。请重新载入。</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          重新载入
        </button>
      </div>
    )
  }
}
