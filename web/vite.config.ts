import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contractValues } from './build/contract-values.ts';

const gateway = process.env['LAB_GATEWAY'] ?? 'http://localhost:8080';

/** What every page needs, as one file: it compresses better than many small ones. The entry stays a file of its own. */
const everyPage = {
  name: 'base',
  tags: ['$initial' as const],
  test: (id: string) => !/\/(main\.tsx|index\.html)$/.test(id),
};

/** Each is smaller than what it costs to ask for it. */
const icons = { name: 'icons', test: /@tabler/, minShareCount: 3, priority: -1 };

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [react(), contractValues()],
  resolve: {
    // The specs run in Node, with a real WebSocket server.
    conditions: ['source', 'module', mode === 'test' ? 'node' : 'browser', 'development|production'],
    // Its build for browsers asks a document for names of characters; pages are compiled in a worker, which has none.
    alias: {
      'decode-named-character-reference': fileURLToPath(import.meta.resolve('decode-named-character-reference')),
    },
  },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    sourcemap: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // Says which files a page loads first; `npm run bench script-size` adds them up.
    manifest: true,
    // One small file at the start: a page whose own style is dropped on the way stays without it.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: [everyPage, icons] } } },
  },
  server: {
    port: 5173,
    proxy: { '/api': gateway, '/consoles': { target: gateway, ws: true } },
  },
  test: {
    name: 'web',
    environment: 'jsdom',
    // One document for each process: to make one for each file was most of the time.
    isolate: false,
    include: ['src/**/*.spec.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
  },
}));
