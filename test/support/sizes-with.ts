// Sizes in place of the real ones (src/tracker/sizes.ts), and what follows from them.

import type * as sizes from '../../src/tracker/sizes.js';

export type Sizes = { readonly [K in keyof typeof sizes]: number };

/** The real sizes, but for those given. */
export function sizesWith(real: Sizes, given: Partial<Sizes>): Sizes {
  const all = { ...real, ...given };
  const places = 2 ** all.reachBits;
  const farPlaceMs = 2 ** all.farPlaceBits;
  return {
    ...all,
    inPage: 2 ** all.pageBits - 1,
    inParts: 2 ** all.partBits - 1,
    places,
    inPlaces: places - 1,
    farPlaceMs,
    farReachMs: (places - 1) * farPlaceMs,
  };
}
