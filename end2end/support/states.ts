// Every state of the page one after the other, in whatever language: by addresses, never by words.

import { type Page, expect } from '@playwright/test';

import type { Site } from './fixtures';
import { Kayle } from './kayle';
import { FIELDS } from './verify';

/** How many states that are. */
export const STATES = 20;

/** Brings the page into each state and lets `look` look at it. */
export async function walk(page: Page, site: Site, inspect: (state: string) => Promise<void>): Promise<void> {
  const { kayle, phone } = site;
  // The whole page, not the beginning of one that is still coming.
  const look = async (state: string): Promise<void> => {
    await page.waitForLoadState();
    await inspect(state);
  };
  const follow = async (question: string): Promise<void> => {
    await page.locator(`a[href$="?ask=${question}"]`).click();
    await page.waitForURL((url) => url.search === `?ask=${question}`);
  };
  const submit = async (action: string): Promise<void> =>
    page.locator(`form[action$="/${action}"]`).getByRole('button').first().click();
  const step = async (number: number): Promise<void> =>
    expect(page.locator('.steps li').nth(number)).toHaveAttribute('aria-current', 'step');
  // What can still be withdrawn depends on what was delivered: everything, before the page is looked at.
  const delivered = async (session: string): Promise<void> => {
    await site.webhooks.event(session);
    await expect(async () => {
      await page.reload();
      await expect(page.locator('a[href$="?ask=withdraw"]')).toHaveCount(0, { timeout: 1_000 });
    }).toPass();
  };
  const link = { share_fields: FIELDS, redirect_url: 'https://shop.example/back' };

  const session = await kayle.createSession(link);
  await page.goto(session.verification_url);
  await step(0);
  await look('consent');
  await follow('cancel');
  await look('ask-cancel');
  await page.goto(`${kayle.url}/${session.id}?notice=biometric_required`);
  await expect(page.getByRole('alert')).toBeVisible();
  await look('consent-notice');
  await page.locator('input[name="biometric"]').check();
  await submit('consent');
  await step(1);
  await look('handoff');

  const device = await phone(session.verification_url, 'liveness-fail');
  await device.through('hello');
  await step(2);
  await look('progress-chip');
  await follow('release');
  await look('ask-release');
  await page.goto(`${kayle.url}/${session.id}`);
  await device.through('liveness');
  // The page of the chip shows the same tries until it is left for the face's.
  await expect(page.locator('.checks li').nth(2)).toHaveClass('now');
  await expect(page.getByRole('definition')).toHaveCount(2);
  await expect(page.locator('.alert, .notice, [role="status"]').first()).toBeAttached();
  await look('progress-face');
  await device.finish();
  await step(3);
  await delivered(session.id);
  await look('outcome-failed');

  const won = await kayle.createSession(link);
  await (await phone(won.verification_url, 'pass')).finish();
  await page.goto(won.verification_url);
  await step(3);
  await delivered(won.id);
  await look('outcome-succeeded');

  await kayle.withUnreachable(async (endpoint) => {
    const regretted = await kayle.createSession({ ...link, webhook_endpoint_id: endpoint });
    await (await phone(regretted.verification_url, 'pass')).finish();
    await page.goto(regretted.verification_url);
    await look('outcome-withdrawable');
    await follow('withdraw');
    await look('ask-withdraw');
    await submit('withdraw');
    await step(3);
    await expect(page.locator('a[href$="?ask=withdraw"]')).toHaveCount(0);
    await look('outcome-withdrawn');
  });

  const ended = await kayle.createSession(link);
  await page.goto(ended.verification_url);
  await follow('cancel');
  await submit('cancel');
  await step(3);
  await look('outcome-cancelled-by-user');
  const refused = await kayle.createSession(link);
  await page.goto(refused.verification_url);
  await kayle.cancel(refused.id);
  await step(3); // by itself
  await look('outcome-cancelled-by-organization');

  const brief = await Kayle.start({ KAYLE_SESSION_TTL: '2s', KAYLE_SWEEP_INTERVAL: '500ms' });
  try {
    const late = await brief.createSession(link);
    await page.goto(late.verification_url);
    await step(3); // by itself
    await look('outcome-expired');
  } finally {
    await brief.stop();
  }

  const others = await kayle.createSession(link);
  await (await phone(others.verification_url, 'abandon')).finish();
  for (const [state, path] of [
    ['open-original', others.id],
    ['wrong-link', `${ended.id}?cancel_token=${'a'.repeat(48)}`],
    ['not-found', `vs_${'0'.repeat(12)}7fff${'b'.repeat(16)}`],
    ['malformed', 'vs_123'],
    ['app', 'app'],
  ] as const) {
    await page.goto(`${kayle.url}/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(state);
  }
}
