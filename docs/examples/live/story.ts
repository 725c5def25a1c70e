// What ada and bob do in half a minute, and what others must see of ada meanwhile. Thresholds are a tenth of the
// default's: silence is idle after 1.5 s and offline after 24 s, a drop has 1.5 s of grace, a page that closed 0.5 s.
import { openPage, type Page, type State } from './page.js';

export interface Scene {
  readonly text: string;
  act(): void | Promise<void>;
  /** How long it lasts after the deed, in ms: well past the thresholds that it is about. */
  readonly lastsMs: number;
  /** All that is published of ada meanwhile: statuses, and what is shown of claims. */
  readonly seen: readonly string[];
  /** By what a connection of ada's ends meanwhile, and one opens: so that a drop that nobody saw was one. */
  readonly returnsFrom?: 'dropped' | 'closed';
}

export interface Story {
  readonly scenes: readonly Scene[];
  /** All that is published of bob. */
  readonly bob: readonly string[];
  /** Lets go of every socket. */
  end(): void;
}

export function tellStory(url: string): Story {
  const pages = new Map<string, Page>();
  async function open(name: string, userId: string, sessionId: string, state: State = 'reading'): Promise<void> {
    pages.set(name, await openPage(url, userId, sessionId, state));
  }
  function page(name: string): Page {
    const found = pages.get(name);
    if (found === undefined) throw new Error(`Nobody has opened ${name}.`);
    return found;
  }
  const scenes: readonly Scene[] = [
    {
      text: 'bob opens a tab',
      act: () => open('bob', 'bob', 'tab'),
      lastsMs: 500,
      seen: [],
    },
    {
      text: 'ada opens a tab and works',
      act: () => open('first', 'ada', 'tab-1', 'working'),
      lastsMs: 700,
      seen: ['active'],
    },
    {
      text: 'ada opens a second tab; her phone has the app in the background',
      async act() {
        await open('second', 'ada', 'tab-2');
        await open('phone', 'ada', 'phone', 'hidden');
      },
      lastsMs: 700,
      seen: [],
    },
    {
      text: 'ada watches a game, in the second tab',
      act: () => page('second').claim({ id: 'game', sessionId: 'tab-2', detail: { gameId: 42 } }),
      lastsMs: 700,
      seen: ['game {"gameId":42}'],
    },
    {
      text: "bob's machine loses its power: no goodbye, and nothing more is heard of it",
      act: () => page('bob').crash(),
      lastsMs: 500,
      seen: [],
    },
    {
      text: 'ada closes the second tab: the game ends with it, ada does not',
      act: () => page('second').close(),
      lastsMs: 1_500,
      seen: ['no game'],
    },
    {
      text: "the transport of ada's tab drops, and is back in a moment",
      act: () => page('first').drop(),
      lastsMs: 2_300,
      seen: [],
      returnsFrom: 'dropped',
    },
    {
      text: 'ada refreshes her tab',
      act: () => page('first').refresh(),
      lastsMs: 1_200,
      seen: [],
      returnsFrom: 'closed',
    },
    {
      text: 'ada does not want to be disturbed for 2 s',
      act: () => page('first').claim({ id: 'quiet', show: 'dnd' }, 2_000),
      lastsMs: 3_000,
      seen: ['dnd', 'active'],
    },
    {
      text: 'ada makes herself invisible',
      act: () => page('first').claim({ id: 'invisible', atMost: 'offline' }),
      lastsMs: 1_200,
      seen: ['offline'],
    },
    {
      text: 'ada shows herself again',
      act: () => page('first').unclaim('invisible'),
      lastsMs: 1_000,
      seen: ['active'],
    },
    {
      text: 'ada takes her hands off the keyboard',
      act: () => page('first').become('reading'),
      lastsMs: 6_800,
      seen: ['idle'],
    },
    {
      text: 'ada puts the tab into the background, as her phone is',
      act: () => page('first').become('hidden'),
      lastsMs: 1_200,
      seen: ['away'],
    },
    {
      text: 'ada is back at work',
      act: () => page('first').become('working'),
      lastsMs: 1_000,
      seen: ['active'],
    },
    {
      text: 'ada signs out on her phone',
      act: () => page('phone').signOut(),
      lastsMs: 800,
      seen: [],
    },
    {
      text: 'ada signs out in her tab, the last one',
      act: () => page('first').signOut(),
      lastsMs: 1_000,
      seen: ['offline'],
    },
  ];
  return {
    scenes,
    bob: ['active', 'idle', 'away', 'stale', 'offline'],
    end: () => pages.forEach((each) => each.close()),
  };
}
