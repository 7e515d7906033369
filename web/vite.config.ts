import { tokenCss } from '@banjie/contract/token'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { PURE_NAMES } from './pure-name.ts'

/** The tokens become plain CSS at build time: no script, nothing inline, one source. */
const tokens = (): Plugin => ({
  name: 'banjie-tokens',
  enforce: 'pre',
  transform: (code, id) => (id.split('?')[0]?.endsWith('/style/token.css') ? `${tokenCss}\n${code}` : undefined),
})

export default defineConfig({
  base: '/w/',
  plugins: [tokens(), react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      treeshake: {
        // The desk takes words from the contract, never its schemas: zod stays on the server.
        manualPureFunctions: PURE_NAMES,
        moduleSideEffects: (id) => !/\/(contract\/src|zod)\//.test(id),
      },
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-query|query-core))[\\/]/,
            },
          ],
        },
      },
    },
  },
})
