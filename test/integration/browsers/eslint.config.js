import house from '../../../eslint.config.js';

// The rules of the house, without what it leaves out and with the types that are installed here.
const [, ...rules] = house;
export default [
  { ignores: ['**/node_modules/', '**/*.js'] },
  ...rules,
  { languageOptions: { parserOptions: { projectService: false, project: 'test/integration/browsers/tsconfig.json' } } },
];
