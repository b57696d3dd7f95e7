// The same page in Firefox and WebKitGTK: the whole way, cancelling, no JavaScript, and its policy.

import { WELCOME } from '../support/destination';
import { ENGINES, expect, test } from '../support/engines';
import type { EnginePage } from '../support/enginepage';
import { FIELDS } from '../support/verify';
import { BY_ITSELF, DO, WRONG } from '../support/words';

/** A waiting page finds news by itself after 20 seconds. */
const REFRESHED = 30_000;

const AGREED = ['age_over_18', 'family_name', 'kayle_document_id', 'nationality_code'];

/** The link for the phone holds the session and a secret, after the `#` that no server sees. */
function handoff(origin: string, session: string): RegExp {
  return new RegExp(`^${origin}/app#${session}\\.\\S+$`);
}

// Browsers of one's own take their time to start, and one test waits for a page to reload itself.
test.describe.configure({ timeout: 120_000 });

for (const engine of ENGINES) {
  test.describe(engine, () => {
    test('a session succeeds, and exactly what was selected reaches the integrator', async ({
      browse, site, destination, reports,
    }) => {
      const { kayle, webhooks, phone } = site;
      const session = await kayle.createSession({ share_fields: FIELDS, redirect_url: destination.url });
      const verify = await browse(engine);

      await test.step('consent says who asks, for what and why', async () => {
        await verify.open(session);
        expect(session.verification_url).toContain('?cancel_token=');
        expect(await verify.url()).toBe(`${reports.url}/${session.id}`);
        for (const name of ['Family name', 'Whether you are over 18', 'A code for your document']) {
          await verify.says(name);
        }
        for (const { reason } of Object.values(FIELDS)) await verify.says(reason);
        expect(await verify.boxes()).toEqual([false, false, false]);
      });

      await test.step('without the box for the face nothing is agreed', async () => {
        await verify.press(DO.agree);
        await verify.shows('consent');
        expect(await kayle.session(session.id)).toMatchObject({ status: 'created' });
      });

      await test.step('hand-off shows the code and the link', async () => {
        await verify.agree('Nationality');
        await verify.headingFocused();
        await verify.qr();
        expect(await verify.handoffLink()).toMatch(handoff(reports.url, session.id));
      });

      const device = await phone(session.verification_url, 'pass');

      await test.step('the phone connects, and the page follows by itself', async () => {
        await device.through('hello');
        await verify.shows('chip');
        await verify.headingFocused();
        await verify.tries(3, 3);
      });
      const code = await verify.code();

      await test.step('the chip is read, then the face', async () => {
        await device.through('nfc');
        await verify.shows('face');
        expect(await verify.code()).toBe(code);
        const report = await device.finish();
        expect(report).toMatchObject({ status: 'succeeded', failure_code: null });
        expect(report.steps.find(({ step }) => step === 'hello')?.confirmation_code).toBe(code);
        await verify.shows('succeeded');
      });

      await test.step('the outcome leads to the integrator by itself', async () => {
        await verify.heading(WELCOME);
        const query = new URL(await verify.url()).searchParams;
        expect(Object.fromEntries(query)).toEqual({ order: '7', session_id: session.id, status: 'succeeded' });
        expect(destination.of(session.id)).toEqual([{ query, referer: undefined }]);
      });

      await test.step('one event arrives, with the selected claims and no other', async () => {
        const event = await webhooks.onlyEvent(session.id);
        expect(event).toMatchObject({ type: 'verification.session.succeeded' });
        const claims = event.data.claims as Record<string, unknown>;
        expect(Object.keys(claims).sort()).toEqual(AGREED);
        expect(claims).toMatchObject({ family_name: 'ERIKSSON', age_over_18: true, nationality_code: 'UTO' });
      });
    });

    test('a failed try shows by itself, and the user cancels while the phone is at work', async ({
      browse, site,
    }) => {
      const session = await site.kayle.createSession({ share_fields: FIELDS });
      const verify = await browse(engine);
      await verify.open(session);
      await verify.agree();
      const device = await site.phone(session.verification_url, 'nfc-fail');
      await device.through('hello');
      await verify.tries(3, 3);
      await verify.mark();
      await device.through('nfc');
      await verify.tries(2, 3);
      await verify.says(WRONG.chip);
      await verify.stillMarked();
      await verify.cancel();
      await expect(device.step()).rejects.toThrow(/SESSION_TERMINAL/);
      expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
        type: 'verification.session.cancelled',
        data: { reason: 'cancelled_after_failed_check', nfc_tries_used: 1, liveness_tries_used: 0 },
      });
    });

    test('going back shows how things stand now', async ({ browse, site }) => {
      const session = await site.kayle.createSession();
      const verify = await browse(engine);
      await verify.open(session);
      await verify.agree();
      await verify.follow(DO.cancel);
      await verify.shows('askCancel');
      const device = await site.phone(session.verification_url, 'pass');
      await device.through('hello');
      await verify.back();
      await verify.shows('chip');
    });

    // WebKitGTK goes back too, but its driver loses a page that went to another site and came back
    // if that page asks for a process of its own (Cross-Origin-Opener-Policy).
    if (engine !== 'webkit') {
      test('who comes back from the integrator is not sent on again', async ({ browse, site, destination }) => {
        const session = await site.kayle.createSession({ redirect_url: destination.url });
        await (await site.phone(session.verification_url, 'pass')).finish();
        const verify = await browse(engine);
        await verify.visit(session);
        await verify.heading(WELCOME);
        await verify.back();
        await verify.shows('succeeded');
        await verify.offers(DO.goOn);
      });
    }

    test('what the policy forbids does not happen, and is reported', async ({ browse, site, destination, reports }) => {
      const session = await site.kayle.createSession();
      const verify = await browse(engine);
      await verify.open(session);
      expect(reports.take()).toEqual([]);
      const image = `${destination.url}&session_id=${session.id}`;
      await verify.add(`
        <style>h1 { display: none }</style>
        <img src="${image}" alt="of another site">
        <button onclick="document.querySelector('h1').textContent = 'Overwritten'">Overwrite</button>`);
      await verify.press('Overwrite');
      for (const directive of ['style-src-elem', 'img-src', 'script-src-attr']) {
        expect(await reports.blocked(directive)).toMatchObject({ document: await verify.url() });
      }
      await verify.shows('consent');
      expect(destination.of(session.id)).toEqual([]);
    });

    test.describe('without JavaScript', () => {
      /** A waiting page says that it looks for news, and lets the user look at once. */
      async function checkNow(verify: EnginePage): Promise<void> {
        await verify.says(BY_ITSELF);
        await verify.follow(DO.checkNow);
      }

      test('a session succeeds', async ({ browse, site, destination, reports }) => {
        const { kayle, webhooks, phone } = site;
        const session = await kayle.createSession({ share_fields: FIELDS, redirect_url: destination.url });
        const verify = await browse(engine, { javascript: false });
        await verify.open(session);
        expect(await verify.url()).toBe(`${reports.url}/${session.id}`);
        expect(await verify.boxes()).toEqual([false, false, false]);
        await verify.agree('Nationality');
        await verify.qr();
        expect(await verify.handoffLink()).toMatch(handoff(reports.url, session.id));

        const device = await phone(session.verification_url, 'pass');
        await device.through('hello');
        await verify.shows('handoff');
        await verify.shows('chip', REFRESHED);
        await verify.tries(3, 3);
        const code = await verify.code();

        await device.through('nfc');
        await checkNow(verify);
        await verify.shows('face');
        const report = await device.finish();
        expect(report.steps.find(({ step }) => step === 'hello')?.confirmation_code).toBe(code);
        await checkNow(verify);
        await verify.shows('succeeded');
        await verify.follow(`Continue to ${destination.host}`);
        await verify.heading(WELCOME);
        expect(new URL(await verify.url()).searchParams.get('status')).toBe('succeeded');

        const { claims } = (await webhooks.onlyEvent(session.id)).data as { claims: object };
        expect(Object.keys(claims).sort()).toEqual(AGREED);
      });

      test('the user cancels while the phone is at work', async ({ browse, site }) => {
        const session = await site.kayle.createSession();
        const verify = await browse(engine, { javascript: false });
        await verify.open(session);
        await verify.agree();
        const device = await site.phone(session.verification_url, 'nfc-fail');
        await device.through('nfc');
        await checkNow(verify);
        await verify.tries(2, 3);
        await verify.says(WRONG.chip);
        await verify.cancel();
        expect(await site.webhooks.onlyEvent(session.id)).toMatchObject({
          type: 'verification.session.cancelled', data: { reason: 'cancelled_after_failed_check' },
        });
      });
    });
  });
}
