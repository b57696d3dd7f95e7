// The simulated phone, `kayle simulate --step`, let go one step at a time.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';

import { type Kayle, end } from './kayle';
import { Log, lines } from './log';

export type Scenario =
  | 'pass' | 'nfc-fail' | 'liveness-fail' | 'face-mismatch' | 'cloned' | 'abandon';

export type Step = 'consent' | 'handoff' | 'hello' | 'nfc' | 'liveness';

/** What the phone prints in the end. */
export interface Report {
  status: string;
  failure_code: string | null;
  steps: { step: Step; confirmation_code?: string; outcome?: string }[];
}

export class Phone {
  private taken = 0;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly prompts: Log<Step>,
    private readonly out: Log<string>,
    private readonly said: Log<string>,
    private readonly gone: Log<number>,
  ) {}

  /** A phone for a session's id or URL, waiting before its first step. */
  static async start(kayle: Kayle, session: string, scenario: Scenario, ...more: string[]): Promise<Phone> {
    const child = kayle.spawn('simulate', session, '--scenario', scenario, '--step', ...more);
    const prompts = new Log<Step>();
    const gone = new Log<number>();
    child.stdin.on('error', () => undefined); // it is gone already: `gone` tells
    const said = lines(child.stderr);
    let seen = 0;
    child.stderr.on('data', () => {
      for (; seen < said.items.length; seen += 1) {
        const step = /^(\w+): press Enter$/.exec(said.items[seen] ?? '')?.[1];
        if (step !== undefined) prompts.add(step as Step);
      }
    });
    child.on('close', (code) => {
      gone.add(code ?? -1);
      prompts.end();
    });
    const phone = new Phone(child, prompts, lines(child.stdout), said, gone);
    await phone.settled();
    return phone;
  }

  /** Takes the next step and waits until the server has answered; returns its name. */
  async step(): Promise<Step> {
    const name = this.prompts.items[this.taken];
    if (name === undefined) throw new Error(`the phone has no step left: ${this.said.tail()}`);
    this.taken += 1;
    this.child.stdin.write('\n');
    await this.settled();
    const [code] = this.gone.items;
    if (code !== undefined && code !== 0) {
      throw new Error(`the phone failed at ${name}: ${this.said.tail()}`);
    }
    return name;
  }

  /** Takes steps up to and including the next one of that name. */
  async through(name: Step): Promise<void> {
    while ((await this.step()) !== name);
  }

  /** Takes every step that is left; returns what the phone reports. */
  async finish(): Promise<Report> {
    while (!this.prompts.ended) await this.step();
    const text = await this.out.find('the report', (line) => line);
    return JSON.parse(text) as Report;
  }

  /** Ends a phone that has work left. */
  async drop(): Promise<void> {
    await end(this.child);
  }

  /** Waits until the phone asks for the step after the last one, or is gone. */
  private async settled(): Promise<void> {
    const { prompts, taken } = this;
    await prompts.until('the phone goes on', () => prompts.ended || prompts.items.length > taken);
  }
}
