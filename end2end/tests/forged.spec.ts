// Another site uses the user's browser: whatever it sends, by form or by script, changes nothing.

import type { Page } from '@playwright/test';

import type { Elsewhere } from '../support/elsewhere';
import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO } from '../support/words';

const FORGED = 'This was not sent from our page';

/** Everything the page itself may send, with a body that would be right. */
const SENT = [
  ['consent', '&field[]=kayle_document_id&biometric=true&locale=en'],
  ['cancel', ''],
  ['withdraw', ''],
  ['release', ''],
  ['handoff', ''],
  ['language', '&tag=ar'],
] as const;

function form(action: string, body: string): string {
  const inputs = [...new URLSearchParams(body)].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<form method="post" action="${action}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
}

/** Sends all of it from a page of `origin`; the session's own view afterwards. */
async function forge(page: Page, elsewhere: Elsewhere, origin: string, server: string, id: string): Promise<void> {
  const sent = SENT.map(([name, fields]) => [`/form/${name}`, `session=${id}${fields}`] as const);
  for (const [name, body] of sent) {
    elsewhere.page('/form', form(`${server}${name}`, body));
    const answered = page.waitForResponse((response) => response.url() === `${server}${name}`);
    await page.goto(`${origin}/form`, { waitUntil: 'commit' });
    expect((await answered).status(), `${name} by form from ${origin}`).toBe(403);
    expect((await answered).headers(), name).not.toHaveProperty('set-cookie');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(FORGED);
  }

  elsewhere.page('/scripts', '<p>scripts</p>');
  await page.goto(`${origin}/scripts`);
  const statuses = new Map<string, number>();
  const note = (response: { url: () => string; status: () => number; request: () => { method: () => string } }): void => {
    if (response.url().startsWith(server)) statuses.set(`${response.request().method()} ${new URL(response.url()).pathname}`, response.status());
  };
  page.on('response', note);
  const rest = ['consent', 'handoff', 'release', 'cancel'].map((name) => `/v1/verify/session/${id}/${name}`);
  const targets = [...sent, ...rest.map((path) => [path, ''])];
  await page.evaluate(async ({ base, all }) => {
    for (const [path, body] of all) {
      const plain = { method: 'POST', credentials: 'include', mode: 'no-cors' } as const;
      const type = 'application/x-www-form-urlencoded';
      await fetch(`${base}${path}`, { ...plain, body: body || null, headers: body ? { 'content-type': type } : {} }).catch(() => undefined);
      navigator.sendBeacon(`${base}${path}`, new Blob([body ?? ''], { type }));
      // With a content type that needs a preflight, which nobody answers.
      const json = { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' } as const;
      await fetch(`${base}${path}`, json).then(() => { throw new Error(`${path} let a stranger read it`); }, () => undefined);
    }
  }, { base: server, all: targets });
  for (const [path] of targets) await expect.poll(() => statuses.get(`POST ${path}`), `${path} by script from ${origin}`).toBe(403);
  page.off('response', note);
}

for (const who of ['neighbour', 'stranger'] as const) {
  test(`a ${who} cannot agree, cancel, disconnect, withdraw or choose a language`, async ({
    page, site, elsewhere, complaints,
  }) => {
    complaints.expect(/status of 403|CORS|net::ERR_FAILED|Access-Control/);
    const origin = elsewhere[who];
    const server = site.kayle.url;
    const session = await site.kayle.createSession();
    const verify = new VerifyPage(page);
    await verify.open(session);
    const attack = async (): Promise<void> => {
      const before = await site.kayle.session(session.id);
      await forge(page, elsewhere, origin, server, session.id);
      expect(await site.kayle.session(session.id)).toEqual(before);
      // The browser holds the session's cookie all the while.
      const cookies = await page.context().cookies(server);
      expect(cookies.map(({ name }) => name)).toEqual([`kayle_${session.id}`]);
      await page.goto(`${server}/${session.id}`);
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    };

    await attack();
    await verify.shows('consent');
    await verify.agree();
    const device = await site.phone(session.verification_url, 'nfc-fail');
    await device.through('nfc');
    await verify.tries(2, 3);
    const code = await verify.code();
    await attack();
    await verify.tries(2, 3);
    expect(await verify.code(), 'the phone is still the one').toBe(code);
    await device.through('nfc');
    await verify.tries(1, 3);

    await verify.cancel();
    expect(await site.kayle.session(session.id), 'the user’s own page still can').toMatchObject({ status: 'cancelled' });
  });
}

test('a neighbour cannot withdraw what succeeded', async ({ page, site, elsewhere, complaints }) => {
  complaints.expect(/status of 403|CORS|net::ERR_FAILED|Access-Control/);
  await site.kayle.withUnreachable(async (endpoint) => {
    const { session, verify } = await VerifyPage.agreed(page, site.kayle, { webhook_endpoint_id: endpoint });
    await (await site.phone(session.verification_url, 'pass')).finish();
    await verify.shows('succeeded');
    const before = await site.kayle.session(session.id);
    await forge(page, elsewhere, elsewhere.neighbour, site.kayle.url, session.id);
    expect(await site.kayle.session(session.id)).toEqual(before);
    await page.goto(`${site.kayle.url}/${session.id}`);
    await expect(verify.link(DO.withdraw)).toBeVisible();
  });
});

test('nor can a page read what the session’s page or its events say', async ({ page, site, elsewhere, complaints }) => {
  complaints.expect(/CORS|net::ERR_FAILED|Access-Control|MIME type|status of 401/);
  const session = await site.kayle.createSession();
  await new VerifyPage(page).open(session);
  elsewhere.page('/read', '<p>read</p>');
  for (const origin of [elsewhere.neighbour, elsewhere.stranger]) {
    await page.goto(`${origin}/read`);
    const read = await page.evaluate(async ({ base, id }) => {
      const said: string[] = [];
      for (const path of [`/${id}`, `/${id}?ask=cancel`, `/v1/verify/session/${id}/details`]) {
        const text = await fetch(base + path, { credentials: 'include' }).then(async (answer) => answer.text(), () => '');
        if (text !== '') said.push(path);
      }
      const events = await new Promise<string>((resolve) => {
        const source = new EventSource(`${base}/v1/verify/session/${id}/events`, { withCredentials: true });
        source.addEventListener('session', () => resolve('heard'));
        source.onerror = () => resolve('');
      });
      if (events !== '') said.push('events');
      // The short status is open to everyone, but never with the cookie.
      const status = await fetch(`${base}/v1/verify/session/${id}/status`, { credentials: 'include' }).then(() => 'read', () => '');
      if (status !== '') said.push('status');
      return said;
    }, { base: site.kayle.url, id: session.id });
    expect(read, origin).toEqual([]);
  }
});
