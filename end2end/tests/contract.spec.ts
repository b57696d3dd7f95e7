// Schemathesis, which knows nothing of us but the document, finds no answer that breaks it.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { TestInfo } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { Kayle } from '../support/kayle';
import { Listener } from '../support/listener';

const run = promisify(execFile);
const folder = join(__dirname, '..', 'contract');

test('no request, right or wrong, is answered against the document', async ({}, testInfo) => {
  test.setTimeout(1_800_000);
  // A server of its own: whatever can be changed about it will be, its listener's secret included.
  const kayle = await Kayle.start();
  const webhooks = await Listener.start(kayle);
  try {
    await attack(kayle, webhooks, testInfo);
  } finally {
    await webhooks.stop();
    await kayle.stop();
  }
});

async function attack(kayle: Kayle, webhooks: Listener, testInfo: TestInfo): Promise<void> {
  const session = await kayle.createSession({ client_reference_id: 'contract' });
  const agreed = await fetch(`${kayle.url}/v1/verify/session/${session.id}/consent`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ selected_field_keys: ['kayle_document_id'], biometric_consent: true }),
  });
  const { data } = (await agreed.json()) as { data: { page_credential: string } };
  const env = {
    ...process.env,
    CONTRACT_SESSION: session.id,
    CONTRACT_ENDPOINT: webhooks.endpoint,
    CONTRACT_KEY: kayle.key,
    CONTRACT_PAGE: `Page ${data.page_credential}`,
  };
  const program = join(__dirname, '..', '.venv', 'bin', 'schemathesis');
  const arguments_ = ['--config-file', 'schemathesis.toml', 'run', `${kayle.url}/openapi.json`];
  const outcome = await run(program, arguments_, { cwd: folder, env, maxBuffer: 1 << 26 }).then(
    ({ stdout }) => ({ failed: false, said: stdout }),
    (error: { stdout: string; stderr: string }) => ({ failed: true, said: `${error.stdout}${error.stderr}` }),
  );
  await testInfo.attach('schemathesis', { body: outcome.said });
  expect(outcome.failed, outcome.said.slice(-8000)).toBe(false);
  expect(outcome.said).toMatch(/\d+ generated/);
}
