// What integrators read: the reference and a page for every error code, under the page's own policy.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '../support/fixtures';

interface Document {
  paths: Record<string, Record<string, { summary?: string; operationId: string }>>;
  webhooks: Record<string, unknown>;
}

test('the reference shows every operation and every event, with nothing from elsewhere', async ({ page, site }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.kayle.url) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  const response = await page.goto(`${site.kayle.url}/reference`);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
  const document = (await (await fetch(`${site.kayle.url}/openapi.json`)).json()) as Document;
  await expect(page.getByRole('heading', { name: 'Kayle verify' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Creating safely' })).toBeVisible();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const { operationId } of Object.values(item)) {
      await expect(page.locator(`[id$="-${operationId}"]`), `${path} ${operationId}`).toBeVisible();
    }
  }
  await page.locator('#operations-sessions-create_session .opblock-summary-control').click();
  await expect(page.getByText('IDEMPOTENCY_KEY_REUSED').first()).toBeVisible();
  for (const name of Object.keys(document.webhooks)) {
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  }
  expect(foreign).toEqual([]);
});

test('every error code has a page that says what to do and where it comes from', async ({ page, site }) => {
  await page.goto(`${site.kayle.url}/docs/errors`);
  const links = await page.locator('tbody a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
  const committed = await readFile(join(__dirname, '..', '..', 'server', 'openapi.json'), 'utf8');
  expect(links.length).toBeGreaterThan(45);
  for (const link of links) {
    const code = link.split('/').pop() ?? '';
    const response = await page.goto(site.kayle.url + link);
    expect(response?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(code);
    await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible();
    const somewhere = committed.includes(`"${code}": {`);
    await expect(page.getByRole('heading', { name: 'Where it comes from' })).toHaveCount(somewhere ? 1 : 0);
  }
  await page.getByRole('link', { name: 'Reference' }).click();
  await expect(page.getByRole('heading', { name: 'Kayle verify' })).toBeVisible();
});

test('an unknown code is told apart', async ({ page, site, complaints }) => {
  complaints.expect(/404/);
  const response = await page.goto(`${site.kayle.url}/docs/errors/NOPE`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'All codes' })).toBeVisible();
});
