// What the consent page costs a slow phone on a slow line: printed, for no machine is like another.
// Only what does not depend on the machine is asserted: how much travels, and that nothing jumps.

import type { CDPSession, Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';

/** Lighthouse's slow 4G: 150 ms to and fro, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

/** The most that may travel for the consent page, in bytes. */
const WEIGHT = 72_000;

interface Figures {
  fcp: number;
  lcp: number;
  cls: number;
  tbt: number;
}

/** Collects what the browser measures, from the first byte on. */
async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const figures: Figures = { fcp: 0, lcp: 0, cls: 0, tbt: 0 };
    Object.assign(window, { figures });
    const on = (type: string, each: (entry: PerformanceEntry) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    };
    on('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') figures.fcp = startTime;
    });
    on('largest-contentful-paint', ({ startTime }) => {
      figures.lcp = startTime;
    });
    on('layout-shift', (entry) => {
      figures.cls += (entry as PerformanceEntry & { value: number }).value;
    });
    on('longtask', ({ duration }) => {
      figures.tbt += Math.max(0, duration - 50);
    });
  });
}

/** Bytes on the wire, by the end of their address. */
async function weigh(cdp: CDPSession): Promise<Map<string, number>> {
  const names = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    names.set(requestId, /\.(js|wasm|css|svg)$/.exec(new URL(request.url).pathname)?.[1] ?? 'html');
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId);
    if (name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + encodedDataLength);
  });
  await cdp.send('Network.enable');
  return bytes;
}

test('the consent page on a slow phone and a slow line', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS, redirect_url: 'https://shop.example/back' });
  // The link's redirect sets the cookie first: what is measured is the clean address.
  await new VerifyPage(page).open(session);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const bytes = await weigh(cdp);
  await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await observe(page);
  const follows = page.waitForRequest(/\/events$/); // the islands are live
  await page.goto(`${site.kayle.url}/${session.id}`);
  await follows;
  await expect.poll(() => [...bytes.keys()].sort()).toEqual(expect.arrayContaining(['css', 'html', 'js', 'wasm']));
  const { fcp, lcp, cls, tbt } = await page.evaluate(() => (window as unknown as { figures: Figures }).figures);
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  const parts = [...bytes].map(([name, size]) => `${name} ${(size / 1e3).toFixed(1)}`).join(', ');
  console.log(
    `consent page, 4× slower CPU, slow 4G: FCP ${fcp.toFixed(0)} ms, LCP ${lcp.toFixed(0)} ms, ` +
    `TBT ${tbt.toFixed(0)} ms, CLS ${cls.toFixed(3)}; ${(total / 1e3).toFixed(1)} kB with headers (${parts})`,
  );
  expect(cls).toBe(0);
  expect(total).toBeLessThanOrEqual(WEIGHT);
});
