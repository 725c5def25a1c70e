const fc = require('fast-check');
const { defaultPolicy, definePolicy } = require('presence-model');
const { laws } = require('presence-model/fast-check');
const { story } = require('presence-model/testing');
const stories = require('./stories.cjs');

for (const [title, run] of stories({ defaultPolicy, definePolicy, story, laws, fc })) it(title, run);
