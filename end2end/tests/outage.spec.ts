// The server goes away, restarts, or refuses its events: the page says so, and finds back by itself.

import type { Page, Route } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO, LOST } from '../support/words';

/** Where the page says that it lost its connection. */
function lost(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('status').filter({ hasText: LOST });
}

/** Opens the page again, and waits until it follows: not before that can it lose anything. */
async function following(page: Page): Promise<void> {
  const events = page.waitForResponse('**/events');
  await page.reload();
  await events;
}

test('the server restarts while the page waits, and again while the phone works: the page follows on', async ({
  page, site, complaints,
}) => {
  complaints.expect(/net::ERR_/);
  const { kayle } = site;
  const { session, verify } = await VerifyPage.agreed(page, kayle);
  await following(page);
  await verify.mark();
  await expect(lost(page)).toHaveCount(0);

  await kayle.down();
  await expect(lost(page)).toBeVisible();
  await kayle.up();
  await expect(lost(page)).toHaveCount(0);
  await verify.stillMarked();

  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('hello');
  await verify.shows('chip');
  const code = await verify.code();
  await device.through('nfc');
  await verify.tries(2, 3);
  await verify.mark();
  await kayle.down();
  await expect(lost(page)).toBeVisible();
  await verify.tries(2, 3);
  await kayle.up();
  await expect(lost(page)).toHaveCount(0);
  await verify.stillMarked();
  expect(await verify.code(), 'it is the same phone').toBe(code);
  await device.through('nfc');
  await verify.tries(1, 3);
  await verify.stillMarked();
  await device.finish();
  await verify.shows('failed');
});

test('what happened while the server was away is shown when it is back', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_/);
  const { kayle } = site;
  const { session, verify } = await VerifyPage.agreed(page, kayle);
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('nfc');
  await verify.shows('face');
  await following(page);
  // The server is back at once, and for this page alone it is not.
  await page.route('**/events', (route) => route.abort());
  await kayle.down();
  await kayle.up();
  await expect(lost(page)).toBeVisible();
  await device.finish();
  await verify.shows('face');
  await page.unroute('**/events');
  await verify.shows('succeeded');
});

const REFUSALS: [string, (route: Route) => Promise<void>][] = [
  ['answered with too many', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '10' } })],
  ['answered with an error', (route) => route.fulfill({ status: 500 })],
  ['answered with a page', (route) => route.fulfill({ contentType: 'text/html', body: '<p>Log in to the Wi-Fi</p>' })],
  ['cut off each time', (route) => route.abort('connectionreset')],
  ['never answered', () => Promise.resolve()],
];

for (const [how, refuse] of REFUSALS) {
  test(`where events are ${how}, the page comes to the next state by itself`, async ({
    page, site, complaints,
  }) => {
    complaints.expect(/net::ERR_|status of (429|500)|EventSource/);
    const session = await site.kayle.createSession();
    const verify = new VerifyPage(page);
    await page.clock.install();
    await page.route('**/events', refuse);
    const asked = page.waitForRequest('**/events');
    await verify.open(session);
    await verify.agree();
    await asked;
    const device = await site.phone(session.verification_url, 'pass');
    await device.through('hello');
    await verify.comesTo('chip');
    await expect(verify.link(DO.checkNow)).toBeVisible();
    await device.finish();
    await verify.comesTo('succeeded');
  });
}

for (const script of ['follows', 'never starts'] as const) {
  test(`a page whose script ${script} outlasts a server that is away for longer`, async ({ page, site, complaints }) => {
    complaints.expect(/net::ERR_|status of 502/);
    const session = await site.kayle.createSession();
    const verify = new VerifyPage(page);
    await page.clock.install();
    if (script === 'never starts') await page.route('**/*.wasm', (route) => route.abort());
    await verify.open(session);
    await verify.agree();
    // As a proxy answers for a server that is not there.
    const away = async (route: Route): Promise<void> => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' });
    const refused = script === 'follows' ? page.waitForResponse((response) => response.status() === 502) : undefined;
    await page.route(`${site.kayle.url}/v1/**`, away);
    await page.route(`${site.kayle.url}/${session.id}`, away);
    if (script === 'follows') {
      await site.kayle.down();
      await refused;
      await site.kayle.up();
      await expect(lost(page)).toBeVisible();
    }
    for (let seconds = 0; seconds < 70; seconds += 1) await page.clock.runFor(1_000);
    await verify.shows('handoff');
    const device = await site.phone(session.verification_url, 'pass');
    await device.through('hello');
    await page.unroute(`${site.kayle.url}/v1/**`);
    await page.unroute(`${site.kayle.url}/${session.id}`);
    await verify.comesTo('chip');
  });
}
