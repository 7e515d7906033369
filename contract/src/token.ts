/**
 * Design tokens: the one source of colour, type and space for portal, desk and print. Contrast against white is the WCAG ratio and is
 * recomputed by a test.
 */
export const LIGHT_THEME = {
  fg: '#1a1a1a',
  muted: '#595959',
  brand: '#0b5cad',
  'brand-strong': '#084884',
  'brand-soft': '#e8f1fa',
  link: '#0958d9',
  ok: '#1d7a35',
  'ok-soft': '#e9f6ec',
  warn: '#8a5a00',
  'warn-soft': '#fff7e0',
  bad: '#b3121f',
  'bad-soft': '#fdecee',
  line: '#8c8c8c',
  'line-soft': '#e2e5e9',
  page: '#f4f6f8',
  surface: '#ffffff',
  focus: '#ffbf00',
  'on-brand': '#ffffff',
} as const

/** The dark set, same names, same contrast. */
export const DARK_THEME = {
  fg: '#f0f0f0',
  muted: '#b3b3b3',
  brand: '#6db3f2',
  'brand-strong': '#9ccbf7',
  'brand-soft': '#14293d',
  link: '#7db8ff',
  ok: '#6fcf87',
  'ok-soft': '#12301a',
  warn: '#f0c05a',
  'warn-soft': '#33280c',
  bad: '#ff8a93',
  'bad-soft': '#3d1418',
  line: '#8c8c8c',
  'line-soft': '#383c42',
  page: '#141619',
  surface: '#1e2125',
  focus: '#ffbf00',
  'on-brand': '#0d1115',
} as const satisfies Record<keyof typeof LIGHT_THEME, string>

const FONT = `system-ui,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC",sans-serif`
const declare = (theme: Readonly<Record<string, string>>) =>
  Object.entries(theme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/** The tokens as CSS custom properties; dark follows the system unless `data-theme` says otherwise. */
export const tokenCss = `:root{${declare(LIGHT_THEME)};--font:${FONT};--1:4px;--2:8px;--3:12px;--4:16px;--5:24px;--6:32px;--radius:8px;color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${declare(DARK_THEME)};color-scheme:dark}}
:root[data-theme=dark]{${declare(DARK_THEME)};color-scheme:dark}`
