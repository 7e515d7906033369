import { type ReactNode, useEffect, useState } from 'react'
import { ApiFault } from '../shared/api.ts'
import { Icon } from '../shared/icon.tsx'

const SKELETON_AFTER_MS = 200

/** True once waiting has become noticeable; a quick answer never flashes a skeleton. */
function useLate(): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return late
}

/** Grey lines where the rows will stand. */
export function Skeleton({ rows, className = '' }: { readonly rows: number; readonly className?: string }) {
  const late = useLate()
  return (
    <div className={`skeleton ${className}`} aria-busy="true">
      {late && Array.from({ length: rows }, (_, row) => <i key={row} />)}
      <span className="sr-only">正在读取</span>
    </div>
  )
}

/** What failed, how to try again, and the number to tell the administrator. */
export function ErrorView({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const fault = error instanceof ApiFault ? error : undefined
  return (
    <div className="state state-bad" role="alert">
      <Icon name="alert" size={22} />
      <p>{fault?.message ?? '页面出错了，请重试。'}</p>
      {fault?.problem.requestId && <p className="state-small">请求编号 {fault.problem.requestId}</p>}
      {retry && (
        <button type="button" className="button" onClick={retry}>
          重试
        </button>
      )}
    </div>
  )
}

/** One sentence and one thing to do. */
export function EmptyView({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="state">
      <Icon name="check" size={22} />
      <p>{children}</p>
      {action}
    </div>
  )
}
