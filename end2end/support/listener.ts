// `kayle listen` for the tests' organization: its lines, sorted by session.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';

import { type Kayle, end } from './kayle';
import { Log, lines } from './log';

/** What a subscriber receives. */
export interface WebhookEvent {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
  metadata: { event_id: string; verification_session_id: string; sandbox: boolean };
}

interface Line {
  delivery_id: string | null;
  event: string | null;
  verified: boolean;
  body?: WebhookEvent;
  problem?: string;
}

function of(session: string): (line: Line) => WebhookEvent | undefined {
  return ({ body }) => (body?.metadata.verification_session_id === session ? body : undefined);
}

export class Listener {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly received: Log<Line>,
    private readonly kayle: Kayle,
    /** The id it is registered under. */
    readonly endpoint: string,
  ) {}

  static async start(kayle: Kayle): Promise<Listener> {
    const child = kayle.spawn('listen', '--port', '0', '--org', kayle.organization);
    const received = new Log<Line>();
    const out = lines(child.stdout);
    child.stdout.on('data', () => {
      for (const line of out.items.splice(0)) received.add(JSON.parse(line) as Line);
    });
    child.stdout.on('close', () => received.end());
    const said = lines(child.stderr);
    const registered = /^listening on \S+ as (\S+)/;
    const endpoint = await said.find('kayle listen starts', (line) => registered.exec(line)?.[1]);
    return new Listener(child, received, kayle, endpoint);
  }

  /** The event of a session, however late it comes; `kayle listen` has checked its signature. */
  async event(session: string): Promise<WebhookEvent> {
    return this.received.find(`the event of ${session}`, of(session));
  }

  /** The one event of a session: what was sent after it, for another session, has arrived too. */
  async onlyEvent(session: string): Promise<WebhookEvent> {
    const event = await this.event(session);
    const later = await this.kayle.createSession();
    await this.kayle.cancel(later.id);
    await this.event(later.id);
    const all = this.received.items.filter((line) => of(session)(line) !== undefined);
    if (all.length === 1) return event;
    const said = all.map(({ body, delivery_id: id }) => `${body?.type} ${body?.metadata.event_id} ${id}`);
    throw new Error(`${session} was told of ${all.length} times:\n${said.join('\n')}`);
  }

  async stop(): Promise<void> {
    await end(this.child);
  }
}
