// The true state, wherever and whenever it is looked at: reloads, two browsers, two phones.

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { DO, ENDED, HEADING, LOST, QR, RELEASED, WRONG } from '../support/words';

test('a reload shows the same in every state', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await verify.open(session);
  await page.reload();
  await verify.shows('consent');

  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await page.reload();
  await verify.shows('askCancel');
  await verify.link(DO.back).click();

  await verify.agree();
  await page.reload();
  await verify.shows('handoff');
  await expect(page.getByRole('img', { name: QR })).toBeVisible();

  const device = await site.phone(session.verification_url, 'liveness-fail');
  await device.through('hello');
  await verify.shows('chip');
  const code = await verify.code();
  await page.reload();
  await verify.shows('chip');
  expect(await verify.code()).toBe(code);

  await device.through('nfc');
  await verify.shows('face');
  await device.through('liveness');
  await verify.tries(3, 2);
  await page.reload();
  await verify.shows('face');
  await verify.tries(3, 2);
  await expect(verify.text(WRONG.face)).toBeVisible();
  expect(await verify.code()).toBe(code);

  await device.through('liveness');
  await verify.tries(3, 1);
  await device.finish();
  await verify.shows('failed');
  await page.reload();
  await verify.shows('failed');
  await expect(verify.text(ENDED.face)).toBeVisible();
});

test('a second browser with the original link sees the same state', async ({ page, site, visitor }) => {
  const session = await site.kayle.createSession();
  const one = new VerifyPage(page);
  const two = new VerifyPage(await visitor());
  const both = [one, two];
  await one.open(session);
  await two.open(session);
  await one.agree();
  await two.shows('handoff');

  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('nfc');
  for (const verify of both) {
    await verify.shows('chip');
    await verify.tries(2, 3);
  }
  expect(await two.code()).toBe(await one.code());

  await two.page.reload();
  await two.tries(2, 3);
  await two.cancel();
  await one.shows('cancelledByUser');
});

test('a phone is disconnected, and another one takes its place', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  const lost = await site.phone(session.verification_url, 'nfc-fail');
  await lost.through('nfc');
  await verify.shows('chip');
  await verify.tries(2, 3);
  const code = await verify.code();

  await verify.link(DO.release).click();
  await verify.shows('askRelease');
  await verify.button(DO.releaseYes).click();
  await verify.shows('handoff');
  await expect(verify.text(RELEASED)).toBeVisible();
  await expect(lost.step()).rejects.toThrow(/401 UNAUTHORIZED/);

  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('chip');
  await verify.tries(2, 3);
  const fresh = await verify.code();
  expect(fresh, 'by chance the same once in 10,000').not.toBe(code);
  const report = await device.finish();
  expect(report.steps.find(({ step }) => step === 'hello')?.confirmation_code).toBe(fresh);
  await verify.shows('succeeded');
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.succeeded',
  });
});

test('a phone that comes second is refused', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  const first = await site.phone(session.verification_url, 'pass');
  const second = await site.phone(session.verification_url, 'pass');
  await first.through('handoff');
  await second.through('handoff');
  await first.through('hello');
  await expect(second.step()).rejects.toThrow(/HANDOFF_TOKEN_CONSUMED/);
  await first.finish();
  await verify.shows('succeeded');
});

test('going back from a question shows the outcome', async ({ page, site }) => {
  await site.kayle.withUnreachable(async (endpoint) => {
    const { session, verify } = await VerifyPage.agreed(page, site.kayle, { webhook_endpoint_id: endpoint });
    await (await site.phone(session.verification_url, 'pass')).finish();
    await verify.shows('succeeded');
    await verify.link(DO.withdraw).click();
    await verify.shows('askWithdraw');
    await page.goBack();
    await verify.shows('succeeded');
    await page.goForward();
    await verify.shows('askWithdraw');
  });
});

test('where the WebAssembly does not start, waiting pages look for news', async ({
  page, site, complaints,
}) => {
  complaints.expect(/net::ERR_FAILED/);
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.clock.install();
  await page.route('**/*.wasm', (route) => route.abort());
  await verify.open(session);
  await verify.agree();
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HEADING.handoff);
  await verify.comesTo('chip');
  await device.finish();
  await verify.link(DO.checkNow).click();
  await verify.shows('succeeded');
});

test('a page that lost its connection says so, and catches up', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_CONNECTION_RESET/);
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await page.route('**/events', (route) => route.abort('connectionreset'));
  await verify.open(session);
  await verify.agree();
  await expect(verify.text(LOST)).toBeVisible();
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('handoff');
  await page.unroute('**/events');
  await verify.shows('chip');
  await expect(verify.text(LOST)).toBeHidden();
});
