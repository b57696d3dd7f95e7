// A growing list that tests wait on: each wait is bounded, and none of them polls or sleeps.

import type { Readable } from 'node:stream';

export class Log<T> {
  readonly items: T[] = [];
  ended = false;
  private readonly waiting = new Set<() => void>();

  add(item: T): void {
    this.items.push(item);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Waits until `done` holds; it is asked again after every item, and at the end. */
  async until(what: string, done: () => boolean, millis = 15_000): Promise<void> {
    if (done()) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
      };
      const check = (): void => {
        if (!done()) return;
        settle();
        resolve();
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`${what}: not within ${millis} ms; last: ${this.tail()}`));
      }, millis);
      this.waiting.add(check);
    });
  }

  /** The first item `pick` finds something in; an error if the log ends before. */
  async find<F>(what: string, pick: (item: T) => F | undefined, millis?: number): Promise<F> {
    const look = (): F | undefined => {
      for (const item of this.items) {
        const found = pick(item);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    await this.until(what, () => this.ended || look() !== undefined, millis);
    const found = look();
    if (found === undefined) throw new Error(`${what}: it ended before; last: ${this.tail()}`);
    return found;
  }

  tail(count = 5): string {
    return this.items.slice(-count).map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
  }

  private wake(): void {
    for (const check of [...this.waiting]) check();
  }
}

/** The lines of a stream, as they arrive. */
export function lines(stream: Readable): Log<string> {
  const log = new Log<string>();
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) log.add(line);
  });
  stream.on('close', () => {
    if (rest !== '') log.add(rest);
    log.end();
  });
  return log;
}
