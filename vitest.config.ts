import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests import the package as a user would. Longest name first, since an alias also matches as a prefix.
    alias: [
      { find: /^presence-model\/client$/, replacement: here('src/client/index.ts') },
      { find: /^presence-model\/fast-check$/, replacement: here('src/fast-check/index.ts') },
      { find: /^presence-model\/presets$/, replacement: here('src/presets/index.ts') },
      { find: /^presence-model\/testing$/, replacement: here('src/testing/index.ts') },
      { find: /^presence-model$/, replacement: here('src/index.ts') },
    ],
  },
  test: {
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text', 'html'] },
    // A property that runs a hundred random histories may need more than vitest's five seconds on a busy machine.
    testTimeout: 180_000,
    // Vitest leaves a core idle by itself; on two cores that is half of them.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'model',
          include: ['test/{unit,law,model,vector}/**/*.test.ts', 'test/guard/poison.test.ts'],
          setupFiles: ['test/support/seed.setup.ts', 'test/support/poison.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'world',
          // These read files, compile and start engines, so they may look at the clock.
          include: ['test/{guard,recording,integration,type}/**/*.test.ts'],
          exclude: ['test/guard/poison.test.ts', 'test/integration/transports/**', 'test/integration/browsers/**', '**/node_modules/**'],
          setupFiles: ['test/support/seed.setup.ts'],
        },
      },
    ],
  },
});
