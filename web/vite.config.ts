import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contractValues } from './build/contract-values.ts';

const gateway = process.env['LAB_GATEWAY'] ?? 'http://localhost:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractValues()],
  // The specs run in Node, with a real WebSocket server.
  resolve: { conditions: ['source', 'module', process.env['VITEST'] ? 'node' : 'browser', 'development|production'] },
  build: { outDir: 'dist', sourcemap: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: { '/api': gateway, '/consoles': { target: gateway, ws: true } },
  },
  test: {
    name: 'web',
    environment: 'jsdom',
    include: ['src/**/*.spec.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
  },
});
