// The document alone is enough: a generator that knows nothing of us makes a client, the compiler
// accepts a program written against it, and the program gets through everything an integrator does.

import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from '../support/fixtures';

const run = promisify(execFile);
const folder = join(__dirname, '..', 'client');
const tool = (name: string): string => join(__dirname, '..', 'node_modules', '.bin', name);

test('a client generated from the document integrates', async ({ site }) => {
  const generated = join(folder, 'generated');
  const document = join(folder, 'openapi.json');
  try {
    const answer = await fetch(`${site.kayle.url}/openapi.json`);
    await writeFile(document, await answer.text());
    await run(tool('openapi-ts'), ['-i', document, '-o', generated, '-c', '@hey-api/client-fetch'], { cwd: folder });
    await run(tool('tsc'), ['-p', folder]);
    const program = join(folder, 'integrate.mjs');
    await run(tool('esbuild'), [join(folder, 'integrate.ts'), '--bundle', '--platform=node', '--format=esm', `--outfile=${program}`]);
    const { stdout } = await run('node', [program, site.kayle.url, site.kayle.key]);
    expect(JSON.parse(stdout)).toEqual({
      same: true,
      replayed: [false, true],
      reason: 'Accounts are for adults only',
      attempts: [],
      tokenAgain: null,
      listed: 4, // of five: the erased one has lost its reference
      eraseWhileOpen: 'SESSION_NOT_TERMINAL',
      cancelled: 204,
      status: 'cancelled',
      erased: 204,
      metadata: {},
      unknown: {
        code: 'SESSION_NOT_FOUND',
        message: 'no session with this id exists in your organization',
        hint: expect.any(String),
        docs: '/docs/errors/SESSION_NOT_FOUND',
      },
      refused: 'locale must be a BCP 47 language tag',
    });
  } finally {
    for (const made of ['generated', 'openapi.json', 'integrate.mjs']) {
      await rm(join(folder, made), { recursive: true, force: true });
    }
  }
});
