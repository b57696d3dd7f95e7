// The guide's snippets for Node, Python and Go, each run as a program of its own on real deliveries.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';

import { expect, test } from '../support/fixtures';
import { type Delivery, Receiver } from '../support/receiver';

const root = join(__dirname, '..', '..');

interface Verdict {
  kayle: boolean;
  standard: boolean;
  event: { type: string } | null;
}

interface Language {
  name: string;
  command: string[];
}

/** Puts the snippets and what runs them side by side, as an integrator would have them. */
function languages(folder: string): Language[] {
  const put = (from: string, ...to: string[]): void => {
    mkdirSync(join(folder, ...to.slice(0, -1)), { recursive: true });
    copyFileSync(join(root, from), join(folder, ...to));
  };
  for (const file of ['verify.mjs', 'verify.py', 'verify.go']) put(`docs/webhooks/${file}`, 'webhooks', file);
  for (const file of ['run.mjs', 'run.py', 'main.go']) put(`end2end/snippets/${file}`, 'run', file);
  return [
    { name: 'Node', command: [process.execPath, join(folder, 'run', 'run.mjs')] },
    { name: 'Python', command: [join(root, 'end2end', '.venv', 'bin', 'python'), join(folder, 'run', 'run.py')] },
    { name: 'Go', command: ['go', 'run', join(folder, 'run', 'main.go')] },
  ];
}

async function judge({ command }: Language, question: unknown): Promise<Verdict> {
  const [program, ...rest] = command;
  const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOPROXY: 'off' };
  const child = spawn(String(program), rest, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(question));
  const [said, complaints, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(status, complaints).toBe(0);
  return JSON.parse(said) as Verdict;
}

test('every snippet of the guide accepts what is genuine and refuses what is not', async ({ site }, testInfo) => {
  const { kayle } = site;
  const receiver = await Receiver.start();
  try {
    const post = async <T>(path: string, body?: unknown): Promise<T> => kayle.post(`/v1/webhooks${path}`, body);
    const { id, signing_secret: secret } = await post<{ id: string; signing_secret: string }>('/endpoints', { url: receiver.url });
    const sent = async (): Promise<Delivery> =>
      receiver.delivery((await post<{ event_id: string }>(`/endpoints/${id}/test`)).event_id);
    const plain = await sent();
    const { signing_secret: rotated } = await post<{ signing_secret: string }>(`/endpoints/${id}/signing-secret/rotate`);
    const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256', { modulusLength: 2048, extractable: true });
    await post(`/endpoints/${id}/keys`, { jwk: { ...(await exportJWK(publicKey)), kid: 'mine', use: 'enc' } });
    const sealed = await sent();
    const pem = await exportPKCS8(privateKey);
    const stranger = await exportPKCS8((await generateKeyPair('RSA-OAEP-256', { extractable: true })).privateKey);
    await kayle.call('DELETE', `/v1/webhooks/endpoints/${id}`);

    const question = ({ headers, body }: Delivery, more: object): object => ({
      secret, headers, body: Buffer.from(body).toString('base64'), private_key: null, now: null, ...more,
    });
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const late = Math.floor(Date.now() / 1000) + 600;
    const cases: [string, object, { kayle: boolean; standard: boolean; type: string | undefined }][] = [
      ['plain', question(plain, {}), { kayle: true, standard: true, type: 'webhook.test' }],
      ['encrypted', question(sealed, { private_key: pem }), { kayle: true, standard: true, type: 'webhook.test' }],
      ['rotated', question(sealed, { secret: rotated, private_key: pem }), { kayle: true, standard: true, type: 'webhook.test' }],
      ['not decrypted', question(sealed, {}), { kayle: true, standard: true, type: undefined }],
      ['wrong key', question(sealed, { private_key: stranger }), { kayle: true, standard: true, type: undefined }],
      ['wrong secret', question(plain, { secret: other }), { kayle: false, standard: false, type: 'webhook.test' }],
      ['changed', question({ ...plain, body: `${plain.body} ` }, {}), { kayle: false, standard: false, type: 'webhook.test' }],
      ['no headers', question({ ...plain, headers: {} }, {}), { kayle: false, standard: false, type: 'webhook.test' }],
      ['late', question(plain, { now: late }), { kayle: false, standard: true, type: 'webhook.test' }],
    ];
    for (const language of languages(testInfo.outputPath())) {
      for (const [name, asked, wanted] of cases) {
        const { kayle: own, standard, event } = await judge(language, asked);
        expect({ kayle: own, standard, type: event?.type }, `${language.name}: ${name}`).toEqual(wanted);
      }
    }
  } finally {
    await receiver.stop();
  }
});
