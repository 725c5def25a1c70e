import { describe } from 'vitest';
import { tracker } from './laws/tracker.js';
import { prove } from './prove.js';

describe('the tracker', () => { prove(tracker); });
