import { defineConfig } from 'tsup';

export default defineConfig({
  // One entry for each door of package.json's `exports`.
  entry: {
    index: 'src/index.ts', client: 'src/client/index.ts', testing: 'src/testing/index.ts', 'fast-check': 'src/fast-check/index.ts',
    presets: 'src/presets/index.ts',
  },
  tsconfig: 'src/tsconfig.json',
  format: ['esm', 'cjs'],
  target: 'es2020',
  platform: 'neutral',
  // Without splitting every door would carry its own copy of the core.
  splitting: true,
  treeshake: false,
  sourcemap: true,
  clean: true,
  // tsup sets `baseUrl` for the declaration step, which TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});
