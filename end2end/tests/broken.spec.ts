// A page whose script, WebAssembly or style does not arrive: every flow works by forms and reloads.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { FIELDS, VerifyPage } from '../support/verify';
import { DO, ENDED, LEFT, LINK, QR, RELEASED, WRONG } from '../support/words';

interface Break {
  what: string;
  by: (page: Page) => Promise<unknown>;
  said: RegExp;
}

const BREAKS: Break[] = [
  {
    what: 'the script is answered with an error',
    by: async (page) => page.route('**/pkg/*.js', (route) => route.fulfill({ status: 500, body: 'x' })),
    said: /status of 500/,
  },
  {
    what: 'the script is gone, as after an update of the server',
    by: async (page) => page.route('**/pkg/*.js', (route) => route.fulfill({ status: 404, body: '' })),
    said: /status of 404/,
  },
  {
    what: 'the script is something else',
    by: async (page) => page.route('**/pkg/*.js', (route) => route.fulfill({ contentType: 'text/html', body: '<p>Log in to the Wi-Fi</p>' })),
    said: /MIME type/,
  },
  {
    what: 'the WebAssembly is no WebAssembly',
    by: async (page) => page.route('**/pkg/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: 'x' })),
    said: /WebAssembly/,
  },
  {
    what: 'the browser has no WebAssembly',
    by: async (page) => page.addInitScript(() => { Reflect.deleteProperty(window, 'WebAssembly'); }),
    said: /WebAssembly/,
  },
];

for (const { what, by, said } of BREAKS) {
  test(`where ${what}, everything works by forms, and waiting pages look for news`, async ({ page, site, complaints }) => {
    complaints.expect(said);
    const session = await site.kayle.createSession({ share_fields: FIELDS });
    const verify = new VerifyPage(page);
    await page.clock.install();
    await by(page);
    await verify.open(session);
    await verify.link(DO.decline).click();
    await verify.shows('askCancel');
    await verify.link(DO.back).click();
    await verify.agree('Nationality');
    await expect(page.getByRole('img', { name: QR })).toBeVisible();
    await expect(page.getByRole('textbox', { name: LINK })).toHaveValue(new RegExp(`#${session.id}\\.`));
    await expect(verify.button(DO.copy)).toBeHidden();

    const device = await site.phone(session.verification_url, 'liveness-fail');
    await device.through('nfc');
    await verify.comesTo('face');
    await verify.tries(3, 3);
    await device.through('liveness');
    await expect.poll(async () => {
      await page.clock.runFor(3_000);
      return page.getByRole('definition').last().innerText();
    }, { intervals: [150], timeout: 40_000 }).toBe(LEFT[2]);
    await expect(verify.text(WRONG.face)).toBeVisible();
    await device.through('liveness');
    await verify.link(DO.checkNow).click();
    await verify.tries(3, 1);

    await verify.link(DO.release).click();
    await verify.button(DO.releaseYes).click();
    await verify.shows('handoff');
    await expect(verify.text(RELEASED)).toBeVisible();
    const last = await site.phone(session.verification_url, 'cloned');
    await last.finish();
    await verify.comesTo('failed');
    await expect(verify.text(ENDED.cloned)).toBeVisible();

    await site.kayle.withUnreachable(async (endpoint) => {
      const regretted = await site.kayle.createSession({ webhook_endpoint_id: endpoint });
      await (await site.phone(regretted.verification_url, 'pass')).finish();
      await page.goto(regretted.verification_url);
      await verify.link(DO.withdraw).click();
      await verify.button(DO.withdrawYes).click();
      await verify.shows('withdrawn');
    });
  });
}

test('pages that wait for nobody but the user do not reload under their hands', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_FAILED/);
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await page.clock.install();
  await page.route('**/pkg/*.js', (route) => route.abort());
  await verify.open(session);
  await page.getByRole('checkbox', { name: 'Nationality' }).check();
  await verify.mark();
  await page.clock.runFor(120_000);
  await verify.stillMarked();
  await expect(page.getByRole('checkbox', { name: 'Nationality' })).toBeChecked();
  await verify.link(DO.decline).click();
  await verify.shows('askCancel');
  await verify.mark();
  await page.clock.runFor(120_000);
  await verify.stillMarked();
});

test('without its style sheet the page is bare, and works', async ({ page, site, complaints }) => {
  complaints.expect(/net::ERR_FAILED/);
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  await page.route('**/pkg/*.css', (route) => route.abort());
  await verify.open(session);
  await verify.agree();
  await expect(page.getByRole('img', { name: QR })).toBeVisible();
  const device = await site.phone(session.verification_url, 'nfc-fail');
  await device.through('nfc');
  await verify.tries(2, 3);
  await verify.cancel();
});

test('over a network that takes three seconds for everything, nobody waits for the script', async ({ page, site }) => {
  const session = await site.kayle.createSession({ share_fields: FIELDS });
  const verify = new VerifyPage(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 3_000, downloadThroughput: -1, uploadThroughput: -1 });
  let arrived = 0;
  page.on('response', (response) => { if (/\.(js|wasm)$/.test(response.url())) arrived += 1; });
  // Not before it is let in: however fast this machine is, the user is faster.
  let letIn = (): void => undefined;
  const gate = new Promise<void>((resolve) => { letIn = resolve; });
  await page.route(/\.(js|wasm)$/, async (route) => {
    await gate;
    await route.continue();
  });

  await page.goto(session.verification_url, { waitUntil: 'commit', timeout: 20_000 });
  await verify.shows('consent');
  for (const { reason } of Object.values(FIELDS)) await expect(verify.text(reason)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Nationality' }).check();
  await page.locator('#biometric').check();
  await verify.button(DO.agree).click({ noWaitAfter: true });
  await expect(page.getByRole('img', { name: QR })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('textbox', { name: LINK })).toHaveValue(new RegExp(`#${session.id}\\.`));
  expect(arrived, 'none of it needed a script').toBe(0);

  const device = await site.phone(session.verification_url, 'pass');
  await device.through('hello');
  await verify.shows('handoff');
  letIn();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read your passport’s chip', { timeout: 30_000 });
  expect(arrived).toBeGreaterThan(0);
});
