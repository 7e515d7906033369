import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { queryClient } from '../shared/query.ts'

const place = document.getElementById('desk')
if (place === null) throw new Error('index.html has no #desk')
createRoot(place).render(
  <QueryClientProvider client={queryClient}>
    <App />
  </QueryClientProvider>,
)
