import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../shared/query.ts'
import { App } from './app.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

const place = document.getElementById('desk')
if (place === null) throw new Error('index.html has no #desk')
createRoot(place).render(
  <QueryClientProvider client={queryClient}>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </QueryClientProvider>,
)
