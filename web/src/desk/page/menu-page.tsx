import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { MENU_GROUP, menuOf } from '../menu.ts'
import { signOut } from '../sign-out.ts'
import { useTitle } from './title.ts'
import './page.css'
import './menu-page.css'

/** Everything a person may open (更多), for screens too narrow for the menu at the side. */
export function MenuPage({ session }: { readonly session: Session }) {
  useTitle('更多')
  return (
    <div className="page">
      <header className="page-head">
        <h1>更多</h1>
      </header>
      {[...Map.groupBy(menuOf(session), ({ group }) => group)].map(([group, entries]) => (
        <section key={group}>
          <h2 className="menu-title">{MENU_GROUP[group]}</h2>
          <nav className="menu-tiles" aria-label={MENU_GROUP[group]}>
            {entries.map(({ to, label, icon }) => (
              <Link key={to} to={to} className="menu-tile">
                <Icon name={icon} size={24} />
                {label}
              </Link>
            ))}
          </nav>
        </section>
      ))}
      <button type="button" className="button menu-leave" onClick={() => void signOut()}>
        <Icon name="leave" />
        退出登录
      </button>
    </div>
  )
}
