// Without this file vitest would take the project's own configuration.
export default { test: { include: ['vitest.test.mjs'] } };
