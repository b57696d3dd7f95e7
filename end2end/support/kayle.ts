// One `kayle serve` with its own database in its own folder, and the commands that go with it.

import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { type Log, lines } from './log';

/** What `POST /v1/sessions` takes. */
export interface NewSession {
  locale?: string;
  share_fields?: Record<string, { required: boolean; reason: string }>;
  redirect_url?: string;
  client_reference_id?: string;
  webhook_endpoint_id?: string;
  metadata?: Record<string, string>;
}

/** What it answers, as far as tests read it. */
export interface Session {
  id: string;
  status: string;
  verification_url: string;
  cancel_token: string;
  failure_code: string | null;
  nfc_tries_used: number;
  liveness_tries_used: number;
}

/** An organization as `kayle org create` takes it. */
export interface Organization {
  name: string;
  website?: string;
  privacyUrl?: string;
  termsUrl?: string;
  supportEmail?: string;
  fallbackUrl?: string;
}

export const ORGANIZATION = 'Harbour Bank';

/** The organization of most tests. */
const HARBOUR: Organization = {
  name: ORGANIZATION,
  website: 'https://harbour.example/',
  privacyUrl: 'https://harbour.example/privacy',
  supportEmail: 'help@harbour.example',
  fallbackUrl: 'https://harbour.example/post',
};

const SCOPES = 'sessions:read,sessions:write,webhooks:read,webhooks:write';

/** How long a process may take to end before it is killed. */
const PATIENCE = 15_000;

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run this suite with \`cargo xtask test --only e2e\``);
}

/** What `kayle org create` is called with. */
export function orgCreate(organization: Organization): string[] {
  const named = {
    name: organization.name,
    website: organization.website,
    'privacy-url': organization.privacyUrl,
    'terms-url': organization.termsUrl,
    'support-email': organization.supportEmail,
    'fallback-url': organization.fallbackUrl,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return ['org', 'create', ...given.map(([name, value]) => `--${name}=${value}`)];
}

/** A server process, and what it says. */
interface Served {
  child: ChildProcessWithoutNullStreams;
  log: Log<string>;
  url: string;
}

async function serve(folder: string, env: NodeJS.ProcessEnv): Promise<Served> {
  const child = spawn(setting('KAYLE_BIN'), ['serve'], { cwd: folder, env });
  const log = lines(child.stderr);
  const out = lines(child.stdout);
  try {
    const url = await out.find('the server starts', (line) => /^listening on (.+)$/.exec(line)?.[1]);
    return { child, log, url };
  } catch (error) {
    await end(child);
    throw new Error(`${String(error)}\nserver: ${log.tail(20)}`);
  }
}

/** Asks a process to end, and kills it when it does not. */
export async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await gone;
  clearTimeout(timer);
}

export class Kayle {
  private constructor(
    readonly url: string,
    readonly organization: string,
    readonly folder: string,
    private served: Served,
    private readonly env: NodeJS.ProcessEnv,
    /** An API key with every scope. */
    readonly key: string,
  ) {}

  /** Starts a sandbox on free ports; `settings` are `KAYLE_*` variables over the usual ones. */
  static async start(settings: Record<string, string> = {}, organization = HARBOUR): Promise<Kayle> {
    const folder = await mkdtemp(join(tmpdir(), 'kayle-e2e-'));
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('KAYLE_') && name !== 'DATABASE_URL',
    );
    const env: NodeJS.ProcessEnv = {
      ...Object.fromEntries(inherited),
      DATABASE_URL: `sqlite://${folder}/kayle.db`,
      KAYLE_SANDBOX: 'true',
      KAYLE_ADDR: '127.0.0.1:0',
      KAYLE_ADMIN_ADDR: '127.0.0.1:0',
      KAYLE_RATE_LIMIT: 'off',
      KAYLE_SITE: setting('KAYLE_SITE'),
      ...settings,
    };
    const served = await serve(folder, env);
    try {
      const command = async (...args: string[]): Promise<string> => {
        const run = promisify(execFile)(setting('KAYLE_BIN'), args, { cwd: folder, env });
        return (await run).stdout;
      };
      const { id } = JSON.parse(await command(...orgCreate(organization))) as { id: string };
      const made = await command('key', 'create', '--org', id, '--name', 'e2e', '--scopes', SCOPES);
      const { key } = JSON.parse(made) as { key: string };
      return new Kayle(served.url, id, folder, served, env, key);
    } catch (error) {
      await end(served.child);
      throw new Error(`${String(error)}\nserver: ${served.log.tail(20)}`);
    }
  }

  /** The server goes away; its database, and the port it had, are kept for {@link up}. */
  async down(): Promise<void> {
    await end(this.served.child);
  }

  /** The server comes back where it was. */
  async up(): Promise<void> {
    this.served = await serve(this.folder, { ...this.env, KAYLE_ADDR: new URL(this.url).host });
  }

  /** Runs a command to its end: what it printed, and whether it succeeded. */
  async command(...args: string[]): Promise<{ ok: boolean; said: string }> {
    const child = this.spawn(...args);
    const [out, said] = [lines(child.stdout), lines(child.stderr)];
    const [code] = (await once(child, 'close')) as [number | null];
    return { ok: code === 0, said: [...out.items, ...said.items].join('\n') };
  }

  /** Starts a command beside the server, in its folder and with its settings. */
  spawn(...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(setting('KAYLE_BIN'), args, { cwd: this.folder, env: this.env });
  }

  async createSession(body: NewSession = {}): Promise<Session> {
    const response = await this.call('POST', '/v1/sessions', body);
    return ((await response.json()) as { data: Session }).data;
  }

  async session(id: string): Promise<Session> {
    const response = await this.call('GET', `/v1/sessions/${id}`);
    return ((await response.json()) as { data: Session }).data;
  }

  /** The integrator cancels. */
  async cancel(id: string): Promise<void> {
    await this.call('POST', `/v1/sessions/${id}/cancel`);
  }

  /** Lets `work` have an endpoint that nothing ever reaches: nobody listens there. */
  async withUnreachable(work: (endpoint: string) => Promise<void>): Promise<void> {
    const made = await this.post<{ id: string }>('/v1/webhooks/endpoints', { name: 'nobody', url: 'http://127.0.0.1:9/' });
    try {
      await work(made.id);
    } finally {
      await this.call('DELETE', `/v1/webhooks/endpoints/${made.id}`);
    }
  }

  /** The last lines the server logged. */
  tail(count: number): string {
    return this.served.log.tail(count);
  }

  async stop(): Promise<void> {
    await end(this.served.child);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A request with the API key; anything but 2xx is an error. */
  async call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.key}` };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(this.url + path, { method, headers, body: JSON.stringify(body) });
    if (response.ok) return response;
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  /** What a POST answers. */
  async post<T>(path: string, body?: unknown): Promise<T> {
    const response = await this.call('POST', path, body);
    return ((await response.json()) as { data: T }).data;
  }
}
