import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const top = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export default defineConfig({
  root: top(''),
  resolve: {
    alias: [
      { find: /^presence-model\/testing$/, replacement: top('src/testing/index.ts') },
      { find: /^presence-model$/, replacement: top('src/index.ts') },
    ],
  },
  // Most of the time they wait.
  test: { include: ['test/integration/transports/*.test.ts'], testTimeout: 60_000, maxWorkers: '100%' },
});
