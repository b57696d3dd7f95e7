// Time runs out: seen live, told to the integrator, and final.

import { SHORT, expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';

/** How long, in milliseconds, the end may take to come and to show. */
const OVER = (SHORT + 25) * 1_000;
const EXPIRED = { type: 'verification.session.expired', data: {} };

test('the time runs out on the consent page', async ({ page, shortSite }) => {
  const session = await shortSite.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  await expect(verify.text('Less than a minute left')).toBeVisible();
  await verify.shows('expired', OVER);
  expect(await shortSite.webhooks.onlyEvent(session.id)).toMatchObject(EXPIRED);
  expect(await shortSite.kayle.session(session.id)).toMatchObject({ status: 'expired' });
});

test('the time runs out while the phone is at work', async ({ page, shortSite }) => {
  const session = await shortSite.kayle.createSession();
  const device = await shortSite.phone(session.verification_url, 'pass');
  await device.through('hello');
  const verify = new VerifyPage(page);
  await page.goto(session.verification_url);
  await verify.shows('chip');
  await verify.shows('expired', OVER);
  await expect(device.step()).rejects.toThrow(/SESSION_EXPIRED/);
  expect(await shortSite.webhooks.onlyEvent(session.id)).toMatchObject(EXPIRED);
});

test('an expired session leads back with its status', async ({ page, shortSite, destination }) => {
  const session = await shortSite.kayle.createSession({ redirect_url: destination.url });
  await page.goto(session.verification_url);
  const verify = new VerifyPage(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await verify.shows('expired', OVER);
  await verify.link(`Continue to ${destination.host}`).click();
  await page.waitForURL(/status=expired/);
  expect(destination.of(session.id)[0]?.query.get('status')).toBe('expired');
});
