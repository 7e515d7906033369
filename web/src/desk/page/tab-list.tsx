import type { ReactNode } from 'react'

interface TabListProps<Tab extends string> {
  /** What the tabs divide, for those who cannot see them together. */
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly tab: Tab
  /** Id of the panel that shows the chosen tab; each tab's own id is `<panel>-<tab>`. */
  readonly panel: string
  readonly choose: (tab: Tab) => void
  readonly face: (tab: Tab) => ReactNode
}

/** Tabs (页签): one is in the tab order, the arrow keys go on to the next. */
export function TabList<Tab extends string>({ label, tabs, tab, panel, choose, face }: TabListProps<Tab>) {
  const move = (step: number) => {
    const target = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]
    if (target === undefined) return
    choose(target)
    document.getElementById(`${panel}-${target}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {tabs.map((id) => (
        <button
          key={id}
          id={`${panel}-${id}`}
          type="button"
          role="tab"
          aria-selected={tab === id}
          aria-controls={panel}
          tabIndex={tab === id ? 0 : -1}
          className="tab"
          onClick={() => choose(id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1)
            if (event.key === 'ArrowLeft') move(-1)
          }}
        >
          {face(id)}
        </button>
      ))}
    </div>
  )
}
