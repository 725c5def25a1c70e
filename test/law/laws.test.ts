// The laws with the default policy: those of the door `presence-model/fast-check`, which any team runs against its own.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { describe, it } from 'vitest';

describe('with the default policy', () => {
  for (const law of laws(fc, defaultPolicy)) it(law.title, () => { law.check(); });
});
