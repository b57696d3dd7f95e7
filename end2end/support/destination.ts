// The integrator's own page that users are sent back to, on a port of its own.

import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A visit of the integrator's page. */
export interface Visit {
  query: URLSearchParams;
  referer: string | undefined;
}

export const WELCOME = 'Welcome back to the shop';

export class Destination {
  readonly visits: Visit[] = [];

  private constructor(
    private readonly server: Server,
    /** Host and port, as the verify page names them. */
    readonly host: string,
  ) {}

  static async start(): Promise<Destination> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://destination');
      if (url.pathname !== '/done') {
        response.writeHead(204).end();
        return;
      }
      destination.visits.push({ query: url.searchParams, referer: request.headers.referer });
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>${WELCOME}</h1></html>`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const destination = new Destination(server, `127.0.0.1:${port}`);
    return destination;
  }

  /** A redirect address with a query of its own, which must survive. */
  get url(): string {
    return `http://${this.host}/done?order=7`;
  }

  /** The visits that brought a session back. */
  of(session: string): Visit[] {
    return this.visits.filter((visit) => visit.query.get('session_id') === session);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
