// What is said aloud without being asked for, in its order: once each, and nothing at load.

import { Announcements } from '../support/announcements';
import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO, LOST, WRONG } from '../support/words';

const FAILED = 'The last attempt did not work';
const CHIP = `${FAILED} ${WRONG.chip} Check that it is the right passport and read the chip again.`;
const FACE = new RegExp(`^${FAILED} ${WRONG.face} Find even light`);

test('an attempt that fails is announced once, with what is left, and nothing else is', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.agree();
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('hello');
  await verify.tries(3, 3);
  await verify.mark();
  expect(said.take(), 'nothing at load, nothing on the way').toEqual([]);

  await device.through('nfc');
  await verify.tries(2, 3);
  await expect.poll(() => said.heard.length).toBe(2);
  expect(said.take()).toEqual([CHIP, expect.stringMatching(/2 of 3: two left$/)]);

  // The same reason again: it stands there already, only the number is news.
  await device.through('nfc');
  await verify.tries(1, 3);
  await expect.poll(() => said.heard.length).toBe(1);
  expect(said.take()).toEqual([expect.stringMatching(/1 of 3: this is the last one$/)]);
  await verify.stillMarked();

  await page.reload();
  await verify.tries(1, 3);
  expect(said.take(), 'a page that begins is read from its heading').toEqual([]);
});

test('the end is not taken for a lost connection', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.agree();
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('nfc');
  await verify.shows('face');
  // The last page takes its time, so that the one before it stays a while.
  let letIn = (): void => undefined;
  const gate = new Promise<void>((resolve) => { letIn = resolve; });
  await page.route(`${site.kayle.url}/${session.id}`, async (route) => {
    await gate;
    await route.continue();
  });
  const over = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/events'));
  const leaves = page.waitForRequest(`${site.kayle.url}/${session.id}`);
  await device.finish();
  await over; // the server has nothing more to say of a session that is over
  await leaves;
  letIn();
  await verify.shows('succeeded');
  expect(said.take()).toEqual([]);
});

test('a face that failed is announced in its own words', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.agree();
  const device = await site.phone(session.verification_url, 'liveness-fail');
  await device.through('nfc');
  await verify.shows('face');
  await device.through('liveness');
  await verify.tries(3, 2);
  await expect.poll(() => said.heard.length).toBe(2);
  expect(said.take()).toEqual([expect.stringMatching(FACE), expect.stringMatching(/2 of 3: two left$/)]);
});

test('a lost connection is announced once, however often it is tried again, and goes quietly', async ({
  page, site, complaints,
}) => {
  complaints.expect(/net::ERR_/);
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  let tried = 0;
  await page.route('**/events', (route) => {
    tried += 1;
    return route.abort('connectionreset');
  });
  await verify.open(session);
  // From the next page on: the consent page may have lost its connection as well.
  const said = await Announcements.of(page);
  await verify.agree();
  await expect(verify.text(LOST)).toBeVisible();
  const first = tried;
  await expect.poll(() => tried, { timeout: 15_000 }).toBeGreaterThan(first + 1);
  expect(said.take()).toEqual([LOST]);
  await page.unroute('**/events');
  await expect(verify.text(LOST)).toBeHidden();
  expect(said.take()).toEqual([]);
});

test('a copied link is announced', async ({ page, site }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.agree();
  await verify.button(DO.copy).click();
  await expect.poll(() => said.heard).toEqual(['Copied']);
  const link = await page.getByRole('textbox').inputValue();
  expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(link);
});

test('copying once more is announced once more', async ({ page, site }) => {
  await page.context().grantPermissions(['clipboard-write']);
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await page.clock.install();
  await verify.open(session);
  await verify.agree();
  await verify.button(DO.copy).click();
  await expect.poll(() => said.take()).toEqual(['Copied']);
  await page.clock.runFor(10_000);
  await verify.button(DO.copy).click();
  await expect.poll(() => said.take()).toEqual(['Copied']);
});

test('what a page has to say at load is focused, not announced', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const said = await Announcements.of(page);
  const verify = new VerifyPage(page);
  await verify.open(session);
  await page.locator('main form').first().evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await verify.button(DO.agree).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('tick the box');
  expect(said.take()).toEqual([]);
});
