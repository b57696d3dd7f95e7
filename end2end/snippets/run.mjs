// One JSON object on stdin, one on stdout.
import { createPrivateKey } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { decrypt, verifyKayle, verifyStandard } from '../webhooks/verify.mjs';

const attempt = async (work, otherwise) => {
  try {
    return await work();
  } catch {
    return otherwise;
  }
};

const input = await attempt(async () => JSON.parse(await text(process.stdin)), null);
const { secret, headers, private_key: pem, now } = input ?? {};
const body = await attempt(() => Buffer.from(input.body, 'base64'), Buffer.alloc(0));
const kayle = await attempt(() => verifyKayle(secret, headers, body, now ?? undefined), false);
const standard = await attempt(() => verifyStandard(secret, headers, body), false);
const event = await attempt(
  async () => JSON.parse(pem ? await decrypt(createPrivateKey(pem), body) : body.toString()),
  null,
);
console.log(JSON.stringify({ kayle, standard, event }));
