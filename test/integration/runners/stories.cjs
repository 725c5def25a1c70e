// The same stories and laws for every runner. A runner hands in its own copies of the doors, so that both module systems are used.

/** @returns {[title: string, run: () => void][]} */
module.exports = function stories({ defaultPolicy, definePolicy, story, laws, fc }) {
  const statuses = ['dnd', ...defaultPolicy.statuses];
  const withDnd = definePolicy({ ...defaultPolicy, statuses, reports: { ...defaultPolicy.reports, none: 'active' } });
  const told = [
    ['a refresh is seen by nobody', () => {
      story(defaultPolicy)`
        time              | 0s     | 10s     | 12s | 14s        | 1m
        > ada/laptop ~10s | +      | -closed | +   | -dropped#1 |
        = ada             | active |         |     |            |
      `;
    }],
    ['do not disturb ends by itself', () => {
      story(withDnd)`
        time              | 0s     | 5s             | 1m30s | 2m5s
        > ada/laptop ~10s | +      | *              |       |
        > ada             |        | q: show dnd 2m |       |
        = ada             | active | dnd (claim q)  |       | idle
      `;
    }],
    ...laws(fc, defaultPolicy).map(({ title, check }) => [title, () => { check({ numRuns: 10, seed: 1 }); }]),
  ];
  // run.mjs sets this, to see how a failure reads in each runner.
  if (process.env.WITH_A_WRONG_STORY === '1') {
    told.push(['a story that is wrong', () => {
      story(defaultPolicy)`
        time              | 0s     | 14s
        > ada/laptop      | +      |
        = ada             | active | idle
      `;
    }]);
  }
  return told;
};
