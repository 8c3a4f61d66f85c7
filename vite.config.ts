import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server beside which `bin/dev` runs this one. */
const SERVER = process.env.API_URL ?? 'http://localhost:4000'

export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true },
  server: {
    proxy: Object.fromEntries(['/v1', '/api', '/openapi.json', '/healthz'].map((path) => [path, SERVER])),
  },
})
