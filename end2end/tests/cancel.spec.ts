// Cancelling, by the user in every open state, and by the integrator under the user's eyes.

import { expect, test } from '../support/fixtures';
import { ORGANIZATION } from '../support/kayle';
import { FIELDS, VerifyPage } from '../support/verify';
import { DO } from '../support/words';

test('declining asks once, and cancels', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await verify.open(session);

  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await verify.link(DO.back).click();
  await verify.shows('consent');
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'created' });

  await verify.cancel(DO.decline);
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled',
    data: { outcome: 'not_verified', reason: 'cancelled', nfc_tries_used: 0, liveness_tries_used: 0 },
  });
});

test('the user cancels while a phone is awaited', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await verify.cancel();
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'cancelled' });
});

test('the user cancels while the phone is at work: one event, and the phone is refused', async ({
  page, site,
}) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle, { share_fields: FIELDS });
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('nfc');
  await verify.tries(2, 3);
  await verify.cancel();
  await expect(device.step()).rejects.toThrow(/SESSION_TERMINAL/);
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled',
    data: { reason: 'cancelled_after_failed_check', nfc_tries_used: 1, liveness_tries_used: 0 },
  });
});

test('the user cancels between chip and face', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  const device = await site.phone(session.verification_url, 'pass');
  await device.through('nfc');
  await verify.shows('face');
  await verify.cancel();
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled', data: { reason: 'cancelled' },
  });
});

for (const state of ['consent', 'handoff', 'chip', 'face'] as const) {
  test(`the integrator's cancel shows by itself: ${state}`, async ({ page, site }) => {
    const session = await site.kayle.createSession();
    const verify = new VerifyPage(page);
    await verify.open(session);
    if (state !== 'consent') await verify.agree();
    if (state === 'chip' || state === 'face') {
      const device = await site.phone(session.verification_url, 'pass');
      await device.through(state === 'chip' ? 'hello' : 'nfc');
    }
    await verify.shows(state);
    await site.kayle.cancel(session.id);
    await verify.shows('cancelledByOrganization');
    expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
      type: 'verification.session.cancelled', data: { reason: 'cancelled' },
    });
  });
}

test('a question that came too late shows how things stand', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await site.kayle.cancel(session.id);
  await verify.button(DO.cancelYes).click();
  await verify.shows('cancelledByOrganization');
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled',
  });
});

test('what was not delivered is withdrawn, after one question', async ({ page, site }) => {
  const { kayle, phone } = site;
  await kayle.withUnreachable(async (endpoint) => {
    const { session, verify } = await VerifyPage.agreed(page, kayle, { webhook_endpoint_id: endpoint });
    await (await phone(session.verification_url, 'pass')).finish();
    await verify.shows('succeeded');
    await verify.link(DO.withdraw).click();
    await verify.shows('askWithdraw');
    await verify.link(DO.back).click();
    await verify.shows('succeeded');
    await verify.link(DO.withdraw).click();
    await verify.button(DO.withdrawYes).click();
    await verify.shows('withdrawn');
    await expect(verify.link(DO.withdraw)).toBeHidden();
    await page.reload();
    await verify.shows('withdrawn');
    expect(await kayle.session(session.id)).toMatchObject({ status: 'cancelled' });
  });
});

test('what was delivered cannot be withdrawn, and the page says so', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await (await site.phone(session.verification_url, 'pass')).finish();
  await verify.shows('succeeded');
  await site.webhooks.event(session.id);
  await expect(async () => {
    await page.reload();
    await expect(verify.text(`has already reached ${ORGANIZATION}`)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(verify.link(DO.withdraw)).toBeHidden();
  // The question itself is not asked any more.
  await page.goto(`${site.kayle.url}/${session.id}?ask=withdraw`);
  await verify.shows('succeeded');
  // And an answer to a question that was asked before everything arrived changes nothing.
  await page.evaluate(() => {
    const form = document.createElement('form');
    [form.method, form.action] = ['post', '/form/withdraw'];
    const session = Object.assign(document.createElement('input'), { name: 'session', value: location.pathname.slice(1) });
    form.append(session);
    document.body.append(form);
    form.submit();
  });
  await expect(page.locator('#notice'), 'nobody may believe that it was withdrawn').toBeVisible();
  await verify.shows('succeeded');
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({ type: 'verification.session.succeeded' });
});
