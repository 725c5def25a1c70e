// What happens to pages, and what the server makes of it. Each user has a page, a window and a network of their own; what is
// asserted is the server's timeline, from what it heard. Scenes that wait for minutes to pass wait together. The brief ones,
// and whatever opens a page, take turns meanwhile: a browser that is given too much at once kills pages that are slow to close.

import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cover, coverByItself, openWindow, startChromium, startFirefox } from './browser.js';
import type { Started } from './browser.js';
import type { Network } from './network.js';
import { openSite } from './site.js';
import type { Site, Span } from './site.js';

const secondMs = 1_000;
const minuteMs = 60_000;
/** How much later than it happens the server may know of it, on a machine that runs two browsers at once. */
const slackMs = 5_000;

/** What was measured, in ms, by browser and what it is of. */
const measured = new Map<string, Record<string, string | number | readonly number[]>>();
function measure(name: string, what: string, value: string | number | readonly number[]): void {
  measured.set(name, { ...measured.get(name), [what]: value });
}

let site: Site;
const started: Started[] = [];

beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  // MEASURE=1: what docs/guide/heartbeats.md quotes.
  if (process.env['MEASURE'] !== undefined) writeFileSync(new URL('measured.json', import.meta.url), `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`);
  await Promise.all(started.map((one) => one.close()));
  site.close();
});

const now = (): number => Date.now();
const statuses = (spans: readonly Span[]): readonly string[] => spans.map(({ status }) => status);
const seen = (userId: string, from: number, until = now()): readonly string[] => statuses(site.spans(userId, from, until));

/** Waits until the server derives this of a user, and says when it began. */
async function until(userId: string, status: string, timeoutMs = 20 * secondMs): Promise<number> {
  const from = now();
  for (;;) {
    const last = site.spans(userId, from - 10 * minuteMs, now() + 1).at(-1);
    if (last?.status === status) return last.from;
    if (now() > from + timeoutMs) throw new Error(`${userId} is ${String(last?.status)}, and did not become ${status}.`);
    await sleep(50);
  }
}

/** Somebody uses the page, every second, until told to stop. */
function use(page: Page): () => Promise<void> {
  const ending = new AbortController();
  const using = (async () => {
    for (let i = 0; !ending.signal.aborted; i++) {
      await page.mouse.move(10 + (i % 50), 10);
      await sleep(secondMs);
    }
  })();
  return async () => {
    ending.abort();
    await using;
  };
}

const beatsOf = (userId: string, from = 0): readonly number[] =>
  site.heard(userId).filter(({ at, type }) => at >= from && (type === 'heartbeat' || type === 'connected')).map(({ at }) => at);
/** When a page's own goodbyes were heard. */
const closings = (userId: string): readonly number[] =>
  site.heard(userId).filter((signal) => signal.type === 'disconnected' && signal.cause === 'closed').map(({ at }) => at);
const gaps = (instants: readonly number[]): readonly number[] => instants.slice(1).map((at, i) => at - instants[i]!);
const lifecycle = async (page: Page, state: 'frozen' | 'active'): Promise<void> => {
  const session = await page.createCDPSession();
  await session.send('Page.setWebLifecycleState', { state });
  await session.detach();
};

/** Does one thing at a time, in the order asked for. */
type Turns = <T>(work: () => Promise<T>) => Promise<T>;
function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

const briefIn = (inTurn: Turns) => (title: string, scene: () => Promise<void>): void => it(title, () => inTurn(scene));

/** A page, where it is, and the network before it. */
interface Opened {
  readonly page: Page;
  readonly url: string;
  readonly network: Network;
}

/** What every browser can do. `open` opens a page in a window of its own. */
function everywhere(
  open: (userId: string) => Promise<Opened>, hide: (page: Page) => Promise<void>, start: () => Promise<Started>, name: string, inTurn: Turns,
): void {
  const brief = briefIn(inTurn);
  const openAlone = async (userId: string): Promise<Started & { readonly page: Page }> => {
    const { url } = await site.pageOf(userId);
    const alone = await start();
    const page = await alone.browser.newPage();
    await page.goto(url);
    return { ...alone, page };
  };

  it('an active tab never flaps, and a mouse move is no message', async () => {
    const { page } = await inTurn(() => open(`${name}-active`));
    const from = await until(`${name}-active`, 'active');
    const stop = use(page);
    await sleep(100 * secondMs);
    const end = now();
    await stop();
    expect(seen(`${name}-active`, from, end)).toEqual(['active']);
    expect(beatsOf(`${name}-active`, from).filter((at) => at < end).length).toBeLessThanOrEqual(100 / 7 + 3);
  });

  it('a tab that nobody uses is idle after a minute, and active at the first touch', async () => {
    // A browser of its own: windows of one browser take the focus from each other, and to be focused is to be touched.
    const { page, close } = await inTurn(() => openAlone(`${name}-idle`));
    const from = await until(`${name}-idle`, 'active');
    const idleAt = await until(`${name}-idle`, 'idle', 80 * secondMs);
    expect(idleAt - from).toBeGreaterThan(minuteMs - slackMs);
    expect(idleAt - from).toBeLessThan(minuteMs + slackMs);
    await sleep(40 * secondMs);
    const touchedAt = now();
    await page.mouse.move(5, 5);
    expect((await until(`${name}-idle`, 'active')) - touchedAt).toBeLessThan(slackMs);
    expect(seen(`${name}-idle`, from)).toEqual(['active', 'idle', 'active']);
    await close();
  });

  it('a hidden tab is away, however long and however its timers are throttled, and back at once', async () => {
    const { page } = await inTurn(() => open(`${name}-hidden`));
    await until(`${name}-hidden`, 'active');
    const hiddenAt = now();
    await hide(page);
    const awayAt = await until(`${name}-hidden`, 'away');
    expect(awayAt - hiddenAt).toBeLessThan(slackMs);
    await sleep(210 * secondMs);
    const shownAt = now();
    expect(seen(`${name}-hidden`, awayAt, shownAt)).toEqual(['away']);
    await page.bringToFront();
    await page.mouse.move(5, 5);
    expect((await until(`${name}-hidden`, 'active')) - shownAt).toBeLessThan(slackMs);
    const between = gaps(beatsOf(`${name}-hidden`, awayAt).filter((at) => at < shownAt));
    measure(name, 'hidden beats apart', between);
    expect(between.length).toBeGreaterThan(1);
    expect(Math.max(...between)).toBeLessThan(150 * secondMs); // 89.5 s by the plan, and a timer that is late
  });

  brief('a refresh is seen by nobody, and the session goes on', async () => {
    const { page } = await open(`${name}-refresh`);
    const from = await until(`${name}-refresh`, 'active');
    const session = await page.evaluate(() => (window as unknown as { presence: { sessionId: string } }).presence.sessionId);
    for (let i = 0; i < 3; i++) {
      await sleep(secondMs);
      await page.reload();
    }
    await sleep(8 * secondMs);
    expect(seen(`${name}-refresh`, from)).toEqual(['active']);
    const heard = site.heard(`${name}-refresh`);
    expect(new Set(heard.map((signal) => 'sessionId' in signal && signal.sessionId))).toEqual(new Set([session]));
    const epochs = heard.filter(({ type }) => type === 'connected').map((signal) => ('epoch' in signal ? signal.epoch : undefined));
    expect(epochs).toEqual([1, 2, 3, 4]);
  });

  brief('who navigates away has gone, and is back with the page', async () => {
    const { page, url } = await open(`${name}-back`);
    await until(`${name}-back`, 'active');
    const leftAt = now();
    await page.goto(new URL('/elsewhere', url).href);
    const goneAt = await until(`${name}-back`, 'offline');
    const heardAt = closings(`${name}-back`)[0]!;
    expect(goneAt - heardAt).toBe(5 * secondMs);
    expect(heardAt - leftAt).toBeLessThan(slackMs);
    await sleep(10 * secondMs);
    const backAt = now();
    await page.goBack();
    expect((await until(`${name}-back`, 'active')) - backAt).toBeLessThan(slackMs);
    const persisted = await page.evaluate(() => (window as unknown as { presence: { said: { type: string }[] } }).presence.said.length > 1);
    measure(name, 'went back', persisted ? 'out of the cache' : 'anew');
    const sessions = new Set(site.heard(`${name}-back`).map((signal) => 'sessionId' in signal && signal.sessionId));
    expect(sessions.size).toBe(1);
  });

  brief('a closed tab is offline after its grace, not before', async () => {
    const { page } = await open(`${name}-closed`);
    await until(`${name}-closed`, 'active');
    const closedAt = now();
    await page.close({ runBeforeUnload: true });
    const goneAt = await until(`${name}-closed`, 'offline');
    const heardAt = closings(`${name}-closed`)[0]!;
    measure(name, 'closed, heard after', heardAt - closedAt);
    expect(goneAt - heardAt).toBe(5 * secondMs);
    expect(heardAt - closedAt).toBeLessThan(slackMs);
  });

  brief('who signs out is gone at once, and moving the mouse on the page that stays brings nobody back', async () => {
    const { page } = await open(`${name}-left`);
    await until(`${name}-left`, 'active');
    const leftAt = now();
    await page.evaluate(() => (window as unknown as { presence: { page: { signOut(): void } } }).presence.page.signOut());
    expect((await until(`${name}-left`, 'offline')) - leftAt).toBeLessThan(slackMs);
    await page.mouse.move(7, 7);
    await sleep(10 * secondMs);
    expect(seen(`${name}-left`, leftAt + slackMs)).toEqual(['offline']);
  });

  brief('a duplicated tab is a session of its own, and closing it leaves the other', async () => {
    const { page } = await open(`${name}-copied`);
    const from = await until(`${name}-copied`, 'active');
    const opened = new Promise<Page>((resolve) => page.once('popup', (other) => { if (other !== null) resolve(other); }));
    // What a browser does when it duplicates a tab: another with a copy of what this one stores.
    await page.evaluate(() => void window.open(location.href));
    const copy = await opened;
    await copy.waitForFunction(() => 'presence' in window, { polling: 100 });
    const ids = await Promise.all([page, copy].map((one) => one.evaluate(() => (window as unknown as { presence: { sessionId: string } }).presence.sessionId)));
    expect(new Set(ids).size).toBe(2);
    await sleep(2 * secondMs);
    await copy.close({ runBeforeUnload: true });
    await page.bringToFront();
    await page.mouse.move(9, 9);
    await sleep(10 * secondMs);
    expect(new Set(seen(`${name}-copied`, from + slackMs))).not.toContain('offline');
    await until(`${name}-copied`, 'active');
  });

  brief('a connection that is reset is back before anybody sees it', async () => {
    const { page, network } = await open(`${name}-reset`);
    const from = await until(`${name}-reset`, 'active');
    const stop = use(page);
    for (let i = 0; i < 5; i++) {
      await sleep(3 * secondMs);
      network.reset();
    }
    await sleep(20 * secondMs);
    const end = now();
    await stop();
    expect(seen(`${name}-reset`, from, end)).toEqual(['active']);
    expect(site.heard(`${name}-reset`).filter(({ type }) => type === 'connected').length).toBeGreaterThanOrEqual(5);
  });

  brief('a network that is silent for 8 s shows nothing; one that is silent for longer shows what silence says, and heals at once', async () => {
    const { page, network } = await open(`${name}-silent`);
    const from = await until(`${name}-silent`, 'active');
    const stop = use(page);
    network.fallSilent();
    await sleep(8 * secondMs);
    network.heal();
    await sleep(10 * secondMs);
    expect(seen(`${name}-silent`, from)).toEqual(['active']);
    network.fallSilent();
    const silentAt = now();
    const idleAt = await until(`${name}-silent`, 'idle', 30 * secondMs);
    expect(idleAt - silentAt).toBeLessThan(15 * secondMs + slackMs);
    await sleep(5 * secondMs);
    network.heal();
    const healedAt = now();
    expect((await until(`${name}-silent`, 'active')) - healedAt).toBeLessThan(10 * secondMs);
    await stop();
  });

  brief('a browser that is killed is stale after the grace of a lost transport', async () => {
    const { browser, close } = await openAlone(`${name}-killed`);
    await until(`${name}-killed`, 'active');
    const diedAt = now();
    browser.process()?.kill('SIGKILL');
    const staleAt = await until(`${name}-killed`, 'stale', 40 * secondMs);
    const heardAt = site.heard(`${name}-killed`).find(({ type }) => type === 'disconnected')!.at;
    measure(name, 'killed, heard after', heardAt - diedAt);
    expect(staleAt - heardAt).toBe(15 * secondMs);
    expect(heardAt - diedAt).toBeLessThan(slackMs);
    await close().catch(() => undefined); // it is gone already, its profile is not
  });
}

describe.concurrent('in Chromium', () => {
  const inTurn = takeTurns();
  const brief = briefIn(inTurn);
  let browser: Browser;
  beforeAll(async () => {
    const one = await startChromium();
    started.push(one);
    browser = one.browser;
    measure('chromium', 'version', await browser.version());
  });
  const open = async (userId: string): Promise<Opened> => {
    const { url, network } = await site.pageOf(userId);
    return { page: await openWindow(browser, url), url, network };
  };
  it('a frozen tab is away while it is frozen, and back when it is used again', async () => {
    const { page } = await inTurn(() => open('frozen'));
    await until('frozen', 'active');
    await cover(page);
    const awayAt = await until('frozen', 'away');
    await sleep(2 * secondMs);
    await lifecycle(page, 'frozen');
    const frozenAt = now();
    await sleep(100 * secondMs); // a hidden page that is not frozen would have beaten
    expect(beatsOf('frozen', frozenAt + slackMs)).toEqual([]);
    expect(seen('frozen', awayAt)).toEqual(['away']);
    expect(seen('frozen', awayAt, frozenAt + 10 * minuteMs)).toEqual(['away']); // and so it will be: it said that it will be silent
    await lifecycle(page, 'active');
    const resumedAt = now();
    await page.bringToFront();
    await page.mouse.move(5, 5);
    expect((await until('frozen', 'active')) - resumedAt).toBeLessThan(slackMs);
    expect(seen('frozen', awayAt)).toEqual(['away', 'active']);
  });

  it('a frozen tab that answers no ping loses its connection, is stale after the grace of it, and back when it is used again', async () => {
    const [pinging, page] = await inTurn(async () => {
      const site = await openSite(5 * secondMs);
      const { url } = await site.pageOf('frozen-pinged');
      return [site, await openWindow(browser, url)] as const;
    });
    try {
      const seenBy = (from: number): readonly string[] => statuses(pinging.spans('frozen-pinged', from, now()));
      await sleep(3 * secondMs);
      await cover(page);
      await sleep(3 * secondMs);
      const hiddenAt = now();
      await lifecycle(page, 'frozen');
      const frozenAt = now();
      await sleep(60 * secondMs);
      const ends = pinging.heard('frozen-pinged').filter(({ type, at }) => type === 'disconnected' && at >= frozenAt);
      measure('chromium', 'frozen, lost after', ends[0] === undefined ? 'never' : ends[0].at - frozenAt);
      expect(seenBy(hiddenAt)).toEqual(ends.length === 0 ? ['away'] : ['away', 'stale']);
      await lifecycle(page, 'active');
      await page.bringToFront();
      await page.mouse.move(5, 5);
      await sleep(8 * secondMs);
      expect(seenBy(hiddenAt).at(-1)).toBe('active');
    } finally {
      pinging.close();
    }
  });

  everywhere(open, cover, startChromium, 'chromium', inTurn);

  brief('a page whose renderer dies is stale after the grace of a lost transport, and offline when silence says so', async () => {
    const { page } = await open('crashed');
    await until('crashed', 'active');
    const session = await page.createCDPSession();
    const diedAt = now();
    void session.send('Page.crash').catch(() => undefined);
    const staleAt = await until('crashed', 'stale', 40 * secondMs);
    measure('chromium', 'crashed, heard after', site.heard('crashed').find(({ type }) => type === 'disconnected')!.at - diedAt);
    expect(staleAt - diedAt).toBeGreaterThan(15 * secondMs - 100);
    expect(staleAt - diedAt).toBeLessThan(15 * secondMs + slackMs);
    const lastBeatAt = beatsOf('crashed').at(-1)!;
    const told = site.spans('crashed', diedAt, now() + 10 * minuteMs).at(-1)!; // if nothing more is heard, and nothing will be
    expect(told.status).toBe('offline');
    expect(told.from - lastBeatAt).toBe(240 * secondMs);
  });

  brief('shows who is there in every viewer alike', async () => {
    const { page } = await open('viewer');
    await until('viewer', 'active');
    await page.waitForFunction(() => document.querySelector('#dom')?.textContent.includes('viewer active') === true, { polling: 100 });
    const lists = await page.evaluate(() => ['dom', 'react', 'vue', 'svelte'].map((id) => [...document.querySelectorAll(`#${id} li`)].map((item) => item.textContent.trim())));
    expect(lists[0]!.length).toBeGreaterThan(0);
    for (const list of lists) expect(list).toEqual(lists[0]);
  });
});

describe.concurrent('in Firefox', () => {
  const inTurn = takeTurns();
  let browser: Browser;
  beforeAll(async () => {
    const one = await startFirefox();
    started.push(one);
    browser = one.browser;
    measure('firefox', 'version', await browser.version());
  });
  const open = async (userId: string): Promise<Opened> => {
    const { url, network } = await site.pageOf(userId);
    const page = await browser.newPage({ type: 'window' } as never);
    await page.goto(url);
    return { page, url, network };
  };
  everywhere(open, coverByItself, startFirefox, 'firefox', inTurn);
});
