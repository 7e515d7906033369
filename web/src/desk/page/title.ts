import { useEffect } from 'react'

/** The title of the window while a page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 工作台`
  }, [title])
}
