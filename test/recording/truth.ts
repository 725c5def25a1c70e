// What the people of a recording did, read from its truth file. Nothing here knows signals, evidence or the library's rules:
// it says in what situation each page was, from when to when.

/** One line of a truth file: something the driver did. */
export interface Deed {
  readonly at: number;
  readonly did: string;
  readonly tab?: string;
  readonly client?: string;
  readonly browser?: string;
  readonly beganAt?: number;
  readonly saw?: 'visible' | 'hidden';
  readonly fromBfcache?: boolean;
}

/** How somebody left: what the others could hear of it differs. */
export type Way = 'closed' | 'signed out' | 'broken off' | 'fell silent';

/** What a page is to its user at an instant. */
export type Situation =
  | { readonly is: 'coming' } // opening or coming back: there any moment now
  | { readonly is: 'used' } // the driver types, clicks, touches
  | { readonly is: 'in front'; readonly unusedSince: number } // since the last input, or the load
  | { readonly is: 'in front or hidden' } // another tab of its browser came or went: it may be in another window
  | { readonly is: 'hidden'; readonly unusedSince: number }
  | { readonly is: 'frozen' } // hidden, and its timers stand still
  | { readonly is: 'elsewhere' } // the user went to another page in it and may come back
  | { readonly is: 'running' } // a Node client: connected, with input at random
  | { readonly is: 'gone'; readonly way: Way; readonly since: number };

export interface Stay {
  readonly from: number;
  readonly situation: Situation;
}
/** The situations of one page in order; each lasts until the next one begins. */
export interface Page {
  readonly name: string;
  readonly userId: string;
  readonly stays: readonly Stay[];
}
export interface Truth {
  readonly pages: readonly Page[];
  readonly until: number;
}

/** Deeds that put no page into another situation. What is neither here nor below is an error: no deed is overlooked. */
const noMatter = [
  /^recording (starts|ends)$/,
  /^server (started|asked to stop|process gone|process killed)/,
  /^browser .* (started|gone)$/,
  /^(clients begin to arrive|still running)$/,
  /^(proxy|network|connections) of /,
  /^storm on /,
  / changes networks /,
  / page's own record$/,
  / (is elsewhere|renderer gone)$/,
  / left alone/,
  / returns to tab /,
  /custom status (on|off)/,
  /^client .* says (dis)?connect$/,
  /, comes back$/,
];

/** @param arrivals clients of which the truth tells only when all had come */
export function readTruth(deeds: readonly Deed[], arrivals: readonly string[] = []): Truth {
  const stays = new Map<string, Stay[]>();
  const browserOf = new Map<string, string>();
  const usedAt = new Map<string, number>();

  const situationOf = (page: string): Situation['is'] | undefined => stays.get(page)?.at(-1)?.situation.is;
  const isThere = (page: string): boolean => !['gone', 'elsewhere', undefined].includes(situationOf(page));
  const pagesOf = (browser: string | undefined): string[] =>
    [...browserOf].filter(([page, its]) => its === browser && isThere(page)).map(([page]) => page);
  const neighbours = (page: string): string[] =>
    pagesOf(browserOf.get(page)).filter((other) => other !== page);

  function put(page: string, from: number, situation: Situation): void {
    const before = stays.get(page);
    const last = before?.at(-1)?.situation.is;
    if (before === undefined) stays.set(page, [{ from, situation }]);
    else if (last !== 'gone' || situation.is === 'coming') before.push({ from, situation });
  }
  const leave = (page: string, since: number, way: Way): void => put(page, since, { is: 'gone', way, since });
  const use = (page: string, at: number): void => void usedAt.set(page, at);
  const front = (page: string, at: number): void =>
    put(page, at, { is: 'in front', unusedSince: usedAt.get(page) ?? at });
  const hide = (pages: readonly string[], at: number): void =>
    pages.forEach((page) => put(page, at, { is: 'hidden', unusedSince: usedAt.get(page) ?? at }));
  const doubt = (pages: readonly string[], at: number): void =>
    pages.forEach((page) => put(page, at, { is: 'in front or hidden' }));

  /** [what was done, what it means for `page`, at `at`] */
  const meanings: readonly (readonly [RegExp, (page: string, at: number, deed: Deed) => void])[] = [
    [/^tab .* opening$/, (page, at) => put(page, at, { is: 'coming' })],
    [/^tab .* duplicated/, (page, at) => put(`${page}b`, at, { is: 'coming' })],
    [
      /^tab .* opened$/,
      (page, at, deed) => {
        browserOf.set(page, deed.browser ?? '');
        use(page, at);
        if (deed.saw === 'hidden') hide([page], at);
        else {
          front(page, at);
          doubt(neighbours(page), at);
        }
      },
    ],
    [
      /^tab .* reloading$/,
      (page, at) => {
        if (!isThere(page)) put(page, at, { is: 'coming' });
      },
    ],
    [
      /^tab .* reloaded$/,
      (page, at) => {
        use(page, at);
        front(page, at);
      },
    ],
    [/ navigates away$/, (page, at) => put(page, at, { is: 'elsewhere' })],
    [/ goes back$/, (page, at) => put(page, at, { is: 'coming' })],
    [
      / is back$/,
      (page, at, deed) => {
        if (deed.fromBfcache !== true) use(page, at);
        front(page, at);
      },
    ],
    [
      / brought to front$/,
      (page, at, deed) => {
        front(page, deed.beganAt ?? at);
        hide(neighbours(page), deed.beganAt ?? at);
      },
    ],
    [/ blank tab opened in front$/, (_, at, deed) => hide(pagesOf(deed.browser), at)],
    [/^tab .* hidden$/, (page, at) => hide([page], at)],
    [
      / looked at$/,
      (page, at, { saw }) => {
        const was = situationOf(page);
        const seen = was === 'hidden' ? 'hidden' : was === 'used' || was === 'in front' ? 'visible' : saw;
        if (seen !== saw && was !== 'in front')
          throw new Error(`The driver saw ${page} ${String(saw)} at ${at}; here it is ${String(was)}.`);
        if (saw === 'hidden') hide([page], at);
        else if (was === 'in front or hidden') front(page, at);
      },
    ],
    [
      / input begins$/,
      (page, at) => {
        use(page, at);
        put(page, at, { is: 'used' });
      },
    ],
    [
      / input ends$/,
      (page, at) => {
        use(page, at);
        front(page, at);
      },
    ],
    [/ frozen$/, (page, at) => put(page, at, { is: 'frozen' })],
    [/ resumed \(still hidden\)$/, (page, at) => hide([page], at)],
    [/^signed out$| signs out on /, (page, at) => leave(page, at, 'signed out')],
    [
      / closed by the user$/,
      (page, at) => {
        doubt(
          neighbours(page).filter((other) => situationOf(other) === 'hidden'),
          at,
        );
        leave(page, at, 'closed');
      },
    ],
    [/^page closed$|^client .* closes its page$/, (page, at) => leave(page, at, 'closed')],
    [
      /^browser .* (killed \(SIGKILL\)|closed \(ordinary quit\))$/,
      (_, at, deed) => pagesOf(deed.browser).forEach((page) => leave(page, at, 'broken off')),
    ],
    [/^killed renderer |, gone for good$/, (page, at) => leave(page, at, 'broken off')],
    [/^vanished /, (page, at) => leave(page, at, 'fell silent')],
    [/^client .* started$/, (page, at) => put(page, at, { is: 'running' })],
    [/^all clients started$/, (_, at) => arrivals.forEach((page) => put(page, at, { is: 'running' }))],
  ];

  for (const client of arrivals) put(client, 0, { is: 'coming' });
  for (const deed of deeds) {
    const meaning = meanings.find(([pattern]) => pattern.test(deed.did));
    if (meaning !== undefined) meaning[1](deed.tab ?? deed.client ?? '', deed.at, deed);
    else if (!noMatter.some((pattern) => pattern.test(deed.did)))
      throw new Error(`Unknown deed at ${deed.at}: ${deed.did}`);
  }
  const stops = deeds.filter(({ did }) => did.startsWith('server asked to stop'));
  return {
    pages: [...stays].map(([name, all]) => ({ name, userId: name.split('/')[0] ?? '', stays: all })),
    until: stops.at(-1)?.at ?? 0,
  };
}
