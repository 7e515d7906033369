/**
 * What the pages gain where scripts run: printing with one tap. Every page is complete without it, so it is small and serves from our own address
 * as the content policy demands.
 */
export const PORTAL_SCRIPT = `'use strict'
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
`
