import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  resolve: {
    alias: [
      { find: /^presence-model\/(client|testing)$/, replacement: here('../../../src/$1/index.ts') },
      { find: /^presence-model$/, replacement: here('../../../src/index.ts') },
      { find: /^ws$/, replacement: here('node_modules/ws/wrapper.mjs') },
    ],
  },
  test: {
    include: ['*.browser.ts'],
    // Everything happens at once and waits for real minutes to pass.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    maxConcurrency: 50,
  },
});
