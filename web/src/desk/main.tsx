import { STAGE, LIGHT } from '@banjie/contract'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
const q = new QueryClient()
const A = () => { const x = useQuery({queryKey:['a'], queryFn: async()=>1}); return <b>{STAGE.received}{LIGHT.red}{x.data}</b> }
createRoot(document.getElementById('desk') as HTMLElement).render(<QueryClientProvider client={q}><A/></QueryClientProvider>)
