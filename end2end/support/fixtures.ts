// What tests are given: a server a worker, its webhook listener, phones, and ears for complaints.

import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from '@playwright/test';

import { Complaints } from './complaints';
import { Destination } from './destination';
import { Elsewhere } from './elsewhere';
import { Kayle } from './kayle';
import { Listener } from './listener';
import { Phone, type Scenario } from './phone';

/** A server with the listener of its organization. */
export interface Site {
  kayle: Kayle;
  webhooks: Listener;
  /** A phone that is ended with the test. */
  phone: (session: string, scenario: Scenario, ...more: string[]) => Promise<Phone>;
}

interface Running {
  kayle: Kayle;
  webhooks: Listener;
}

interface WorkerFixtures {
  running: Running;
  runningShort: Running;
  destination: Destination;
  elsewhere: Elsewhere;
}

interface TestFixtures {
  complaints: Complaints;
  /** Another browser: its own cookies, and listened to as well. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** The server most tests use. */
  site: Site;
  /** A server whose sessions last {@link SHORT} seconds. */
  shortSite: Site;
}

/** How long, in seconds, a session of the short-lived server lasts. */
export const SHORT = 15;

/** A server and its listener, for as long as `use` takes. */
export async function run(settings: Record<string, string>, use: (running: Running) => Promise<void>): Promise<void> {
  const kayle = await Kayle.start(settings);
  try {
    const webhooks = await Listener.start(kayle);
    await use({ kayle, webhooks });
    await webhooks.stop();
  } finally {
    await kayle.stop();
  }
}

async function withPhones({ kayle, webhooks }: Running, use: (site: Site) => Promise<void>): Promise<void> {
  const phones: Phone[] = [];
  const phone: Site['phone'] = async (session, scenario, ...more) => {
    const started = await Phone.start(kayle, session, scenario, ...more);
    phones.push(started);
    return started;
  };
  await use({ kayle, webhooks, phone });
  for (const started of phones) await started.drop();
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  running: [async ({}, use) => run({}, use), { scope: 'worker' }],
  runningShort: [
    async ({}, use) => run({ KAYLE_SESSION_TTL: `${SHORT}s`, KAYLE_SWEEP_INTERVAL: '500ms' }, use),
    { scope: 'worker' },
  ],
  destination: [
    async ({}, use) => {
      const destination = await Destination.start();
      await use(destination);
      await destination.stop();
    },
    { scope: 'worker' },
  ],
  elsewhere: [
    async ({}, use) => {
      const elsewhere = await Elsewhere.start();
      await use(elsewhere);
      await elsewhere.stop();
    },
    { scope: 'worker' },
  ],
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      await complaints.listen(context);
      await use(complaints);
      expect(complaints.unexpected(), 'the browser complains of nothing').toEqual([]);
    },
    { auto: true },
  ],
  visitor: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await complaints.listen(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  site: async ({ running }, use, testInfo) => {
    await withPhones(running, use);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server log', { body: running.kayle.tail(50) });
    }
  },
  shortSite: async ({ runningShort }, use) => withPhones(runningShort, use),
});

export { expect };
