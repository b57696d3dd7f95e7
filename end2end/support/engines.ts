// Firefox and WebKitGTK through W3C WebDriver: a driver a worker, a browser with its own profile a test.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

import { Capabilities, WebDriver } from 'selenium-webdriver';
import { Executor, HttpClient } from 'selenium-webdriver/http';

import { Complaints } from './complaints';
import { EnginePage } from './enginepage';
import { test as base, expect, run } from './fixtures';
import { end } from './kayle';
import { type Log, lines } from './log';
import { Reports } from './reports';

export const ENGINES = ['firefox', 'webkit'] as const;

type Engine = (typeof ENGINES)[number];

const PATIENCE = 30_000;

/** `scripts/setup test` installs it there; no Debian package has it. */
const GECKODRIVER =
  process.env.GECKODRIVER ||
  join(process.env.CARGO_TARGET_DIR || join(__dirname, '../../target'), 'tools/bin/geckodriver');

/** The browser that a driver is asked for. */
function browser(engine: Engine, javascript: boolean): object {
  const timeouts = { pageLoad: PATIENCE, script: PATIENCE };
  switch (engine) {
    case 'firefox': {
      const prefs = { 'javascript.enabled': javascript, 'intl.accept_languages': 'en-GB, en' };
      const binary = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
      return { timeouts, browserName: 'firefox', 'moz:firefoxOptions': { binary, args: ['-headless'], prefs } };
    }
    case 'webkit': {
      const args = ['--automation', `--enable-javascript=${javascript}`];
      return { timeouts, browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { args } };
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The drivers' processes; each starts when it is first asked for. */
class Drivers {
  private readonly children: ChildProcessWithoutNullStreams[] = [];
  private readonly urls = new Map<Engine, string>();

  /** A new browser. */
  async session(engine: Engine, javascript: boolean): Promise<WebDriver> {
    const url = this.urls.get(engine) ?? (await (engine === 'firefox' ? this.gecko() : this.webkit()));
    this.urls.set(engine, url);
    const wanted = new Capabilities(browser(engine, javascript));
    const driver = WebDriver.createSession(new Executor(new HttpClient(url)), wanted);
    await driver.getSession();
    return driver;
  }

  async stop(): Promise<void> {
    for (const child of this.children.reverse()) await end(child);
  }

  private async gecko(): Promise<string> {
    // A second driver on this machine must not find the other one's ports taken.
    const said = await this.start(GECKODRIVER, ['--port', '0', '--websocket-port', '0']);
    const address = await said.find('geckodriver starts', (line) => /Listening on (\S+)$/.exec(line)?.[1]);
    return `http://${address}`;
  }

  private async webkit(): Promise<string> {
    // It has no headless mode, so it gets a screen that nobody looks at.
    const said = await this.start('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '1280x1024x24']);
    const display = await said.find('Xvfb starts', (line) => line);
    const port = await freePort();
    await this.start('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${display}`, GDK_BACKEND: 'x11' });
    const url = `http://127.0.0.1:${port}`;
    await expect(async () => fetch(`${url}/status`)).toPass({ timeout: PATIENCE, intervals: [50] });
    return url;
  }

  /** Starts a program; returns what it says. */
  private async start(program: string, args: string[], settings: NodeJS.ProcessEnv = {}): Promise<Log<string>> {
    const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C.UTF-8', ...settings } });
    const said = lines(child.stdout);
    child.stderr.resume();
    try {
      await once(child, 'spawn');
    } catch (cause) {
      throw new Error(`${program} does not start: \`scripts/setup test\` installs what the tests need`, { cause });
    }
    this.children.push(child);
    return said;
  }
}

interface WorkerFixtures {
  drivers: Drivers;
  /** What the policy blocked; no test may leave a report behind. */
  reports: Reports;
}

interface TestFixtures {
  /** Opens a browser that is closed with the test. */
  browse: (engine: Engine, settings?: { javascript: boolean }) => Promise<EnginePage>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Those of Chromium, which stays closed here.
  complaints: async ({}, use) => use(new Complaints()),
  reports: [
    async ({}, use) => {
      const reports = await Reports.start();
      await use(reports);
      await reports.stop();
    },
    { scope: 'worker' },
  ],
  running: [
    async ({ reports }, use) => run({ KAYLE_PUBLIC_URL: reports.url }, async (running) => {
      reports.forward(running.kayle.url);
      await use(running);
    }),
    { scope: 'worker' },
  ],
  drivers: [
    async ({}, use) => {
      const drivers = new Drivers();
      await use(drivers);
      await drivers.stop();
    },
    { scope: 'worker' },
  ],
  browse: async ({ drivers, reports }, use, testInfo) => {
    const pages: EnginePage[] = [];
    await use(async (engine, { javascript } = { javascript: true }) => {
      const page = new EnginePage(await drivers.session(engine, javascript));
      pages.push(page);
      return page;
    });
    for (const page of pages) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('page', { body: await page.everything().catch(String) });
      }
      await page.driver.quit();
    }
    expect(reports.take(), 'the policy blocks nothing').toEqual([]);
  },
});

export { expect };
