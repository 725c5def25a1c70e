import fc from 'fast-check';
import { defaultPolicy, definePolicy } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { story } from 'presence-model/testing';
import { test } from 'node:test';
import stories from './stories.cjs';

for (const [title, run] of stories({ defaultPolicy, definePolicy, story, laws, fc })) test(title, run);
