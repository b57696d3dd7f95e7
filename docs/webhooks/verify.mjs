// npm install jose@6 standardwebhooks@1.1   (on Node 18: jose@5)
import { createHmac, timingSafeEqual } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const TOLERANCE = 5 * 60; // seconds

/**
 * Whether X-Kayle-Signature was made with `secret` over `body`, at most five minutes from `now`.
 * @param {string} secret the whole secret, `whsec_…`
 * @param {Record<string, string>} headers by lower-case name, as in `request.headers`
 * @param {Buffer} body the bytes exactly as received
 * @param {number} [now] Unix seconds
 */
export function verifyKayle(secret, headers, body, now = Date.now() / 1000) {
  const [time, ...offered] = (headers['x-kayle-signature'] ?? '').split(',');
  const [, t] = /^t=(\d{1,12})$/.exec(time) ?? [];
  if (t === undefined || Math.abs(Math.floor(now) - Number(t)) > TOLERANCE) return false;
  const mac = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
  const expected = Buffer.from(`v1=${mac}`);
  return offered.map((text) => Buffer.from(text))
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

/** Whether the Standard Webhooks headers are genuine and recent; parameters as for `verifyKayle`. */
export function verifyStandard(secret, headers, body) {
  const webhook = new Webhook(secret); // throws if the secret itself is malformed
  try {
    webhook.verify(Buffer.from(body), headers, { jsonParse: false }); // an encrypted body is not JSON
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

/**
 * The JSON text of a verified body sent as application/jose; throws if it does not decrypt.
 * @param {import('node:crypto').KeyObject} privateKey as `createPrivateKey(pem)` returns it
 */
export async function decrypt(privateKey, body) {
  const { plaintext } = await compactDecrypt(body, privateKey, {
    keyManagementAlgorithms: ['RSA-OAEP-256'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return new TextDecoder().decode(plaintext);
}
