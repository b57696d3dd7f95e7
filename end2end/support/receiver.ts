// A subscriber's server: it keeps every request as it arrived, headers and bytes.

import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Log } from './log';

export interface Delivery {
  headers: IncomingHttpHeaders;
  body: string;
}

export class Receiver {
  readonly received = new Log<Delivery>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        receiver.received.add({ headers: request.headers, body: Buffer.concat(parts).toString() });
        response.writeHead(204).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(server, `http://127.0.0.1:${port}/hook`);
    return receiver;
  }

  /** The delivery of an event, however late it comes. */
  async delivery(event: string): Promise<Delivery> {
    const of = (delivery: Delivery): Delivery | undefined =>
      delivery.headers['webhook-id'] === event ? delivery : undefined;
    return this.received.find(`the delivery of ${event}`, of);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
