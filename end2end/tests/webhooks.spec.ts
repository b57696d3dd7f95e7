// An integrator's receiver, with other people's libraries: Standard Webhooks checks the signature,
// jose decrypts the payload.

import { createHmac } from 'node:crypto';

import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { Webhook } from 'standardwebhooks';

import { expect, test } from '../support/fixtures';
import { type Delivery, Receiver } from '../support/receiver';

interface Endpoint {
  id: string;
  signing_secret: string;
}

/** Whether the library accepts a delivery under a secret. */
function accepted(secret: string, { headers, body }: Delivery): boolean {
  try {
    // What is encrypted is not JSON.
    new Webhook(secret).verify(body, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

test('payloads are verified and decrypted by libraries that are not ours', async ({ site }) => {
  const { kayle } = site;
  const receiver = await Receiver.start();
  try {
    const post = async <T>(path: string, body?: unknown): Promise<T> => kayle.post(`/v1/webhooks${path}`, body);
    const endpoint = await post<Endpoint>('/endpoints', { url: receiver.url });
    const at = `/endpoints/${endpoint.id}`;
    const sent = async (): Promise<Delivery> => {
      const { event_id: event } = await post<{ event_id: string }>(`${at}/test`);
      return receiver.delivery(event);
    };

    const plain = await sent();
    expect(accepted(endpoint.signing_secret, plain)).toBe(true);
    expect(accepted(endpoint.signing_secret, { ...plain, body: `${plain.body} ` })).toBe(false);
    expect(JSON.parse(plain.body)).toMatchObject({ type: 'webhook.test', data: { endpoint_id: endpoint.id } });
    const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(plain.headers['x-kayle-signature'])) ?? [];
    const own = createHmac('sha256', endpoint.signing_secret).update(`${time}.${plain.body}`).digest('hex');
    expect(mac).toBe(own);

    const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256', { modulusLength: 2048, extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'receiver-1', use: 'enc' };
    await post(`${at}/keys`, { jwk });
    const sealed = await sent();
    expect(sealed.headers['content-type']).toBe('application/jose');
    expect(accepted(endpoint.signing_secret, sealed)).toBe(true);
    expect(decodeProtectedHeader(sealed.body)).toMatchObject({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'receiver-1' });
    const { plaintext } = await compactDecrypt(sealed.body, privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toMatchObject({ type: 'webhook.test' });

    const { signing_secret: rotated } = await post<Endpoint>(`${at}/signing-secret/rotate`);
    const both = await sent();
    expect([accepted(rotated, both), accepted(endpoint.signing_secret, both)]).toEqual([true, true]);
    await kayle.call('DELETE', `/v1/webhooks${at}`);
  } finally {
    await receiver.stop();
  }
});

test('a private key is refused, also when it was made by the library', async ({ site }) => {
  const { kayle } = site;
  const data = await kayle.post<Endpoint>('/v1/webhooks/endpoints', { url: 'https://hooks.example/' });
  const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256', { modulusLength: 2048, extractable: true });
  // The pair is a working one: it is the form that is refused.
  const jwe = await new CompactEncrypt(new Uint8Array([1])).setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }).encrypt(publicKey);
  expect((await compactDecrypt(jwe, privateKey)).plaintext).toEqual(new Uint8Array([1]));
  const jwk = { ...(await exportJWK(privateKey)), kid: 'mine', use: 'enc' };
  await expect(kayle.call('POST', `/v1/webhooks/endpoints/${data.id}/keys`, { jwk })).rejects.toThrow('INVALID_ENCRYPTION_KEY');
  await kayle.call('DELETE', `/v1/webhooks/endpoints/${data.id}`);
});
