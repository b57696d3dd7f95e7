// The sandbox's panel: a tester chooses a scenario, and the real page reacts.

import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO, ENDED, HEADING, PANEL } from '../support/words';

const SCENARIOS = [
  { scenario: 'pass', heading: 'succeeded', said: undefined },
  { scenario: 'nfc-fail', heading: 'failed', said: ENDED.chip },
  { scenario: 'liveness-fail', heading: 'failed', said: ENDED.face },
  { scenario: 'face-mismatch', heading: 'failed', said: ENDED.mismatch },
  { scenario: 'cloned', heading: 'failed', said: ENDED.cloned },
] as const;

for (const { scenario, heading, said } of SCENARIOS) {
  test(`${scenario} plays to its end before the tester's eyes`, async ({ page, site }) => {
    const { session, verify } = await VerifyPage.agreed(page, site.kayle);
    const panel = page.getByRole('region', { name: PANEL.heading });
    await panel.getByRole('combobox', { name: PANEL.scenario }).selectOption(scenario);
    await panel.getByRole('button', { name: PANEL.start }).click();
    await expect(page.getByRole('status').filter({ hasText: PANEL.started })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(HEADING.handoff);
    await verify.shows(heading, 40_000);
    if (said !== undefined) await expect(verify.text(said)).toBeVisible();
    expect(await site.kayle.session(session.id)).toMatchObject({ status: heading });
  });
}

test('a phone that does nothing more is disconnected, and another one may try', async ({ page, site }) => {
  const { verify } = await VerifyPage.agreed(page, site.kayle);
  const panel = page.getByRole('region', { name: PANEL.heading });
  await panel.getByRole('combobox', { name: PANEL.scenario }).selectOption('abandon');
  await panel.getByRole('button', { name: PANEL.start }).click();
  await verify.shows('chip');
  await expect(panel, 'the phone is taken').toBeHidden();
  await verify.link(DO.release).click();
  await verify.button(DO.releaseYes).click();
  await verify.shows('handoff');
  await expect(panel).toBeVisible();
});

test('on the consent page the phone agrees by itself, also without JavaScript', async ({ visitor, site }) => {
  const session = await site.kayle.createSession();
  const page = await visitor({ javaScriptEnabled: false });
  const verify = new VerifyPage(page);
  await verify.open(session);
  await page.getByRole('combobox', { name: PANEL.scenario }).selectOption('pass');
  await page.getByRole('button', { name: PANEL.start }).click();
  await verify.shows('consent');
  await expect(page.locator('#notice')).toHaveText(PANEL.started);
  await page.getByRole('button', { name: PANEL.start }).click();
  await expect(page.locator('#notice'), 'one phone at a time').toContainText('not possible any more');
  await expect(async () => {
    await page.goto(`${site.kayle.url}/${session.id}`);
    await verify.shows('succeeded');
  }).toPass({ timeout: 60_000 });
});
