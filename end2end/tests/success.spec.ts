// From the original link to the integrator's page: the way most people go.

import type { Page } from '@playwright/test';

import { Announcements } from '../support/announcements';
import { expect, test } from '../support/fixtures';
import type { Session } from '../support/kayle';
import { FIELDS, VerifyPage } from '../support/verify';
import { WELCOME } from '../support/destination';
import { DO, LINK, QR } from '../support/words';

test('a session succeeds, and exactly what was selected reaches the integrator', async ({
  page, site, destination,
}) => {
  const { kayle, webhooks, phone } = site;
  const session = await kayle.createSession({
    share_fields: FIELDS, redirect_url: destination.url, metadata: { order: '7' },
  });
  const verify = new VerifyPage(page);

  await test.step('consent says who asks, for what, why, and where it leads', async () => {
    await verify.open(session);
    expect(page.url()).toBe(`${kayle.url}/${session.id}`);
    for (const { reason } of Object.values(FIELDS)) await expect(verify.text(reason)).toBeVisible();
    for (const name of ['Family name', 'Whether you are over 18', 'A code for your document']) {
      await expect(verify.text(name)).toBeVisible();
    }
    for (const box of await page.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
    await expect(page.getByRole('checkbox')).toHaveCount(3);
    await expect(verify.text(destination.host)).toBeVisible();
    await expect(verify.text('59 minutes left')).toBeVisible();
    await page.getByText(DO.cannot).click();
    await expect(page.getByRole('link', { name: /^Use the other way/ })).toHaveAttribute(
      'href', 'https://harbour.example/post',
    );
  });

  await test.step('without the box for the face nothing is agreed', async () => {
    await verify.button(DO.agree).click();
    await verify.shows('consent');
    expect(page.url()).toBe(`${kayle.url}/${session.id}`);
  });

  await test.step('hand-off shows the code and the same link', async () => {
    await verify.agree('Nationality');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('img', { name: QR })).toBeVisible();
    const link = page.getByRole('textbox', { name: LINK });
    await expect(link).toHaveValue(new RegExp(`^${kayle.url}/app#${session.id}\\.`));
    await expect(verify.button(DO.copy)).toBeVisible();
  });

  const device = await phone(session.verification_url, 'pass');

  await test.step('the phone connects, and the page follows by itself', async () => {
    await device.through('hello');
    await verify.shows('chip');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await verify.checks('Done', 'Now', 'Next');
    await verify.tries(3, 3);
    expect(await verify.code()).toMatch(/^\d{4}$/);
  });
  const code = await verify.code();

  await test.step('the chip is read', async () => {
    await device.through('nfc');
    await verify.shows('face');
    await verify.checks('Done', 'Done', 'Now');
    expect(await verify.code()).toBe(code);
  });

  await test.step('the outcome leads to the integrator', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' }); // the link leads there, not the countdown
    const report = await device.finish();
    expect(report).toMatchObject({ status: 'succeeded', failure_code: null });
    expect(report.steps.find(({ step }) => step === 'hello')?.confirmation_code).toBe(code);
    await verify.shows('succeeded');
    await verify.link(`Continue to ${destination.host}`).click();
    await expect(page.getByRole('heading', { name: WELCOME })).toBeVisible();
    const query = new URL(page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      order: '7', session_id: session.id, status: 'succeeded',
    });
    expect(destination.of(session.id)).toEqual([{ query, referer: undefined }]);
  });

  await test.step('one event arrives, with the selected claims and no other', async () => {
    const event = await webhooks.onlyEvent(session.id);
    expect(event).toMatchObject({
      type: 'verification.session.succeeded',
      data: { consent: { locale: 'en' } },
      metadata: { sandbox: true, session_metadata: { order: '7' } },
    });
    const { claims } = event.data as { claims: Record<string, unknown> };
    expect(claims).toEqual({
      family_name: 'ERIKSSON',
      age_over_18: true,
      nationality_code: 'UTO',
      kayle_document_id: expect.stringMatching(/^kdid_[0-9a-f]{64}$/) as unknown,
    });
    expect([...(event.data.selected_field_keys as string[])].sort()).toEqual(Object.keys(claims).sort());
    expect(await kayle.session(session.id)).toMatchObject({ status: 'succeeded' });
  });
});

test('a session that asks for nothing in particular shares one code', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  await expect(page.getByRole('checkbox')).toHaveCount(1);
  await verify.agree();
  const device = await site.phone(session.verification_url, 'pass');
  await device.finish();
  await verify.shows('succeeded');
  await expect(verify.text('You can close this page now.')).toBeVisible();
  const event = await site.webhooks.event(session.id);
  expect(event.data.selected_field_keys).toEqual(['kayle_document_id']);
  expect(Object.keys(event.data.claims as object)).toEqual(['kayle_document_id']);
});

test('optional fields that were declined are absent from the claims', async ({ page, site }) => {
  const session = await site.kayle.createSession({
    share_fields: { ...FIELDS, date_of_birth: { required: false, reason: 'A gift' } },
  });
  const verify = new VerifyPage(page);
  await verify.open(session);
  await verify.agree('Date of birth');
  const device = await site.phone(session.verification_url, 'pass');
  await device.finish();
  const { claims } = (await site.webhooks.event(session.id)).data as { claims: object };
  expect(Object.keys(claims).sort()).toEqual([
    'age_over_18', 'date_of_birth', 'family_name', 'kayle_document_id',
  ]);
  expect(claims).toMatchObject({ date_of_birth: '1974-08-12' });
});

test('the phone may do it all: it agrees, and the page that was open follows', async ({
  page, site,
}) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await verify.open(session);
  const device = await site.phone(
    session.verification_url, 'pass', '--select', 'document_expiry_date',
  );
  expect(await device.step()).toBe('consent');
  await verify.shows('handoff');
  await device.finish();
  await verify.shows('succeeded');
  const { claims } = (await site.webhooks.event(session.id)).data as { claims: object };
  expect(Object.keys(claims).sort()).toEqual([
    'age_over_18', 'document_expiry_date', 'family_name', 'kayle_document_id',
  ]);
});

test.describe('the countdown', () => {
  /** The page of a session that succeeded, its countdown begun and its clock standing still. */
  async function counting(page: Page, session: Session): Promise<VerifyPage> {
    const verify = new VerifyPage(page);
    await verify.stopClock();
    await page.goto(session.verification_url);
    await verify.shows('succeeded');
    await verify.counting(DO.stay);
    return verify;
  }

  const SIGNS: [string, (page: Page) => Promise<void>][] = [
    ['a key', async (page) => page.keyboard.press('ArrowDown')],
    ['a touch', async (page) => page.getByRole('heading', { level: 1 }).click()],
    ['scrolling', async (page) => page.mouse.wheel(0, 10)],
  ];
  for (const [sign, make] of SIGNS) {
    test(`is announced once, and stops at ${sign}`, async ({ page, site, destination }) => {
      const session = await site.kayle.createSession({ redirect_url: destination.url });
      await (await site.phone(session.verification_url, 'pass')).finish();
      const said = await Announcements.of(page);
      const verify = await counting(page, session);
      await page.clock.runFor(2_000);
      await expect(page.locator('.countdown')).toContainText('You are sent on in 3 seconds.');
      await make(page);
      await expect(verify.button(DO.goOn)).toBeVisible();
      await page.clock.runFor(60_000);
      await verify.shows('succeeded');
      expect(destination.of(session.id)).toHaveLength(0);
      expect(said.take()).toEqual(['You are sent on in 5 seconds.']);
      await expect(page.getByRole('status').filter({ hasText: 'sent on' })).toHaveCount(0);
    });
  }

  test('starts once for each session that a tab shows', async ({ page, site, destination }) => {
    const sessions: Session[] = [];
    for (let made = 0; made < 2; made += 1) {
      const session = await site.kayle.createSession({ redirect_url: destination.url });
      await (await site.phone(session.verification_url, 'pass')).finish();
      sessions.push(session);
    }
    const verify = new VerifyPage(page);
    await verify.stopClock();
    for (const [session, shown] of [[sessions[0], DO.stay], [sessions[1], DO.stay], [sessions[0], DO.goOn]] as const) {
      await page.goto(session?.verification_url ?? '');
      await verify.counting(shown);
      await verify.shows('succeeded');
    }
  });

  test('sends the user on by itself, and not again when they come back', async ({ page, site, destination }) => {
    const session = await site.kayle.createSession({ redirect_url: destination.url });
    await (await site.phone(session.verification_url, 'pass')).finish();
    await page.goto(session.verification_url);
    await new VerifyPage(page).shows('succeeded');
    await expect(page.getByRole('heading', { name: WELCOME })).toBeVisible({ timeout: 40_000 });
    expect(destination.of(session.id)).toHaveLength(1);
    expect(destination.of(session.id)[0]?.referer).toBeUndefined();
    await page.goBack();
    await expect(page.getByRole('button', { name: DO.goOn })).toBeVisible();
    expect(destination.of(session.id)).toHaveLength(1);
  });

  test('stops when asked to, and goes on when asked to', async ({ page, site, destination }) => {
    const session = await site.kayle.createSession({ redirect_url: destination.url });
    await (await site.phone(session.verification_url, 'pass')).finish();
    const verify = await counting(page, session);
    await expect(page.locator('.countdown')).toContainText('You are sent on in 5 seconds.');
    await verify.button(DO.stay).click();
    await page.clock.runFor(60_000);
    await verify.shows('succeeded');
    expect(destination.of(session.id)).toHaveLength(0);
    await verify.button(DO.goOn).click();
    await page.clock.runFor(10_000);
    await expect(page.getByRole('heading', { name: WELCOME })).toBeVisible();
  });

  test('does not start where motion is unwanted', async ({ visitor, site, destination }) => {
    const session = await site.kayle.createSession({ redirect_url: destination.url });
    await (await site.phone(session.verification_url, 'pass')).finish();
    const verify = new VerifyPage(await visitor({ reducedMotion: 'reduce' }));
    await verify.page.goto(session.verification_url);
    await expect(verify.button(DO.goOn)).toBeVisible();
    await verify.link(`Continue to ${destination.host}`).click();
    await expect(verify.page.getByRole('heading', { name: WELCOME })).toBeVisible();
  });
});
