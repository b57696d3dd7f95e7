// Two tabs of one browser on one session: both follow, and what is outdated says how things stand.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import type { Session } from '../support/kayle';
import { FIELDS, VerifyPage } from '../support/verify';
import { BIOMETRIC, DO, RELEASED } from '../support/words';

const FROZEN = 'A phone has already started, so what you agreed to can no longer be changed.';

/** A second tab on the session. */
async function tab(page: Page, session: Session, deaf = false): Promise<VerifyPage> {
  const other = await page.context().newPage();
  // A tab that hears of nothing keeps showing what it showed.
  if (deaf) await other.route('**/events', (route) => route.abort());
  await other.goto(session.verification_url);
  return new VerifyPage(other);
}

test('both tabs follow, whichever one acts', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const one = new VerifyPage(page);
  await one.open(session);
  const two = await tab(page, session);
  await two.shows('consent');
  await one.agree();
  await two.shows('handoff');

  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  for (const verify of [one, two]) await verify.shows('chip');
  expect(await two.code()).toBe(await one.code());

  await two.link(DO.release).click();
  await two.button(DO.releaseYes).click();
  await two.shows('handoff');
  await expect(two.text(RELEASED)).toBeVisible();
  await one.shows('handoff');

  await one.cancel();
  await two.shows('cancelledByUser');
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({ type: 'verification.session.cancelled' });
});

test('agreeing again after a phone has begun changes nothing, and says so', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_FAILED/);
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const one = new VerifyPage(page);
  await one.open(session);
  const two = await tab(page, session, true);
  await two.shows('consent');
  await one.agree('Nationality');
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');

  await two.shows('consent');
  await two.page.getByRole('checkbox', { name: 'Date the document expires' }).check();
  await two.page.getByRole('checkbox', { name: BIOMETRIC }).check();
  await two.button(DO.agree).click();
  await two.shows('chip');
  await expect(two.page.getByRole('alert')).toHaveText(FROZEN);
  await expect(two.page.getByRole('alert')).toBeFocused();
  await one.shows('chip');

  await device.finish();
  await one.shows('succeeded');
  const { claims } = (await site.webhooks.onlyEvent(session.id)).data as { claims: object };
  expect(Object.keys(claims).sort()).toEqual(['age_over_18', 'family_name', 'kayle_document_id', 'nationality_code']);
});

test('agreeing after it was cancelled shows that it was', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_FAILED/);
  const session = await site.kayle.createSession();
  const one = new VerifyPage(page);
  await one.open(session);
  const two = await tab(page, session, true);
  await one.cancel(DO.decline);
  await two.page.getByRole('checkbox', { name: BIOMETRIC }).check();
  await two.button(DO.agree).click();
  await two.shows('cancelledByUser');
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'cancelled' });
});

test('a question about a phone that is gone, or of another one, is answered with how things stand', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const one = new VerifyPage(page);
  await one.open(session);
  await one.agree();
  await (await site.phone(session.verification_url, 'pass')).through('hello');
  await one.shows('chip');
  const two = await tab(page, session);
  await two.link(DO.release).click();
  await two.shows('askRelease');
  await one.link(DO.release).click();
  await one.button(DO.releaseYes).click();
  await one.shows('handoff');
  await two.button(DO.releaseYes).click();
  await two.shows('handoff');
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'in_progress' });
});

test('a cancel that comes after everything was delivered changes nothing, and says so', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const one = new VerifyPage(page);
  await one.open(session);
  await one.agree();
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('nfc');
  await one.shows('face');
  const two = await tab(page, session);
  await two.link(DO.cancel).click();
  await two.shows('askCancel');
  await device.finish();
  await one.shows('succeeded');
  await site.webhooks.event(session.id);

  await two.button(DO.cancelYes).click();
  await two.shows('succeeded');
  // It was too late to cancel: nobody may believe otherwise.
  await expect(two.page.locator('#notice')).toBeVisible();
});
