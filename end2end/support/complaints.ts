// What the browser complains of: console errors, uncaught exceptions, policy violations.

import type { BrowserContext, Page } from '@playwright/test';

/** About speed, not about a mistake: without JavaScript nothing ever uses what was preloaded. */
const UNUSED_PRELOAD = /was preloaded using link preload but not used within a few seconds/;

export class Complaints {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [UNUSED_PRELOAD];

  /** Listens to every page of a context; to be called before its first page opens. */
  async listen(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    context.on('page', (page) => this.follow(page));
    for (const page of context.pages()) this.follow(page);
  }

  /** A complaint this test provokes. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** The complaints nobody expected. */
  unexpected(): string[] {
    return this.heard.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }

  private follow(page: Page): void {
    page.on('pageerror', (error) => this.heard.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
  }
}
