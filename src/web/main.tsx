import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import './ui/ground.css'
import './ui/mantine.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'
import { Notices } from './notice/notices.tsx'
import { makeQueryClient } from './query-client.ts'
import { makeRouter } from './router.tsx'
import { theme, variables } from './ui/theme.ts'
import { WordsProvider } from './words.tsx'

// Compiling schemas needs `eval`, which our Content-Security-Policy forbids.
z.config({ jitless: true })

const queryClient = makeQueryClient(
  () => void router.navigate({ to: '/sign-in', search: { to: router.state.location.href } }),
)
const router = makeRouter(queryClient)

/** What our Content-Security-Policy lets style elements of this page bear; the server writes it into each page. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={nonce}>
        <QueryClientProvider client={queryClient}>
          <WordsProvider>
            <Notices />
            <RouterProvider router={router} />
          </WordsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
