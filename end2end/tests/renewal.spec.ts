// The hand-off link is renewed before its end: in place, again if that failed, and never too late.

import type { Page, Route } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO, HEADING, LINK, QR } from '../support/words';

interface Fresh {
  link: string;
  qr: { size: number; path: string };
  expires_at: string;
}

/** Answers renewals with what the server says, made to differ: within a minute it gives one link, and another in the next. */
async function renewing(page: Page, change: (fresh: Fresh, count: number) => Fresh): Promise<() => number> {
  let count = 0;
  await page.route('**/handoff', async (route) => {
    const response = await route.fetch();
    const fresh = (await response.json()) as Fresh;
    count += 1;
    await route.fulfill({ response, json: change(fresh, count) });
  });
  return () => count;
}

const later = (count: number): string => new Date(Date.now() + (5 + count * 4) * 60_000).toISOString();
const changed = (fresh: Fresh, count: number): Fresh => ({
  link: `${fresh.link}x${count}`,
  qr: { size: fresh.qr.size + 4, path: `${fresh.qr.path}M4,4h1v1h-1z` },
  expires_at: later(count),
});

/** Lets the page's time run, and gives its requests time in between. */
async function run(page: Page, seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 5) await page.clock.runFor(5_000);
}

async function handoff(page: Page, verify: VerifyPage): Promise<void> {
  await verify.agree();
  await expect(page.getByRole('button', { name: DO.copy })).toBeVisible(); // the islands live
}

test('link and code are renewed in place, a minute before they end', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  const renewed = await renewing(page, changed);
  await verify.open(session);
  await handoff(page, verify);
  await verify.mark();
  const link = page.getByRole('textbox', { name: LINK });
  const code = page.getByRole('img', { name: QR });
  const before = { box: await code.boundingBox(), link: await link.boundingBox(), view: await code.getAttribute('viewBox') };
  const [field, path] = [await link.elementHandle(), await code.locator('path').elementHandle()];
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift' });
  });

  await run(page, 160); // valid for at least four minutes, and renewed a minute earlier
  expect(renewed()).toBe(0);
  await run(page, 85);
  await expect(link).toHaveValue(/x1$/);
  expect(await code.getAttribute('viewBox')).not.toBe(before.view);
  expect(await code.locator('path').getAttribute('d')).toMatch(/M4,4h1v1h-1z$/);
  expect(await field?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await path?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await code.boundingBox()).toEqual(before.box);
  expect(await link.boundingBox()).toEqual(before.link);
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
  await verify.stillMarked();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HEADING.handoff);

  const times = renewed();
  await run(page, 260);
  await expect.poll(renewed, 'and again, as long as the page waits').toBeGreaterThan(times);
  await expect(link).toHaveValue(new RegExp(`x${renewed()}$`));
  await verify.stillMarked();
});

test('the link that was there before works until its own end', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  const renewed = await renewing(page, changed);
  await verify.open(session);
  // The phone has taken its link, and takes its time.
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('handoff');
  await verify.shows('handoff');
  await expect(page.getByRole('button', { name: DO.copy })).toBeVisible();
  await run(page, 245);
  await expect.poll(renewed).toBe(1);
  await device.through('hello');
  await verify.shows('chip');
});

test('a renewal that fails is tried again, and what is shown stays', async ({ page, site, complaints }) => {
  complaints.expect(/status of (500|429)|net::ERR_FAILED/);
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  const troubles: ((route: Route) => Promise<void>)[] = [
    (route) => route.fulfill({ status: 500 }),
    (route) => route.abort(),
    (route) => route.fulfill({ status: 429 }),
    (route) => route.fulfill({ json: { unexpected: true } }),
  ];
  let asked = 0;
  await page.route('**/handoff', async (route) => {
    const trouble = troubles[asked];
    asked += 1;
    if (trouble) return trouble(route);
    const response = await route.fetch();
    return route.fulfill({ response, json: changed((await response.json()) as Fresh, 1) });
  });
  await verify.open(session);
  await handoff(page, verify);
  await verify.mark();
  const link = page.getByRole('textbox', { name: LINK });
  const old = await link.inputValue();
  await expect.poll(async () => {
    await page.clock.runFor(5_000);
    return asked;
  }, { intervals: [150], timeout: 40_000 }).toBeGreaterThanOrEqual(1);
  await expect(link).toHaveValue(old);
  await expect.poll(async () => {
    await page.clock.runFor(5_000);
    return link.inputValue();
  }, { intervals: [150], timeout: 40_000 }).toMatch(/x1$/);
  expect(asked).toBe(troubles.length + 1);
  await verify.stillMarked();
});

test('a renewal after a phone has connected goes on to what the phone does', async ({ page, site, complaints }) => {
  complaints.expect(/status of 4\d\d|net::ERR_FAILED/);
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  await page.addInitScript(() => {
    // Events that are connected, and never say a word.
    class Silent extends EventTarget {
      static readonly OPEN = 1;
      static readonly CLOSED = 2;
      readonly readyState = 1;
      set onopen(opened: () => void) { queueMicrotask(opened); }
      set onerror(_: () => void) { /* nothing goes wrong */ }
    }
    Object.assign(window, { EventSource: Silent });
  });
  await verify.open(session);
  await handoff(page, verify);
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  const refused = page.waitForResponse('**/handoff', { timeout: 60_000 });
  await run(page, 245);
  expect((await refused).status()).toBeGreaterThanOrEqual(400);
  await verify.shows('chip');
});

test('a link that ended while the machine slept is renewed as soon as it wakes', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  const renewals = await renewing(page, changed);
  await verify.open(session);
  await handoff(page, verify);
  const link = page.getByRole('textbox', { name: LINK });
  // Timers stand still in sleep, the clock does not.
  await page.clock.setSystemTime(Date.now() + 20 * 60_000);
  await page.clock.runFor(6_000);
  await expect(link).toHaveValue(/x1$/);
  expect(renewals()).toBe(1);
});
