import tseslint from 'typescript-eslint';

/** What a pure model must not know: clocks, timers, chance, the host and its locale. */
const host = [
  'Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask',
  'requestAnimationFrame', 'globalThis', 'window', 'self', 'global', 'document', 'navigator', 'console', 'process', 'Buffer',
  'crypto', 'fetch', 'require', 'eval', 'Function', 'Intl', 'WeakRef', 'FinalizationRegistry', 'structuredClone',
].map((name) => ({ name, message: 'The model knows no clock, no chance and no host: what it needs is an argument.' }));

/** What a line may be long for. */
const unbroken = { ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true };

export default tseslint.config(
  // The runners' files are plain JavaScript in both module systems, as their users write it; they are run, not compiled.
  // What goes over transports, and what runs on pages, is linted by the same rules where its packages are installed.
  { ignores: ['dist/', 'coverage/', 'docs/api/', '**/node_modules/', 'test/integration/runners/', 'test/integration/transports/', 'docs/examples/transports/', 'test/integration/browsers/', 'docs/examples/browser/', 'docs/examples/viewer-*'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Our style; no formatter is needed for so few rules. The wall for the width is above the ~110 columns that we aim at.
      'eol-last': 'error',
      'no-trailing-spaces': 'error',
      semi: ['error', 'always'],
      quotes: ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
      'comma-dangle': ['error', 'always-multiline'],
      'max-len': ['error', { code: 150, ...unbroken }],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Derive a union from an `as const` table.' }],

      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 8 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Where a name comes from a string, brackets say so.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // It would ask for what `no-non-null-assertion` forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `read<Shape>(value)` says what the caller takes it for, like a cast, and in fewer places.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // There are no enums; it stumbles over computed keys.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // `{ readonly [key: string]: Json }` says what its keys are; a Record does not.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // JavaScript calls it too: what the types rule out is asked at the door all the same.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-restricted-globals': ['error', ...host],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The model knows no chance.' },
        { property: 'localeCompare', message: 'The order must not depend on the host: compare by code units.' },
        { property: 'toLocaleString', message: 'The text must not depend on the host.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Derive a union from an `as const` table.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: "BinaryExpression[operator='instanceof']", message: 'ESM and CJS are two copies: look at a field instead.' },
        { selector: 'MetaProperty', message: 'The model knows no host.' },
        { selector: 'ImportExpression', message: 'Imports are static, so that the picture of them is whole.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'docs/**/*.ts'],
    rules: {
      // A test knows what it put in; where it is wrong, it fails on that line.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A story is a template that throws where something differs.
      '@typescript-eslint/no-unused-expressions': ['error', { allowTaggedTemplates: true }],
      // Rows of a table stay rows.
      'max-len': ['error', { code: 180, ...unbroken }],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
