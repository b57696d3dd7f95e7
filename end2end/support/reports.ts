// A pass-through before the server: browsers tell it what the Content-Security-Policy blocks.

import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Log } from './log';

/** What a browser blocked. */
export interface Report {
  document: string;
  directive: string;
  blocked: string;
}

const PATH = '/policy-reports';
const POLICY = 'content-security-policy';

/**
 * Everything passes as it is, but to each policy the address for reports is added. What a policy
 * allows stays the same, and what happens while a document loads is reported too: that no script
 * could see which a driver runs afterwards, and with JavaScript off nothing else can.
 */
export class Reports {
  private readonly received = new Log<Report>();
  private target = '';

  private constructor(
    private readonly server: Server,
    /** Where browsers meet the server. */
    readonly url: string,
  ) {}

  static async start(): Promise<Reports> {
    const server = createServer((request, response) => {
      if (request.url === PATH) reports.hear(request, response);
      else reports.pass(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const reports = new Reports(server, `http://127.0.0.1:${port}`);
    return reports;
  }

  /** Names the server behind. */
  forward(url: string): void {
    this.target = url;
  }

  /** Waits until something was blocked by that directive, and takes all such reports away. */
  async blocked(directive: string): Promise<Report> {
    const found = await this.received.find(`a report on ${directive}`, (report) =>
      report.directive === directive ? report : undefined);
    const others = this.take().filter((report) => report.directive !== directive);
    for (const other of others) this.received.add(other);
    return found;
  }

  /** Takes all reports away. */
  take(): Report[] {
    return this.received.items.splice(0);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private hear(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as { 'csp-report': Record<string, string> };
      const report = body['csp-report'];
      this.received.add({
        document: report['document-uri'] ?? '',
        directive: report['effective-directive'] ?? '',
        blocked: report['blocked-uri'] ?? '',
      });
      response.writeHead(204).end();
    });
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, headers } = request;
    const behind = ask(new URL(request.url ?? '/', this.target), { method, headers }, (answer) => {
      const policy = answer.headers[POLICY];
      if (policy) answer.headers[POLICY] = `${String(policy)}; report-uri ${PATH}`;
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    behind.on('error', () => response.destroy());
    response.on('close', () => behind.destroy()); // a stream of events ends only here
    request.pipe(behind);
  }
}
