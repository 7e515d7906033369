import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage']

/** A real browser: the system's where there is one, else the one that npm brought. @returns why not, where none can start */
export async function openBrowser(): Promise<Browser | string> {
  const system = process.env['BANJIE_CHROMIUM'] ?? SYSTEM.find((path) => existsSync(path))
  try {
    if (system !== undefined) return await chromium.launch({ executablePath: system, args: ARGUMENTS })
    return await chromium.launch({
      // A renderer inside the browser's own process hangs at the second window and takes the browser down at the third.
      executablePath: await sparticuz.executablePath(),
      args: [...sparticuz.args.filter((argument) => argument !== '--single-process'), ...ARGUMENTS],
    })
  } catch (error) {
    return `no browser can start on this machine: ${(error as Error).message.split('\n')[0]}`
  }
}

export interface Window {
  readonly width: number
  readonly height?: number
  readonly dark?: boolean
  readonly javaScript?: boolean
  /** What the window's own clock shows and goes on showing. */
  readonly now?: string
}

/** A new window with cookies of its own. */
export async function openWindow(browser: Browser | string, window: Window): Promise<Page> {
  if (typeof browser === 'string') throw new Error(browser)
  const { width, height = 900, dark = false, javaScript = true, now } = window
  const context = await browser.newContext({
    ...{ viewport: { width, height }, javaScriptEnabled: javaScript, bypassCSP: true, locale: 'zh-CN' },
    // A colour in the middle of its change is nobody's colour.
    ...{ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' },
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  if (now !== undefined) await page.clock.setFixedTime(new Date(now))
  return page
}

/** The desk as somebody of the small district sees it who has just signed in. */
export async function signedIn(
  browser: Browser | string,
  base: string,
  account: string,
  window: Window,
): Promise<Page> {
  const page = await openWindow(browser, window)
  await page.goto(`${base}/w/`)
  await page.getByLabel('账号').fill(account)
  await page.getByLabel('口令').fill('small-district')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('button', { name: '登录' }).waitFor({ state: 'detached' })
  return page
}

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}
/** What axe finds on the page as it stands, of whatever weight. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}

export const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

/** Fails where a page has a barrier for somebody or is wider than its window. @param place how the failure names the page */
export async function sound(page: Page, place: string): Promise<void> {
  assert.deepEqual(await barriers(page), [], place)
  assert.equal(await isTooWide(page), false, `${place} scrolls sideways`)
}
