// Somebody else's site: pages a test makes up, and a record of every request that reached it.

import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
}

export class Elsewhere {
  readonly arrivals: Arrival[] = [];
  private readonly pages = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async start(): Promise<Elsewhere> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      elsewhere.arrivals.push({ path, headers: request.headers });
      const body = elsewhere.pages.get(path.split('?')[0] ?? '');
      response.writeHead(body === undefined ? 204 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const elsewhere = new Elsewhere(server, (server.address() as AddressInfo).port);
    return elsewhere;
  }

  /** Another origin of the same site: cookies know hosts, not ports, so the browser sends them. */
  get neighbour(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Another site altogether. */
  get stranger(): string {
    return `http://localhost:${this.port}`;
  }

  /** From now on a page at that path. */
  page(path: string, body: string): void {
    const head = '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Elsewhere</title>';
    this.pages.set(path, `${head}${body}</html>`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
