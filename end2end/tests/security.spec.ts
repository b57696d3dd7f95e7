// What the browser is told, and what it keeps to: policy, headers, frames, requests, and the token.

import type { Page, Response } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { Kayle } from '../support/kayle';
import { STATES, walk } from '../support/states';
import { FIELDS, VerifyPage } from '../support/verify';
import { DO, HEADING } from '../support/words';

/** What every page is answered with, whatever it shows. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
} as const;

function directives(policy: string): Map<string, string[]> {
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name, ...values]) => [name ?? '', values]));
}

/** The answers that made the page, redirects included. */
function documents(page: Page): Response[] {
  const seen: Response[] = [];
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) seen.push(response);
  });
  return seen;
}

test('in every state the policy is strict, its nonce is new, and nothing leaves for elsewhere', async ({
  page, site, complaints,
}) => {
  complaints.expect(/the server responded with a status of 40\d/);
  await page.emulateMedia({ reducedMotion: 'reduce' }); // nothing is sent on by itself
  const answers = documents(page);
  const [asked, own] = [new Set<string>(), new Set<string>()];
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.add(new URL(request.url()).origin);
  });
  const nonces = new Set<string>();
  const states: string[] = [];
  await walk(page, site, async (state) => {
    states.push(state);
    own.add(new URL(page.url()).origin); // one state comes from a server whose sessions end soon
    const headers = (await answers.at(-1)?.allHeaders()) ?? {};
    const policy = headers['content-security-policy'] ?? '';
    expect.soft(policy, state).not.toMatch(/unsafe-inline|'unsafe-eval'|unsafe-hashes|\*|http/);
    const rules = directives(policy);
    expect.soft(rules.get('default-src'), state).toEqual(["'none'"]);
    expect.soft(rules.get('frame-ancestors'), state).toEqual(["'none'"]);
    expect.soft(rules.get('base-uri'), state).toEqual(["'none'"]);
    expect.soft(rules.get('form-action'), state).toEqual(["'self'"]);
    expect.soft(rules.get('connect-src'), state).toEqual(["'self'"]);
    expect.soft(rules.get('style-src'), state).toEqual(["'self'"]);
    const nonce = /'nonce-([0-9a-f]{32})'/.exec(rules.get('script-src')?.join(' ') ?? '')?.[1] ?? '';
    const used = await page.locator('script').evaluateAll((all) => all.map((script) => (script as HTMLScriptElement).nonce));
    expect.soft(new Set(used), `${state}: every script carries the nonce of its own answer`).toEqual(new Set([nonce]));
    nonces.add(nonce);
    expect.soft(headers, state).toMatchObject(HEADERS);
    for (const feature of ['camera', 'microphone', 'geolocation']) {
      expect.soft(headers['permissions-policy'], state).toContain(`${feature}=()`);
    }
    const granted = await page.evaluate(() => {
      const { featurePolicy } = document as unknown as { featurePolicy: { allowsFeature: (name: string) => boolean } };
      return ['camera', 'microphone', 'geolocation'].filter((name) => featurePolicy.allowsFeature(name));
    });
    expect.soft(granted, `${state}: the browser grants none of them`).toEqual([]);
  });
  expect(states.length).toBe(STATES);
  const pages = answers.filter((answer) => answer.status() < 300 || answer.status() >= 400);
  const all = pages.map((answer) => /'nonce-([0-9a-f]+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1]);
  expect(new Set(all).size, 'no nonce comes twice').toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(states.length);
  for (const redirect of answers.filter((answer) => !pages.includes(answer))) {
    const headers = redirect.headers();
    expect(headers).toMatchObject({
      'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff',
    });
  }
  expect([...asked].filter((origin) => !own.has(origin))).toEqual([]);
  expect(own.size).toBeLessThanOrEqual(2);
});

test('a violation of the policy does not go unnoticed, and does nothing', async ({ page, site, complaints }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  await verify.open(session);
  expect(complaints.unexpected()).toEqual([]);
  await page.evaluate(() => {
    const hostile = '<img src="data:," onerror="window.xss = 1"><img src="http://elsewhere.example/x.png"><p style="color: red">x</p>';
    document.body.insertAdjacentHTML('beforeend', hostile);
    const link = document.createElement('a');
    link.href = 'javascript:window.xss = 1';
    link.click();
    const base = document.createElement('base');
    base.href = 'http://elsewhere.example/';
    document.head.append(base);
    const frame = document.createElement('iframe');
    frame.src = 'http://elsewhere.example/';
    document.body.append(frame);
    const form = document.createElement('form');
    form.action = 'http://elsewhere.example/';
    form.method = 'post';
    document.body.append(form);
    form.submit();
    void fetch('http://elsewhere.example/').catch(() => undefined);
    setTimeout('window.xss = 1'); // from a timer: what evaluates this here is let off the policy
  });
  for (const directive of [
    'script-src-attr', 'script-src-elem', 'script-src', 'style-src-attr', 'img-src', 'frame-src', 'form-action', 'base-uri', 'connect-src',
  ]) {
    await expect.poll(() => complaints.unexpected().join('\n')).toMatch(new RegExp(`policy violation: ${directive} `));
  }
  expect(await page.evaluate(() => 'xss' in window)).toBe(false);
  expect(page.url()).toBe(`${site.kayle.url}/${session.id}`);
  complaints.expect(/./s); // all of it was provoked
});

test('no other page can frame it, neither a neighbour nor a stranger', async ({ page, site, elsewhere, complaints }) => {
  complaints.expect(/frame|X-Frame-Options|refused to connect/i);
  const session = await site.kayle.createSession();
  await new VerifyPage(page).open(session); // the browser holds the cookie
  const url = `${site.kayle.url}/${session.id}`;
  elsewhere.page('/frames', `<iframe src="${url}"></iframe><object data="${url}"></object><embed src="${url}">`);
  elsewhere.page('/own', '<p>framed</p>');
  elsewhere.page('/control', '<iframe src="/own"></iframe>');
  for (const origin of [elsewhere.neighbour, elsewhere.stranger]) {
    const asked: string[] = [];
    page.on('response', (response) => asked.push(response.url()));
    await page.goto(`${origin}/frames`, { waitUntil: 'load' });
    await expect.poll(() => asked.filter((other) => other === url).length).toBeGreaterThan(0);
    for (const frame of page.frames().slice(1)) {
      await frame.waitForLoadState().catch(() => undefined); // an error page may be no page at all
      expect(frame.url(), origin).not.toContain(session.id);
      const text = await frame.locator('body').innerText({ timeout: 1_000 }).catch(() => '');
      expect(text, origin).not.toMatch(/identity|Agree/);
    }
    page.removeAllListeners('response');
  }
  await page.goto(`${elsewhere.neighbour}/control`);
  await expect(page.frameLocator('iframe').getByText('framed')).toBeVisible();
});

test('the token is in no Referer, no address, no history, no entry and no script', async ({
  page, elsewhere, complaints,
}) => {
  complaints.expect(/status of 204/);
  const kayle = await Kayle.start({}, {
    name: 'Nosy Shop', website: `${elsewhere.stranger}/website`, privacyUrl: `${elsewhere.neighbour}/privacy`,
    termsUrl: `${elsewhere.stranger}/terms`, fallbackUrl: `${elsewhere.neighbour}/fallback`,
  });
  try {
    elsewhere.page('/website', 'website');
    elsewhere.page('/privacy', 'privacy');
    elsewhere.page('/terms', 'terms');
    elsewhere.page('/fallback', 'fallback');
    elsewhere.page('/back', '<h1>Back</h1>');
    const session = await kayle.createSession({ share_fields: FIELDS, redirect_url: `${elsewhere.stranger}/back` });
    const token = session.cancel_token;
    const sent: Promise<Record<string, string>>[] = [];
    page.context().on('request', (request) => sent.push(request.allHeaders()));
    const before = elsewhere.arrivals.length;

    const hidden = async (): Promise<void> => {
      const known = await page.evaluate(() => JSON.stringify([
        location.href, document.referrer, document.cookie, performance.getEntries().map(({ name }) => name),
        history.state as unknown, { ...localStorage }, { ...sessionStorage }, window.name, document.documentElement.outerHTML,
      ]));
      expect(known).not.toContain(token);
      expect(await page.evaluate(() => document.cookie)).toBe('');
      const devtools = await page.context().newCDPSession(page);
      const { entries } = await devtools.send('Page.getNavigationHistory');
      expect(entries.map(({ url }) => url).join('\n')).not.toContain(token);
      await devtools.detach();
    };

    await page.goto(session.verification_url);
    await expect(page).toHaveURL(`${kayle.url}/${session.id}`);
    await hidden();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: `kayle_${session.id}`, httpOnly: true, sameSite: 'Lax', path: '/' });

    await page.getByText(DO.cannot).click();
    for (const path of ['website', 'privacy', 'terms', 'fallback']) {
      const opened = page.context().waitForEvent('page');
      await page.locator(`main a[href$="/${path}"]`).click();
      const other = await opened;
      await expect(other.getByText(path)).toBeVisible();
      expect(await other.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);
      await other.close();
    }
    await page.getByRole('link', { name: DO.decline }).click();
    await hidden();
    await page.getByRole('button', { name: DO.cancelYes }).click();
    await page.getByRole('link', { name: /^Continue to/ }).click();
    await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible();
    await hidden();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await hidden();
    expect(page.url()).toBe(`${kayle.url}/${session.id}`);

    const headers = await Promise.all(sent);
    expect(headers.length).toBeGreaterThan(10);
    expect(headers.map(({ referer, origin }) => `${referer} ${origin}`).join('\n')).not.toContain(token);
    const arrived = elsewhere.arrivals.slice(before).filter(({ path }) => !path.includes('favicon'));
    expect(arrived.length).toBeGreaterThanOrEqual(5);
    expect(arrived.map(({ headers: { referer } }) => referer)).toEqual(arrived.map(() => undefined));
    expect(JSON.stringify(arrived)).not.toContain(token);
    expect(JSON.stringify(arrived.map(({ path }) => path))).not.toContain('cancel_token');
  } finally {
    await kayle.stop();
  }
});

test.describe('addresses made to confuse', () => {
  const HOSTILE = '<script>window.xss=1</script>"><img src=x onerror=window.xss=1>';

  test('whatever the query holds, the page is its own and repeats nothing of it', async ({ page, site, complaints }) => {
    complaints.expect(/the server responded with a status of 40\d/);
    const session = await site.kayle.createSession();
    const before = await site.kayle.session(session.id);
    const base = `${site.kayle.url}/${session.id}`;
    const hostile = encodeURIComponent(HOSTILE);
    const verify = new VerifyPage(page);
    const cases: [query: string, status: number, heading: Parameters<VerifyPage['shows']>[0]][] = [
      [`notice=${hostile}`, 200, 'consent'],
      ['notice=no_such_notice', 200, 'consent'],
      ['notice=biometric_required%00', 200, 'consent'],
      [`ask=${hostile}`, 200, 'consent'],
      ['ask=withdraw', 200, 'consent'],
      ['ask=release', 200, 'consent'],
      ['ask=CANCEL', 200, 'consent'],
      [`unknown=${hostile}`, 200, 'consent'],
      ['', 200, 'consent'],
      ['&&&=&=%00', 200, 'consent'],
      [`cancel_token=${hostile}`, 401, 'wrongLink'],
      ['cancel_token=', 401, 'wrongLink'],
      ['cancel_token=%00%0d%0aSet-Cookie:%20a=b', 401, 'wrongLink'],
      [`cancel_token=${'a'.repeat(8_000)}`, 401, 'wrongLink'],
      [`cancel_token=${session.cancel_token}x`, 401, 'wrongLink'],
      [`cancel_token=${session.cancel_token.toUpperCase()}`, 401, 'wrongLink'],
      [`cancel_token=${session.cancel_token}&cancel_token=${session.cancel_token}`, 200, 'consent'],
      [`cancel_token=%ff%fe&notice=released`, 401, 'wrongLink'],
    ];
    for (const [query, status, heading] of cases) {
      const response = await page.goto(`${base}?${query}`);
      expect.soft(response?.status(), query.slice(0, 80)).toBe(status);
      await verify.shows(heading);
      const body = (await response?.text()) ?? '';
      expect.soft(body, query.slice(0, 80)).not.toMatch(/window\.xss|onerror|no_such_notice|Set-Cookie|aaaaaaaa/);
      expect.soft(body, query.slice(0, 80)).not.toContain(session.cancel_token);
      await expect.soft(page.getByRole('alert')).toHaveCount(0);
    }
    expect(await page.evaluate(() => 'xss' in window)).toBe(false);
    expect(await page.context().cookies(), 'none of these opened the session').toEqual([]);
    expect(await site.kayle.session(session.id)).toEqual(before);
  });

  test('a path with bytes nobody types has the page of a link that is not complete', async ({ page, site, complaints }) => {
    complaints.expect(/the server responded with a status of 40\d/);
    const session = await site.kayle.createSession();
    for (const path of [
      '%00', `${session.id}%00`, `${session.id}%0d%0aSet-Cookie:%20a=b`, `%0d%0aLocation:%20http://elsewhere.example`,
      `${encodeURIComponent(HOSTILE)}`, `${session.id}/${encodeURIComponent(HOSTILE)}`, `${session.id.toUpperCase()}`,
      `${session.id}%2fconsent`, '%ff%fe', '%E2%80%AEvs_1', '/elsewhere.example/', '/elsewhere.example/%2e%2e', 'a'.repeat(6_000),
    ]) {
      const response = await page.goto(`${site.kayle.url}/${path}`);
      expect.soft(response?.status(), path.slice(0, 80)).toBe(404);
      await expect.soft(page.getByRole('heading', { level: 1 }), path.slice(0, 80)).toHaveText(HEADING.malformed, { timeout: 1_000 });
      expect.soft(new URL(page.url()).origin, path.slice(0, 80)).toBe(site.kayle.url);
      expect.soft(response?.headers(), path.slice(0, 80)).not.toHaveProperty('set-cookie');
      expect.soft(await response?.text(), path.slice(0, 80)).not.toMatch(/window\.xss|onerror|elsewhere|aaaaaaaa/);
    }
    expect(await page.evaluate(() => 'xss' in window)).toBe(false);
  });
});
