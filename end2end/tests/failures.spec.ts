// Checks that do not confirm: attempts counted down in place, and a text of its own for each end.

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { ENDED, WRONG } from '../support/words';

test('three chips that are not genuine end it', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle, { share_fields: FIELDS });
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('hello');
  await verify.shows('chip');
  await verify.tries(3, 3);
  await verify.mark();

  for (const left of [2, 1]) {
    await device.through('nfc');
    await verify.tries(left, 3);
    await expect(verify.text(WRONG.chip)).toBeVisible();
  }
  await verify.stillMarked();
  await verify.checks('Done', 'Now', 'Next');

  expect(await device.finish()).toMatchObject({
    status: 'failed', failure_code: 'document_authenticity_failed',
  });
  await verify.shows('failed');
  await expect(verify.text(ENDED.chip)).toBeVisible();
  expect((await site.webhooks.onlyEvent(session.id))).toMatchObject({
    type: 'verification.session.failed',
    data: {
      failure_code: 'document_authenticity_failed', nfc_tries_used: 3, liveness_tries_used: 0,
    },
  });
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'failed', nfc_tries_used: 3 });
});

test('three times nobody in front of the camera end it, and the chip is read once', async ({
  page, site,
}) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle, { share_fields: FIELDS });
  const device = await site.phone(session.verification_url, 'liveness-fail');
  await device.through('nfc');
  await verify.shows('face');
  await verify.tries(3, 3);
  await verify.mark();

  for (const left of [2, 1]) {
    await device.through('liveness');
    await verify.tries(3, left);
    await expect(verify.text(WRONG.face)).toBeVisible();
  }
  await verify.stillMarked();
  await verify.checks('Done', 'Done', 'Now');

  await device.finish();
  await verify.shows('failed');
  await expect(verify.text(ENDED.face)).toBeVisible();
  expect((await site.webhooks.onlyEvent(session.id))).toMatchObject({
    type: 'verification.session.failed',
    data: { failure_code: 'liveness_failed', nfc_tries_used: 0, liveness_tries_used: 3 },
  });
});

test('somebody else’s face ends it with words of its own', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle);
  await (await site.phone(session.verification_url, 'face-mismatch')).finish();
  await verify.shows('failed');
  await expect(verify.text(ENDED.mismatch)).toBeVisible();
  expect((await site.webhooks.event(session.id)).data).toMatchObject({
    failure_code: 'selfie_face_mismatch',
  });
});

test('a cloned chip ends it at once and costs no attempt', async ({ page, site }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle, { share_fields: FIELDS });
  const device = await site.phone(session.verification_url, 'cloned');
  await device.through('hello');
  await verify.shows('chip');
  await verify.tries(3, 3);
  const report = await device.finish();
  expect(report.steps.filter(({ step }) => step === 'nfc')).toHaveLength(1);
  await verify.shows('failed');
  await expect(verify.text(ENDED.cloned)).toBeVisible();
  expect((await site.webhooks.onlyEvent(session.id))).toMatchObject({
    type: 'verification.session.failed',
    data: {
      failure_code: 'document_anti_cloning_attestation_failed',
      nfc_tries_used: 0,
      liveness_tries_used: 0,
    },
  });
});

test('a failed session leads back with its status', async ({ page, site, destination }) => {
  const { session, verify } = await VerifyPage.agreed(page, site.kayle, { redirect_url: destination.url });
  await page.emulateMedia({ reducedMotion: 'reduce' }); // the link leads there, not the countdown
  await (await site.phone(session.verification_url, 'cloned')).finish();
  await verify.shows('failed');
  await verify.link(`Continue to ${destination.host}`).click();
  await page.waitForURL(/status=failed/);
  expect(destination.of(session.id)[0]?.query.get('status')).toBe('failed');
});
