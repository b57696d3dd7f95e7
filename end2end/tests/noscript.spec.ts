// The same without JavaScript: forms, redirects, a page that reloads itself, and "Check now".

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { WELCOME } from '../support/destination';
import { BIOMETRIC, BY_ITSELF, DO, ENDED, LINK, QR, RELEASED } from '../support/words';

test.use({ javaScriptEnabled: false });

/** A waiting page says that it looks for news, does so, and lets the user look at once. */
async function waits(verify: VerifyPage): Promise<void> {
  const said = verify.page.locator('noscript p'); // by element: texts are not looked for in there
  await expect(said).toHaveText(BY_ITSELF);
  await expect(said).toBeVisible();
  const refresh = verify.page.locator('noscript meta[http-equiv="refresh"]');
  const path = new URL(verify.page.url()).pathname;
  await expect(refresh).toHaveAttribute('content', `20;url=${path}`);
  await expect(verify.link(DO.checkNow)).toHaveAttribute('href', path);
}

test('a session succeeds', async ({ page, site, destination }) => {
  const { kayle, webhooks, phone } = site;
  const session = await kayle.createSession({
    share_fields: FIELDS, redirect_url: destination.url,
  });
  const verify = new VerifyPage(page);
  await verify.open(session);
  expect(page.url()).toBe(`${kayle.url}/${session.id}`);
  await expect(page.getByRole('checkbox')).toHaveCount(3);
  await verify.agree('Nationality');
  await expect(page.getByRole('img', { name: QR })).toBeVisible();
  await expect(page.getByRole('textbox', { name: LINK })).toHaveValue(new RegExp(`#${session.id}\\.`));
  await expect(verify.button(DO.copy)).toBeHidden();
  await waits(verify);

  const device = await phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('handoff');
  await verify.link(DO.checkNow).click();
  await verify.shows('chip');
  await verify.tries(3, 3);
  await verify.code();
  await waits(verify);

  await device.through('nfc');
  await verify.link(DO.checkNow).click();
  await verify.shows('face');
  await waits(verify);

  await device.finish();
  await verify.link(DO.checkNow).click();
  await verify.shows('succeeded');
  await expect(page.getByText(/^You are sent on in/)).toBeHidden();
  await verify.link(`Continue to ${destination.host}`).click();
  await expect(page.getByRole('heading', { name: WELCOME })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('status')).toBe('succeeded');

  const { claims } = (await webhooks.onlyEvent(session.id)).data as { claims: object };
  expect(Object.keys(claims).sort()).toEqual([
    'age_over_18', 'family_name', 'kayle_document_id', 'nationality_code',
  ]);
});

test('a waiting page comes to the next state by itself', async ({ page, site }) => {
  const { session } = await VerifyPage.agreed(page, site.kayle);
  await (await site.phone(session.verification_url, 'pass')).finish();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your identity is verified', {
    timeout: 30_000,
  });
});

test('declining asks once, and cancels', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await verify.link(DO.back).click();
  await verify.shows('consent');
  await verify.cancel(DO.decline);
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled', data: { reason: 'cancelled' },
  });
});

test('the user cancels while the phone is at work', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('nfc');
  await verify.link(DO.checkNow).click();
  await verify.tries(2, 3);
  await verify.cancel();
  await page.reload();
  await verify.shows('cancelledByUser');
  expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
    type: 'verification.session.cancelled', data: { reason: 'cancelled_after_failed_check' },
  });
});

test('a phone is disconnected', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await (await site.phone(session.verification_url, 'abandon')).finish();
  await verify.link(DO.checkNow).click();
  await verify.shows('chip');
  await verify.link(DO.release).click();
  await verify.shows('askRelease');
  await verify.button(DO.releaseYes).click();
  await verify.shows('handoff');
  await expect(verify.text(RELEASED)).toBeVisible();
});

test('a failure is explained', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await (await site.phone(session.verification_url, 'cloned')).finish();
  await verify.link(DO.checkNow).click();
  await verify.shows('failed');
  await expect(verify.text(ENDED.cloned)).toBeVisible();
});

test('the box for the face is asked for by the server too', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  await page.locator('form[action$="/consent"]').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await verify.button(DO.agree).click();
  await verify.shows('consent');
  await expect(page.getByRole('alert')).toContainText('tick the box');
  await expect(page.getByRole('checkbox', { name: BIOMETRIC })).toHaveAttribute('aria-invalid', 'true');
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'created' });
  await verify.agree();
});
