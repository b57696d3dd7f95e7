// An integrator's program, written against the client that a generator makes from /openapi.json and
// against nothing else: it is type-checked, bundled and run by tests/client.spec.ts.

import { client } from './generated/client.gen';
import {
  cancelSession,
  createSession,
  eraseSession,
  getSession,
  listSessions,
} from './generated/sdk.gen';
import type { CreateSession, SessionBody } from './generated/types.gen';

const [, , baseUrl, key] = process.argv;
if (!baseUrl || !key) throw new Error('usage: integrate URL KEY');
client.setConfig({ baseUrl, auth: () => key });

const wanted: CreateSession = {
  share_fields: {
    age_over_18: { required: true, reason: 'Accounts are for adults only' },
    family_name: { required: false, reason: 'Open the account in your name' },
  },
  redirect_url: 'https://yourapp.example/verification/done',
  client_reference_id: 'a-generated-client',
  metadata: { plan: 'gold' },
};

async function create(idempotencyKey: string): Promise<{ session: SessionBody; replayed: boolean }> {
  const { data, error, response } = await createSession({
    body: wanted,
    headers: { 'Idempotency-Key': idempotencyKey },
  });
  if (!data) throw new Error(`${error?.error.code}: ${error?.error.message}`);
  return { session: data.data, replayed: response?.headers.get('idempotency-replayed') === 'true' };
}

async function all(reference: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const { data, error } = await listSessions({
      query: { client_reference_id: reference, limit: 2, ...(after ? { starting_after: after } : {}) },
    });
    if (!data) throw new Error(error?.error.code);
    ids.push(...data.data.map((session) => session.id));
    if (!data.pagination.has_more || !data.pagination.next_cursor) return ids;
    after = data.pagination.next_cursor;
  }
}

const first = await create('one');
const again = await create('one');
for (const more of ['two', 'three', 'four', 'five']) await create(more);

const read = await getSession({ path: { id: first.session.id }, query: { include_attempts: true } });
const open = await eraseSession({ path: { id: first.session.id } });
const cancelled = await cancelSession({ path: { id: first.session.id } });
const over = await getSession({ path: { id: first.session.id } });
const erased = await eraseSession({ path: { id: first.session.id } });
const blank = await getSession({ path: { id: first.session.id } });
const unknown = await getSession({ path: { id: 'vs_00000000000000000000000000000000' } });
const refused = await createSession({ body: { locale: 'not a tag' } });

console.log(
  JSON.stringify({
    same: first.session.id === again.session.id && first.session.cancel_token === again.session.cancel_token,
    replayed: [first.replayed, again.replayed],
    reason: first.session.share_fields.age_over_18?.reason,
    attempts: read.data?.data.attempts,
    tokenAgain: read.data?.data.cancel_token ?? null,
    listed: (await all('a-generated-client')).length,
    eraseWhileOpen: open.error?.error.code,
    cancelled: cancelled.response?.status,
    status: over.data?.data.status,
    erased: erased.response?.status,
    metadata: blank.data?.data.metadata,
    unknown: unknown.error?.error,
    refused: refused.error?.error.message,
  }),
);
