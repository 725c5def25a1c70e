import { defineConfig } from 'tsup';

/** How the library is compiled, by whoever bundles it: test/support/bundle.ts does so as well, and with it the benchmarks. */
export const compiled = {
  tsconfig: 'src/tsconfig.json',
  target: 'es2020',
  platform: 'neutral',
  // Constants are written where they are read, in the other file, too: a tracker reads dozens of them for each signal.
  minifySyntax: true,
} as const;

const { minifySyntax, ...options } = compiled;

export default defineConfig({
  ...options,
  // One entry for each door of package.json's `exports`.
  entry: {
    index: 'src/index.ts', client: 'src/client/index.ts', testing: 'src/testing/index.ts', 'fast-check': 'src/fast-check/index.ts',
    presets: 'src/presets/index.ts',
  },
  format: ['esm', 'cjs'],
  esbuildOptions: (esbuild) => {
    esbuild.minifySyntax = minifySyntax;
  },
  // Without splitting every door would carry its own copy of the core.
  splitting: true,
  treeshake: false,
  sourcemap: true,
  clean: true,
  // tsup sets `baseUrl` for the declaration step, which TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
});
