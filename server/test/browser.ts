import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

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
