import { ROLE } from '@banjie/contract'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../shared/icon.tsx'
import { KeyMark } from '../shared/key-mark.tsx'
import { useQueues } from '../shared/query.ts'
import type { Session } from '../shared/shape.ts'
import { Announcer } from './announce.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { useKeys } from './keyboard.ts'
import { Link } from './link.tsx'
import { barOf, MENU_GROUP, menuOf } from './menu.ts'
import { go, isAt, type Place, usePlace } from './router.ts'
import { signOut } from './sign-out.ts'

/** The frame of every screen after sign-in: name of the house, queues, menu, who is working. */
export function Shell({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const [help, setHelp] = useState(false)
  const place = usePlace()
  const { path } = place
  const search = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  const seen = useRef(path)
  useKeys({
    '?': () => setHelp(true),
    '/': () => (document.querySelector<HTMLInputElement>('[data-search]') ?? search.current)?.focus(),
  })
  useEffect(() => {
    // A new screen is announced by moving to its beginning, as a new page would.
    if (seen.current !== path) main.current?.focus({ preventScroll: true })
    seen.current = path
  }, [path])
  return (
    <div className={`shell ${path.startsWith('/w/q/') ? 'on-queue' : ''}`}>
      <a className="skip" href="#main">
        跳到主要内容
      </a>
      <header className="top">
        <Link to="/w/" className="mark">
          <Seal />
          <span className="mark-name">办结</span>
          <span className="mark-district">{session.district}工作台</span>
        </Link>
        {session.demo && <span className="demo-flag">演示数据</span>}
        {path !== '/w/c' && (
          <search className="top-find">
            <form
              className="top-search"
              onSubmit={(event) => {
                event.preventDefault()
                const words = search.current?.value.trim() ?? ''
                go(words === '' ? '/w/c' : `/w/c?q=${encodeURIComponent(words)}`)
              }}
            >
              <Icon name="search" />
              <input ref={search} type="search" aria-label="在台账中查找" placeholder="编号、事由、地点" />
              <KeyMark>/</KeyMark>
            </form>
          </search>
        )}
        <Who session={session} help={() => setHelp(true)} />
      </header>
      <nav className="side" aria-label="工作台">
        <Queues place={place} />
        <div className="side-menu">
          <Link to="/w/" className="side-link side-queues" aria-current={path.startsWith('/w/q/') ? 'page' : undefined}>
            <Icon name="inbox" />
            <span>队列</span>
          </Link>
          <MenuLinks session={session} path={path} />
          <Link to="/w/menu" className="side-link side-more" aria-current={path === '/w/menu' ? 'page' : undefined}>
            <Icon name="more" />
            <span>更多</span>
          </Link>
          <button type="button" className="side-link side-leave" onClick={() => void signOut()}>
            <Icon name="leave" />
            <span>退出</span>
          </button>
        </div>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className="main">
        {children}
      </main>
      <Announcer />
      {help && <HelpDialog close={() => setHelp(false)} />}
    </div>
  )
}

/** On a phone the first few stand in the bar below, the others on the page “more”. */
function MenuLinks({ session, path }: { readonly session: Session; readonly path: string }) {
  const bar = barOf(session)
  return menuOf(session).map(({ to, label, icon, group }, at, all) => (
    <Fragment key={to}>
      {group !== all[at - 1]?.group && <p className="side-group">{MENU_GROUP[group]}</p>}
      <Link
        to={to}
        className={`side-link ${bar.has(to) ? '' : 'side-rest'}`}
        aria-current={path === to || (to !== '/w/new' && path.startsWith(`${to}/`)) ? 'page' : undefined}
      >
        <Icon name={icon} />
        <span>{label}</span>
      </Link>
    </Fragment>
  ))
}

const Seal = () => (
  <svg className="seal" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" />
    <path d="M7.500 9h17M7.500 15.500h10M7.500 22h6" opacity=".7" />
    <path d="m16.500 21.500 3.800 3.800 6.700-8" strokeWidth="3.200" />
  </svg>
)

function Queues({ place }: { readonly place: Place }) {
  const { path } = place
  const { data } = useQueues()
  const list = useRef<HTMLUListElement>(null)
  const known = data !== undefined
  useEffect(() => {
    // On a phone the queues are one row to scroll; the one that is open must be in it.
    if (known && path !== '')
      list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path, known])
  return (
    <ul ref={list} className="queues" aria-label="我的队列">
      {data?.items.map(({ id, label, count, red, to = `/w/q/${id}` }) => (
        <li key={id}>
          <Link to={to} className="queue-link" aria-current={isAt(place, to) ? 'page' : undefined}>
            <span className="queue-label">{label}</span>
            {red > 0 && id !== 'overdue' && (
              <span className="queue-red" title={`其中超期 ${red} 件`}>
                <span aria-hidden="true">■ </span>
                <span className="sr-only">超期</span>
                {red}
              </span>
            )}
            <span className={`queue-count ${count === 0 ? 'is-zero' : ''}`}>
              {count > 999 ? '999+' : count}
              <span className="sr-only">件</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Who({ session, help }: { readonly session: Session; readonly help: () => void }) {
  const roles = session.roles.map((role) => ROLE[role]).join('、')
  return (
    <div className="who">
      <button
        type="button"
        className="icon-button who-help"
        aria-label="键盘操作说明"
        title="键盘操作（?）"
        onClick={help}
      >
        <Icon name="keyboard" />
      </button>
      <span className="who-text">
        <b>{session.name}</b>
        <span>
          {session.unitName ?? session.district} · {roles}
        </span>
      </span>
    </div>
  )
}
