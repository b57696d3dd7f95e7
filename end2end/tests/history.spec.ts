// Back and forward, in a browser that keeps pages alive behind the one it shows, as browsers do.

import type { Page } from '@playwright/test';

import config from '../playwright.config';
import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO } from '../support/words';

test.use({
  launchOptions: { ...config.use?.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

/** Moves in the history as the browser's own buttons do; what comes is for the caller to await. */
async function go(page: Page, by: -1 | 1): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { currentIndex, entries } = await devtools.send('Page.getNavigationHistory');
  const entryId = entries[currentIndex + by]?.id;
  if (entryId === undefined) throw new Error('the history ends here');
  await devtools.send('Page.navigateToHistoryEntry', { entryId });
  await devtools.detach();
}

/** How often a page was taken up again as it was left. */
async function revivals(page: Page): Promise<() => number> {
  let count = 0;
  await page.exposeFunction('revived', () => { count += 1; });
  await page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) void (window as unknown as { revived: () => Promise<void> }).revived();
    });
  });
  return () => count;
}

test('coming back from the organization’s page, nobody is sent on again', async ({ page, site, elsewhere }) => {
  elsewhere.page('/back', '<h1>Back at the shop</h1>');
  const revived = await revivals(page);
  const session = await site.kayle.createSession({ redirect_url: `${elsewhere.stranger}/back` });
  await (await site.phone(session.verification_url, 'pass')).finish();
  const verify = new VerifyPage(page);
  await page.goto(session.verification_url);
  await expect(verify.button(DO.stay)).toBeVisible();
  await page.getByRole('link', { name: /^Continue to/ }).click();
  await expect(page.getByRole('heading', { name: 'Back at the shop' })).toBeVisible();
  await go(page, -1);
  await verify.shows('succeeded');
  await expect(verify.button(DO.goOn), 'the countdown stands still').toBeVisible();
  await expect(verify.button(DO.stay)).toBeHidden();
  expect(revived(), 'this browser does keep pages').toBe(1);
  expect(elsewhere.arrivals.filter(({ path }) => path.includes(session.id))).toHaveLength(1);
});

test('every page gone back or forward to shows how things stand, and asks nothing outdated', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await verify.link(DO.back).click();
  await verify.shows('consent');
  await verify.agree();
  await verify.link(DO.cancel).click();
  await verify.shows('askCancel');
  await verify.link(DO.back).click();
  await verify.shows('handoff');
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('chip');
  await verify.link(DO.release).click();
  await verify.shows('askRelease');
  await verify.link(DO.back).click();
  await verify.shows('chip');
  await device.finish();
  await verify.shows('succeeded');

  const length = await page.evaluate(() => history.length);
  expect(length).toBeGreaterThan(5);
  const addresses = new Set<string>();
  for (const by of [-1, -1, -1, -1, -1, 1, 1] as const) {
    await go(page, by);
    await verify.shows('succeeded');
    await expect(page.locator('form[action$="/cancel"], form[action$="/consent"], form[action$="/release"]')).toHaveCount(0);
    addresses.add(page.url());
  }
  expect(addresses.size, 'among them pages with a question').toBeGreaterThan(1);
});

test('going back while the phone works shows its work', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await verify.link(DO.cancel).click();
  await verify.shows('askCancel');
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await go(page, -1);
  await verify.shows('chip');
  await device.through('nfc');
  await verify.shows('face');
  await device.finish();
  await verify.shows('succeeded');
});
