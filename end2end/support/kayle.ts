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

export const ORGANIZATION = 'Harbour Bank';

const SCOPES = 'sessions:read,sessions:write,webhooks:read,webhooks:write';

/** How long a process may take to end before it is killed. */
const PATIENCE = 15_000;

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: run this suite with \`cargo xtask test --only e2e\``);
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
    private readonly server: ChildProcessWithoutNullStreams,
    private readonly serverLog: Log<string>,
    private readonly env: NodeJS.ProcessEnv,
    /** An API key with every scope. */
    readonly key: string,
  ) {}

  /** Starts a sandbox on free ports; `settings` are `KAYLE_*` variables over the usual ones. */
  static async start(settings: Record<string, string> = {}): Promise<Kayle> {
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
    const server = spawn(setting('KAYLE_BIN'), ['serve'], { cwd: folder, env });
    const log = lines(server.stderr);
    const out = lines(server.stdout);
    try {
      const url = await out.find('the server starts', (line) => /^listening on (.+)$/.exec(line)?.[1]);
      const command = async (...args: string[]): Promise<string> => {
        const run = promisify(execFile)(setting('KAYLE_BIN'), args, { cwd: folder, env });
        return (await run).stdout;
      };
      const organization = await command('org', 'create', '--name', ORGANIZATION,
        '--website', 'https://harbour.example/', '--privacy-url', 'https://harbour.example/privacy',
        '--support-email', 'help@harbour.example', '--fallback-url', 'https://harbour.example/post');
      const { id } = JSON.parse(organization) as { id: string };
      const made = await command('key', 'create', '--org', id, '--name', 'e2e', '--scopes', SCOPES);
      const { key } = JSON.parse(made) as { key: string };
      return new Kayle(url, id, folder, server, log, env, key);
    } catch (error) {
      await end(server);
      throw new Error(`${String(error)}\nserver: ${log.tail(20)}`);
    }
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
    return this.serverLog.tail(count);
  }

  async stop(): Promise<void> {
    await end(this.server);
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
