// Browsers as users have them: hidden tabs are throttled, pages go to the cache, and windows have tabs.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';

/** What puppeteer turns off so that tests are quick, and what this is about. */
const kept = [
  '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--disable-back-forward-cache',
];

export interface Started {
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

export async function startChromium(): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), 'presence-chromium-'));
  const browser = await puppeteer.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    ignoreDefaultArgs: kept,
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    protocolTimeout: 600_000,
  });
  return { browser, close: () => browser.close().finally(() => rm(profile, { recursive: true, force: true, maxRetries: 5 })) };
}

export async function startFirefox(): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), 'presence-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
    userDataDir: profile,
    headless: true,
    protocolTimeout: 600_000,
  });
  return { browser, close: () => browser.close().finally(() => rm(profile, { recursive: true, force: true, maxRetries: 5 })) };
}

/** A tab in a window of its own, so that it is not hidden by what goes on in others: a context has its own windows (Chromium). */
export async function openWindow(browser: Browser, url: string): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Another tab comes to the front of the page's window, which hides the page (Chromium). */
export async function cover(page: Page): Promise<void> {
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await isHidden(page);
}

/** The same where a page opens its tabs beside itself (Firefox). */
export async function coverByItself(page: Page): Promise<void> {
  const opened = new Promise<Page>((resolve) => page.once('popup', (other) => { if (other !== null) resolve(other); }));
  await page.evaluate(() => void window.open('about:blank'));
  await (await opened).bringToFront();
  await isHidden(page);
}

async function isHidden(page: Page): Promise<void> {
  await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 100, timeout: 30_000 });
}
