// The original link, its token, and what the session's bare address shows to whom.

import { expect, test } from '../support/fixtures';
import { VerifyPage } from '../support/verify';
import { DO } from '../support/words';

const UNAUTHORIZED = /the server responded with a status of 401/;
const NOT_FOUND = /the server responded with a status of 404/;

test('the token leaves the address and the history, and a reload can still cancel', async ({
  page, site,
}) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  const asked: (string | undefined)[] = [];
  page.on('request', (request) => asked.push(request.headers().referer));
  await verify.open(session);
  expect(page.url()).toBe(`${site.kayle.url}/${session.id}`);
  expect(await page.content()).not.toContain(session.cancel_token);

  const devtools = await page.context().newCDPSession(page);
  const history = (await devtools.send('Page.getNavigationHistory')).entries.map(({ url }) => url);
  expect(history).toContain(`${site.kayle.url}/${session.id}`);
  expect(history.join()).not.toContain(session.cancel_token);

  await page.reload();
  await verify.shows('consent');
  expect(asked.join()).not.toContain(session.cancel_token);
  await verify.cancel(DO.decline);
  expect(await site.kayle.session(session.id)).toMatchObject({ status: 'cancelled' });
});

test('the cookie is for the server only, and for this session only', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  await new VerifyPage(page).open(session);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = await page.context().cookies();
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(cookies[0]?.name).toContain(session.id);
});

test('a link without its token offers consent while nobody has agreed', async ({ page, site }) => {
  const session = await site.kayle.createSession();
  const verify = new VerifyPage(page);
  const response = await page.goto(`${site.kayle.url}/${session.id}`);
  expect(response?.status()).toBe(200);
  await verify.shows('consent');
  await verify.agree();
  await page.reload();
  await verify.shows('handoff');
  await verify.cancel();
});

test('a link without its token says to open the original once somebody has agreed', async ({
  page, site, visitor, complaints,
}) => {
  complaints.expect(UNAUTHORIZED);
  const session = await site.kayle.createSession();
  const owner = new VerifyPage(page);
  await owner.open(session);
  await owner.agree();

  const stranger = new VerifyPage(await visitor());
  const bare = `${site.kayle.url}/${session.id}`;
  expect((await stranger.page.goto(bare))?.status()).toBe(401);
  await stranger.shows('openOriginal');
  expect((await stranger.page.goto(`${bare}?ask=cancel`))?.status()).toBe(401);
  await stranger.shows('openOriginal');

  await stranger.page.goto(session.verification_url);
  await stranger.shows('handoff');
});

test('somebody else who agrees first shows to whoever waits', async ({ page, site, visitor, complaints }) => {
  complaints.expect(UNAUTHORIZED);
  const session = await site.kayle.createSession();
  const bare = `${site.kayle.url}/${session.id}`;
  const late = new VerifyPage(page);
  await page.goto(bare);
  await late.shows('consent');
  const first = new VerifyPage(await visitor());
  await first.open(session);
  await first.agree();
  await page.reload();
  await late.shows('openOriginal');
});

test('a stranger learns that it is over, and not why', async ({ page, site }) => {
  const session = await site.kayle.createSession({ redirect_url: 'https://shop.example/back' });
  const device = await site.phone(session.verification_url, 'cloned');
  await device.finish();
  const stranger = new VerifyPage(page);
  expect((await page.goto(`${site.kayle.url}/${session.id}`))?.status()).toBe(200);
  await stranger.shows('failed');
  await expect(stranger.text('copied chips')).toHaveCount(0);
  await expect(stranger.text('shop.example')).toHaveCount(0);
  await expect(stranger.link(DO.withdraw)).toHaveCount(0);
});

test('a wrong token is refused, and one of another session too', async ({ page, site, complaints }) => {
  complaints.expect(UNAUTHORIZED);
  const [one, other] = [await site.kayle.createSession(), await site.kayle.createSession()];
  const verify = new VerifyPage(page);
  for (const token of ['x'.repeat(48), 'short', other.cancel_token]) {
    const response = await page.goto(`${site.kayle.url}/${one.id}?cancel_token=${token}`);
    expect(response?.status()).toBe(401);
    await verify.shows('wrongLink');
  }
});

test('addresses that lead nowhere have pages of their own', async ({ page, site, complaints }) => {
  complaints.expect(NOT_FOUND);
  const verify = new VerifyPage(page);
  for (const [path, heading] of [
    [`/vs_${'0'.repeat(32)}`, 'notFound'],
    ['/vs_123', 'malformed'],
    ['/vs_123/nothing', 'malformed'],
  ] as const) {
    expect((await page.goto(site.kayle.url + path))?.status()).toBe(404);
    await verify.shows(heading);
  }
  expect((await page.goto(`${site.kayle.url}/app`))?.status()).toBe(200);
  await verify.shows('app');
});
